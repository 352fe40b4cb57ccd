"""様式の木 One model as a form: plain fields, nested models and lists of models, read together and judged once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from pydantic import BaseModel

from yakusho.blocks.pages.forms.asks import Ask, asks, partly_given
from yakusho.blocks.pages.forms.build import PlainForm, ask_of

MOST = 50


class Group:
    """まとまり The form of one model below a prefix. `group["name"]` is a field, a Group or a Many."""

    template = "pages/parts/group.html"

    def __init__(
        self,
        model: type[BaseModel],
        data: Any,
        first: Any,
        *,
        prefix: str,
        desk: bool,
        given: Mapping[str, Any],
        ask: Ask | None = None,
    ) -> None:
        self.model, self.data, self.prefix = model, data, prefix
        self.desk, self.given, self.ask = desk, given, ask
        first = _as_dict(first)
        asked = asks(model, frozenset(given) - partly_given(model, given))
        plain = tuple(one for one in asked if not one.is_value)
        self.plain = PlainForm(plain, data, desk=desk, prefix=prefix or None, initial=first)
        self.names = [one.name for one in asked]
        self.children = {one.name: self._child(one, first.get(one.name)) for one in asked if one.is_value}

    def _child(self, ask: Ask, first: Any) -> Group | Many:
        prefix = f"{self.prefix}-{ask.name}" if self.prefix else ask.name
        if ask.many:
            return Many(ask, self.data, first, prefix=prefix, desk=self.desk)
        below = self.given.get(ask.name, {})
        return Group(ask.kind, self.data, first, prefix=prefix, desk=self.desk, given=below, ask=ask)

    def __getitem__(self, name: str) -> BoundField | Group | Many:
        return self.children[name] if name in self.children else self.plain[name]

    def __iter__(self) -> Iterator[BoundField | Group | Many]:
        return (self[name] for name in self.names)

    @property
    def label(self) -> str:
        """見出し Its title; a list's item is numbered by the list."""
        return self.ask.label if self.ask else ""

    @property
    def hint(self) -> str:
        """説明"""
        return self.ask.hint if self.ask else ""

    def everything(self) -> Iterator[BoundField]:
        """Every plain field below, in reading order."""
        for part in self:
            yield from (part.everything() if isinstance(part, Group | Many) else [part])

    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen anywhere below."""
        return not any(_answered(field) for field in self.everything())

    def clean(self) -> bool:
        """Read every field below; False when one cannot be read or a needed one is empty."""
        if self.ask is not None and self.ask.nullable and self.is_blank():
            self.hush()
            return True
        good = [self.plain.is_valid(), *(child.clean() for child in self.children.values())]
        return all(good)

    def hush(self) -> None:
        """Show what was typed without judging it: left empty on purpose, or not yet answered."""
        self.plain.full_clean()
        self.plain.errors.clear()
        for child in self.children.values():
            child.hush()

    def value(self) -> dict[str, Any]:
        """What was read, ready for the model: an empty answer leaves the model's own default in force."""
        found: dict[str, Any] = {}
        for name in self.names:
            child = self.children.get(name)
            if child is not None:
                child.put(found)
            else:
                self._put_plain(name, found)
        return found | {name: given for name, given in self.given.items() if name not in found}

    def _put_plain(self, name: str, found: dict[str, Any]) -> None:
        ask, answer = self.plain.asks[name], self.plain.cleaned_data.get(name)
        if answer is not None:
            found[name] = answer
        elif not ask.has_default:
            found[name] = None

    def put(self, found: dict[str, Any]) -> None:
        """Put itself into the value of the model above."""
        ask = self.ask
        if ask is None or not (ask.nullable and self.is_blank()):
            found[ask.name if ask else ""] = self.value()
        elif not ask.has_default:
            found[ask.name] = None


class Many:
    """繰返し A list of models: blocks for residents, rows on the desk; `count` rides in a hidden field."""

    template = "pages/parts/many.html"

    def __init__(self, ask: Ask, data: Any, first: Any, *, prefix: str, desk: bool) -> None:
        self.ask, self.prefix, self.desk, self.data = ask, prefix, desk, data
        self.first = list(first or [])
        self.blocks = [self._block(number) for number in range(self.count)]

    @property
    def count(self) -> int:
        """How many blocks are shown."""
        if self.data is None:
            return len(self.first) or (1 if self.ask.required else 0)
        said = str(self.data.get(f"{self.prefix}-count", ""))
        return min(int(said), MOST) if said.isdecimal() else 0

    def _block(self, number: int) -> Group:
        first = self.first[number] if number < len(self.first) else None
        return Group(self.ask.kind, self.data, first, prefix=f"{self.prefix}-{number}", desk=self.desk, given={})

    def __iter__(self) -> Iterator[Group]:
        return iter(self.blocks)

    def __getitem__(self, number: int) -> Group:
        return self.blocks[number]

    @property
    def label(self) -> str:
        """見出し"""
        return self.ask.label

    @property
    def hint(self) -> str:
        """説明"""
        return self.ask.hint

    @property
    def more(self) -> str:
        """The words on the button that adds one."""
        word = self.ask.look.get("many", "")
        return _(word) if word else _("もう1つ追加")

    @property
    def flat(self) -> bool:
        """Whether each block is one row of plain fields, so that a table can hold it."""
        return all(not one.is_value for one in asks(self.ask.kind))

    @property
    def columns(self) -> list[Ask]:
        """Heads of the table of rows."""
        return [one for one in asks(self.ask.kind) if one.look.get("kind") != "hidden"]

    def kept(self) -> list[Group]:
        """Blocks with something in them, and the first when the list may not be empty."""
        return [
            block
            for number, block in enumerate(self.blocks)
            if not block.is_blank() or (number == 0 and self.ask.required)
        ]

    def everything(self) -> Iterator[BoundField]:
        """Every plain field of every block."""
        for block in self.blocks:
            yield from block.everything()

    def clean(self) -> bool:
        """Read every kept block; the dropped ones say nothing."""
        kept = self.kept()
        for block in self.blocks:
            if block not in kept:
                block.hush()
        good = [block.clean() for block in kept]  # every block is read, so that every wrong is shown at once
        return all(good)

    def hush(self) -> None:
        """Show every block without judging it."""
        for block in self.blocks:
            block.hush()

    def put(self, found: dict[str, Any]) -> None:
        """Put the list into the value of the model above."""
        found[self.ask.name] = [block.value() for block in self.kept()]


def _answered(field: BoundField) -> bool:
    ask = ask_of(field)
    if ask.kind is bool and ask.has_default:
        return bool(field.value()) is not bool(ask.default)
    return field.value() not in (None, "", [], ["", "", ""])


def _as_dict(first: Any) -> dict[str, Any]:
    if isinstance(first, BaseModel):
        return {name: getattr(first, name) for name in type(first).model_fields}
    return dict(first or {})
