"""様式 The form of a door: the tree of its input, the key of its first showing, and every error in one list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from pydantic import BaseModel, ValidationError

from yakusho.blocks.pages.forms.tree import Group, Many
from yakusho.blocks.pages.forms.wrong import Place, wrongs
from yakusho.blocks.pages.language import sentence
from yakusho.kit.refusal import Refusal

KEY = "_key"


class Form(Group):
    """様式 Made from a model; `data` is what was posted, `first` what it begins with, `given` what is not asked."""

    def __init__(
        self,
        model: type[BaseModel],
        data: Any = None,
        first: Any = None,
        *,
        desk: bool = False,
        given: Mapping[str, Any] | None = None,
        key: str = "",
    ) -> None:
        super().__init__(model, data, first, prefix="", desk=desk, given=given or {})
        self.key = _proper_key(key or (data.get(KEY, "") if data is not None else ""))
        self.step: tuple[str, ...] = ()
        self.on_top: list[str] = []
        self.input: BaseModel | None = None

    @property
    def key_input(self) -> SafeString:
        """The hidden field with the idempotency key."""
        return format_html('<input type="hidden" name="{}" value="{}">', KEY, self.key)

    def is_valid(self, step: Iterable[str] = ()) -> bool:
        """Read and judge; afterwards `input` is the model, or `errors` says why not.

        With the names of a step only its own fields count: the later ones are still empty.
        """
        self.step = tuple(part_prefix(find(self, tuple(name.split(".")))) for name in step)
        if self.data is None:
            return False
        readable = self.clean()
        self._judge()
        return not self.errors if self.step else readable and self.input is not None

    def _judge(self) -> None:
        try:
            self.input = self.model.model_validate(self.value())
        except ValidationError as error:
            for place, said, figures in wrongs(error):
                self._place(place, said, figures)

    @property
    def values(self) -> dict[str, Any]:
        """値 What the door is given: the judged fields that were answered or given."""
        if self.input is None:
            return {}
        return {name: getattr(self.input, name) for name in self.input.model_fields_set}

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal at its field, or on top."""
        place = tuple(int(part) if part.isdecimal() else part for part in refusal.about.split(".") if part)
        self._place(place, sentence(refusal).replace("%", "%%"), {})

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(address of the field or "", sentence), in reading order: what the summary lists."""
        shown = [field for field in self.everything() if within(field.html_name, self.step)]
        at_fields = [(f"#{first_id(field)}", str(said)) for field in shown for said in field.errors]
        return [("", said) for said in self.on_top if not self.step] + at_fields

    def _place(self, place: Place, said: str, figures: dict[str, Any]) -> None:
        found = find(self, place)
        if isinstance(found, BoundField):
            if found.errors:
                return
            found.form.add_error(found.name, said % ({"label": found.label} | figures))
        else:
            label = getattr(found, "label", "")
            self.on_top.append(said % ({"label": label} | figures))


def find(form: Group | Many, place: Place) -> BoundField | Group | Many:
    """The part at a place; a single name that is not at the top is looked for below; the nearest part otherwise."""
    part: BoundField | Group | Many = form
    for step, name in enumerate(place):
        inner = _inside(part, name)
        if inner is None:
            return (_below(form, name) if step == 0 else None) or part
        part = inner
    return part


def _inside(part: Any, name: str | int) -> BoundField | Group | Many | None:
    if isinstance(part, Many):
        kept = part.kept()
        return kept[name] if isinstance(name, int) and name < len(kept) else None
    return part[name] if isinstance(part, Group) and name in part.names else None


def _below(form: Group | Many, name: str | int) -> BoundField | None:
    named = [field for field in form.everything() if field.name == name]
    return named[0] if len(named) == 1 else None


def part_prefix(part: BoundField | Group | Many) -> str:
    """What the names of all inputs of a part begin with."""
    return part.html_name if isinstance(part, BoundField) else part.prefix


def within(name: str, prefixes: Iterable[str]) -> bool:
    """Whether an input belongs to one of these parts; to anything when none are named."""
    chosen = tuple(prefixes)
    return not chosen or any(name == prefix or name.startswith((f"{prefix}-", f"{prefix}_")) for prefix in chosen)


def first_id(field: BoundField) -> str:
    """The id of the element that takes the focus for this field."""
    return field.id_for_label or f"{field.auto_id}_0"


def _proper_key(key: str) -> str:
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return str(uuid.uuid4())
