"""書面の種類 What a room says about a paper: what is printed, what must be printed, and as of which state of its register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yakusho.blocks.documents.values import PaperView
from yakusho.blocks.doors import Actor, Permission


@dataclass(frozen=True)
class Order:
    """発行申請の内容 Whom and what a paper is about; ``people`` are all whose data may stand on it."""

    kind: str
    subject: int
    members: tuple[int, ...]
    options: Mapping[str, Any]
    on: date
    at: datetime

    @property
    def people(self) -> tuple[int, ...]:
        """The subject and the permitted members of the household, each once."""
        return tuple(dict.fromkeys((self.subject, *self.members)))


@dataclass(frozen=True)
class Field:
    """欄 One printed field: label, reading above the value, value."""

    label: str
    value: str
    kana: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is printed, in printing order."""
        return tuple(text for text in (self.label, self.kana, self.value) if text)


@dataclass(frozen=True)
class Section:
    """区画 A titled group of fields, one table on the paper."""

    title: str
    fields: tuple[Field, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is printed, in printing order."""
        return tuple(text for text in (self.title, *(t for f in self.fields for t in f.texts)) if text)


@dataclass(frozen=True)
class Snapshot:
    """記載内容 What the renderer prints; ``statement`` is the 認証文, ``version`` the state of the register it was read at."""

    sections: tuple[Section, ...]
    statement: str
    version: str


@dataclass(frozen=True)
class Want:
    """記載すべき内容 What the gate demands, fetched by other code after rendering; nothing else may stand on the paper."""

    sections: tuple[Section, ...]
    statement: str
    version: str
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperKind:
    """書面の種類 A kind of paper, registered by the room that answers for it.

    ``valid_days`` 0 = without end; ``retention`` names the class of the retention schedule. ``released`` does what the room
    has to do with a released paper, in the transaction that releases it: both or neither. ``hold`` keeps the register still for
    the people of an order until that transaction ends: what changes them waits, or the paper does. ``shown`` refuses when what
    stands on a paper may not be looked at any more.
    """

    name: str
    title: str
    clerks: Permission
    template: Path
    snapshot: Callable[[Order], Snapshot]
    want: Callable[[Order], Want]
    version: Callable[[Order], str]
    valid_days: int = 0
    retention: str = "documents.issue_record"
    hold: Callable[[Order], None] | None = None
    released: Callable[[PaperView, Order, Actor, datetime], None] | None = None
    shown: Callable[[PaperView, Order, datetime | None], None] | None = None


kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Make a kind known; a name belongs to one room."""
    if kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"paper kind {kind.name} is registered twice")
    return kind
