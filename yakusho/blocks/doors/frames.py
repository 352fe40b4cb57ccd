"""Which door is open right now, and whom it has touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from yakusho.blocks.doors.actors import Actor


@dataclass
class Frame:
    """One call of a door; people found by inner queries rise to the outermost one."""

    door: str
    kind: str
    by: Actor
    outer: Frame | None
    people: set[int] = field(default_factory=set)
    noted: dict[str, object] = field(default_factory=dict)


_open: ContextVar[Frame | None] = ContextVar("open_door", default=None)


def current() -> Frame | None:
    """The door that is open now, innermost first; None outside every door."""
    return _open.get()


def in_action() -> bool:
    """Whether any door open now is an action: only then may tables be written."""
    frame = _open.get()
    while frame and frame.kind != "action":
        frame = frame.outer
    return frame is not None


def about(people: Iterable[int]) -> None:
    """Name people whom the open door touches although neither its input nor its result holds them."""
    frame = _open.get()
    if frame is not None:
        frame.people.update(people)


def note(**facts: object) -> None:
    """Add facts without personal data (ids, counts, names of fields) to the audit row of the open door."""
    frame = _open.get()
    if frame is not None:
        frame.noted.update(facts)


@contextmanager
def opened(door: str, kind: str, by: Actor) -> Iterator[Frame]:
    """The time during which a door is open."""
    frame = Frame(door, kind, by, _open.get())
    token = _open.set(frame)
    try:
        yield frame
    finally:
        _open.reset(token)
