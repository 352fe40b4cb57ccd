"""届出のページ One page for every notice: days, towns by typing, members by ticking, the term, and a receipt."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from yakusho.blocks.doors import Door
from yakusho.blocks.pages import language
from yakusho.blocks.pages.forms.asks import asks
from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.forms.tree import Group, Many
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage
from yakusho.kit.refusal import NotFound
from yakusho.registers.people.terms import HEAD
from yakusho.registers.people.values import AddressEntry, AliasRecord, Glyph, NameEntry, Person
from yakusho.systems.city.resident_records import queries, values
from yakusho.systems.city.resident_records.rules import deadlines
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.views import members, towns

DRAWN_BY = {
    AddressEntry: "address",
    NameEntry: "names",
    values.Newcomer: "people",
    # Without the key that adds a person.
    AliasRecord: "rows",
    Glyph: "rows",
    values.RelationOf: "rows",
}
WORDS = (HEAD, "夫", "妻", "子", "父", "母", "兄", "姉", "弟", "妹", "子の子", "妻の子", "夫の子", "同居人")
LABELS = {"reason": gettext_lazy("理由"), "because": gettext_lazy("理由"), "paper": gettext_lazy("書類")}
First = Callable[[Request, "Scene"], dict[str, Any]]


class Scene:
    """場面 Whose record the notice was opened from, and their household on the day."""

    def __init__(self, request: Request, person: int | None, *, on: date | None = None) -> None:
        self.person: Person | None = None
        self.view: values.HouseholdView | None = None
        if person is not None:
            self.person, day = _person(request, person, on or request.today)
            if self.person.residence:
                self.view = queries.household(person=person, by=request.actor, on=day)

    @property
    def members(self) -> list[Person]:
        """The household's members; the person alone when the record is closed."""
        return self.view.members if self.view else [self.person] if self.person else []

    @property
    def household(self) -> int | None:
        """世帯番号"""
        return self.view.household if self.view else None


def _person(request: Request, person: int, on: date) -> tuple[Person, date]:
    """As of the day; of today, where the day lies before everything that is known. Refusals: NotFound."""
    try:
        return queries.person(person=person, by=request.actor, on=on), on
    except NotFound:
        return queries.person(person=person, by=request.actor, on=request.today), request.today


class NoticeForm(Form):
    """届出の様式 A form that knows its household, the towns that were typed, and how its parts are drawn."""

    def __init__(self, page: "NoticePage", scene: Scene, typed: Mapping[str, towns.Typed], **made: Any) -> None:
        super().__init__(page.door.input_model, made.pop("data"), made.pop("first"), desk=True, **made)
        self.notice, self.scene, self.towns, self.picking = page.part, scene, typed, page.picking
        self.kind = page.kind
        self._name_inputs()
        added = self.data.get("_more", "") if self.data is not None else ""
        for part in _parts(self):
            template = DRAWN_BY.get(part.ask.kind) if part.ask else None
            if template:
                part.template = f"resident_records/parts/{template}.html"
            part.typed = typed.get(part.prefix)
            part.seldom = isinstance(part, Many) and not part.ask.required
            if isinstance(part, Many) and part.blocks and part.prefix == added and part.ask.kind is values.Newcomer:
                part.blocks[-1]["relation"].field.widget.attrs["autofocus"] = True

    def _name_inputs(self) -> None:
        """Inputs of a door that have no title of their own; and the day that asks for its term while it is typed."""
        for name, label in LABELS.items():
            if name in self.plain.fields and self.plain.fields[name].label == name:
                self.plain.fields[name].label = label
                said = gettext("%(label)sを入力してください") % {"label": label}
                self.plain.fields[name].error_messages["required"] = said
        if self.data is None and self.lines:
            next(one for one in self.lines if not one.is_hidden).field.widget.attrs["autofocus"] = True
        if self.kind and "event_on" in self._notice.names:
            where = f"{reverse('resident_records:deadline')}?kind={quote(self.kind.value)}"
            asks = {"hx-get": where, "hx-trigger": "change, load", "hx-target": "#term", "hx-include": "closest form"}
            self._notice["event_on"].field.widget.attrs.update(asks)

    def is_valid(self, step: Any = ()) -> bool:
        """Judge; what is wrong with a town's code is said beside its name."""
        good = super().is_valid(step)
        for part in _parts(self):
            if isinstance(part, Group) and part.model is AddressEntry and "town" in part.plain.errors:
                del part.plain.errors["town"]
                self._town(part)
        return good

    def _town(self, part: Group) -> None:
        typed = self.towns.get(part.prefix)
        if typed and typed.text:
            part.plain.errors.pop("town_name", None)
            part.plain.add_error("town_name", typed.sentence)

    @property
    def rows(self) -> list[members.Row]:
        """世帯員の表"""
        if self.picking is None or self.scene.person is None:
            return []
        return members.rows(self, self.picking, self.scene.members, person=self.scene.person.id)

    @property
    def lines(self) -> list[BoundField]:
        """The notice's own plain fields that are asked in a field of their own."""
        taken = {self.picking.chosen, self.picking.others} if self.picking else set()
        return [one for one in self._notice if isinstance(one, BoundField) and one.name not in taken]

    @property
    def panels(self) -> list[Group | Many]:
        """The parts that stand in a panel of their own."""
        taken = {self.picking.chosen, self.picking.others} if self.picking else set()
        return [one for one in self._notice if isinstance(one, Group | Many) and one.ask.name not in taken]

    @property
    def grows(self) -> bool:
        """Whether a list of people is asked."""
        return any(isinstance(panel, Many) and panel.ask.required for panel in self.panels)

    @property
    def _notice(self) -> Any:
        return self[self.notice] if self.notice in self.names else self


def _parts(part: Group | Many) -> Iterator[Any]:
    """Every group and list below, the part itself too."""
    yield part
    below = part.blocks if isinstance(part, Many) else part.children.values()
    for one in below:
        yield from _parts(one)


class NoticePage(ActionPage):
    """届出のページ An ActionPage on the desk. `kind` gives the term; `first(request, scene)` what stands in it at first;
    `about(scene)` what is given by the record it was opened from; `picking` how members are chosen."""

    def __init__(
        self,
        action: Door[Any],
        *,
        kind: MovementKind | None = None,
        picking: members.Picking | None = None,
        about: Callable[[Scene], dict[str, Any]] | None = None,
        first: First | None = None,
        part: str = "notice",
        more: Callable[..., dict[str, Any]] | None = None,
        template: str = "resident_records/notice.html",
        **options: Any,
    ) -> None:
        options.setdefault("done", received)
        super().__init__(action, template=template, desk=True, **options)
        self.kind, self.picking, self.about, self.first, self.part = kind, picking, about, first, part
        self.more = more
        self.context = self.around

    def form(self, request: Request, address: Mapping[str, Any], data: Any = None, key: str = "") -> Form:
        """The form: with what was sent (towns resolved, ticks read), or with what the record knows."""
        scene = Scene(request, address.get("person"), on=_day(request))
        typed: Mapping[str, towns.Typed] = {}
        given = self.given_to(request, address)
        if self.about:
            given = {**given, self.part: self.about(scene)}
        first = None
        if data is not None:
            data, typed = towns.resolved(data, by=request.actor, on=request.today)
            data = members.posted(data, self.picking, scene.members) if self.picking else data
        elif self.part:
            first = {self.part: self.defaults(request) | (self.first or _nothing)(request, scene)}
        return NoticeForm(self, scene, typed, data=data, first=first, given=given, key=key)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What stands in every notice at first: today, the usual choice, the movement it corrects."""
        model: Any = self.door.input_model.model_fields[self.part].annotation
        asked = {one.name: one for one in asks(model)}
        usual = {name: one.default for name, one in asked.items() if isinstance(one.default, Enum)}
        told = {"notified_on": request.today} if "notified_on" in asked else {}
        return usual | told | {"corrects": _number(request, "corrects")}

    def around(self, request: Request, **address: Any) -> dict[str, Any]:
        """The term of the notice, for the side of the page."""
        term = deadlines.DEADLINES.get(self.kind) if self.kind else None
        corrects = _number(request, "corrects")
        own = self.more(request, **address) if self.more else {}
        return own | {
            "term": term,
            "kind": self.kind,
            "corrects": corrects,
            "person": address.get("person"),
            "relation_words": WORDS,
        }


def received(request: Request, receipt: values.Receipt) -> str:
    """受付のあと To the receipt; what is worth a look goes along."""
    for remark in receipt.remarks:
        messages.warning(request, remark.en if language.current().code == "en" else remark.ja)
    messages.success(request, gettext("%(kind)sを記録しました") % {"kind": gettext(receipt.kind.value)})
    return reverse("resident_records:received", args=[receipt.people[0], receipt.movement])


def _nothing(request: Request, scene: Scene) -> dict[str, Any]:
    return {}


def _day(request: Request) -> date | None:
    """The day on which the household is looked at, when a movement of the past is corrected."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _number(request: Request, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() else None
