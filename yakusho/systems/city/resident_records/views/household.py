"""世帯のページ A person with their household, as of a day and as known at an instant; and what can be done from there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.forms import moments
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.kit.refusal import NotFound, Refusal
from yakusho.registers.people.values import Person
from yakusho.systems.city.resident_records import queries
from yakusho.systems.city.resident_records.values import HouseholdView, Movement
from yakusho.systems.city.resident_records.views import entries
from yakusho.systems.city.resident_records.views.search import years


@dataclass(frozen=True)
class Asked:
    """基準日と認識日時 What was asked, and what could not be read."""

    on: date
    known_at: datetime | None
    past: bool
    errors: list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """世帯員の行 A member as asked, and what is believed now where it differs."""

    person: Person
    age: int | None
    now: str


@dataclass(frozen=True)
class Past:
    """異動の行 A movement, with the ways to take it back or replace it."""

    movement: Movement
    cancellable: bool
    restorable: bool
    correction: str


def household(request: Request, person: int) -> HttpResponse:
    """世帯 The person's record: household, facts with their dates, movements, and every notice that fits."""
    enter(request, queries.search.allowed)
    asked = read(request)
    when: dict[str, Any] = {"on": asked.on, "known_at": asked.known_at, "by": request.actor}
    try:
        one, view = with_household(person, **when)
    except NotFound:
        return nothing(request, person, asked)
    known: dict[str, Any] = {
        "one": one,
        "number": person,
        "view": view,
        "rows": rows(view, one, request=request, asked=asked),
        "history": [] if asked.errors else past(queries.history(person=person, by=request.actor, on=asked.on), person),
        "groups": [] if asked.past else list(entries.groups(one)),
        "tags": {"closed": not one.is_resident, "planned": one.is_resident and one.closing is not None},
        "age": years(one, on=asked.on),
    }
    status = 422 if asked.errors else 200
    return page(request, "resident_records/household.html", status=status, asked=asked, errors=asked.errors, **known)


def with_household(person: int, **when: Any) -> tuple[Person, HouseholdView | None]:
    """本人と世帯 A person with their household; alone when they belong to none. Refusals: NotFound (nothing is recorded)."""
    try:
        view = queries.household(person=person, **when)
    except NotFound:
        return queries.person(person=person, **when), None
    return next(one for one in view.members if one.id == person), view


def nothing(request: Request, person: int, asked: Asked) -> HttpResponse:
    """記録のない時点 Before somebody was recorded, or after that was taken back: only the movements are left.

    Refusals: NotFound (a number that nobody ever had).
    """
    history = queries.history(person=person, by=request.actor, on=asked.on)
    if not history and not asked.past:
        raise NotFound
    if not history:
        queries.person(person=person, by=request.actor, on=request.today)
    known: dict[str, Any] = {"number": person, "history": past(history, person)}
    return page(request, "resident_records/nothing.html", asked=asked, errors=asked.errors, **known)


def read(request: Request) -> Asked:
    """基準日と認識日時 Forgiving; what cannot be read is said, and today is shown."""
    errors: list[tuple[str, str]] = []
    on = _read(request, "on", moments.read_day, _("基準日"), errors)
    known_at = _read(request, "known_at", moments.read_moment, _("認識日時"), errors)
    past = (on is not None and on != request.today) or known_at is not None
    return Asked(on or request.today, known_at, past, errors)


def _read(request: Request, name: str, reader: Any, label: str, errors: list[tuple[str, str]]) -> Any:
    text = request.GET.get(name, "").strip()
    try:
        return reader(text) if text else None
    except (Refusal, ValueError):
        errors.append((f"#id_{name}", _("%(label)sを読めません。例：R8.4.1、2026-04-01") % {"label": label}))
        return None


def rows(view: HouseholdView | None, one: Person, *, request: Request, asked: Asked) -> list[Row]:
    """世帯員 As asked; when an instant of the past is asked, beside it what is believed today of the same day."""
    members = view.members if view else [one]
    believed = now(view, one, request=request, asked=asked) if view and asked.known_at else None
    made = [Row(member, years(member, on=asked.on), _difference(member, believed)) for member in members]
    then = {member.id for member in members}
    late = [member for member in believed or {} if member not in then]
    return made + [
        Row(believed[member], years(believed[member], on=asked.on), _("当時は、まだ記録されていない"))
        for member in late
        if believed
    ]


def now(view: HouseholdView, one: Person, *, request: Request, asked: Asked) -> dict[int, Person]:
    """現在の記録 The same household on the same day, as known now."""
    who = queries.person(person=one.id, on=asked.on, by=request.actor)
    if who.residence is None or who.residence.household != view.household:
        return {one.id: who}
    found = queries.household(person=one.id, on=asked.on, by=request.actor)
    return {member.id: member for member in found.members}


def _difference(member: Person, believed: dict[int, Person] | None) -> str:
    if believed is None:
        return ""
    today = believed.get(member.id)
    if today is None:
        return _("この世帯にいない")
    if today.closing and not member.closing:
        return _(today.closing.reason.value)
    if today.residence is None:
        return _("記録されていない")
    same_relation = member.residence is None or today.residence.relation == member.residence.relation
    return "" if same_relation and today.names == member.names else today.residence.relation + "　" + today.names.name


def past(history: list[Movement], person: int) -> list[Past]:
    """異動の履歴 With the ways to correct each of them."""
    return [
        Past(
            movement=one,
            cancellable=entries.cancellable(one),
            restorable=entries.cancellable(one) and one.kind in entries.RESTORED,
            correction=entries.correction(one, person),
        )
        for one in history
    ]
