"""One sample knock for each action, found in `tests/knocks.py` of the room or block that the action belongs to.

A function there that is named like the action gets a :class:`Stage` and returns a :class:`Knock`; `TRUTHS` there says,
sentence by sentence, what SQL must never find. A new room is covered by writing them; nothing here is edited.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from types import ModuleType
from typing import Any

from tests import house
from yakusho.blocks.doors import SYSTEM, Actor, Grant, registry

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
OFFICE = "citizen_registration"


@dataclass(frozen=True)
class Knock:
    """What is sent to the door, by whom; ``later`` how long after a crash the retry comes (a lease has to run out)."""

    door: str
    given: dict[str, Any]
    by: Actor
    at: datetime = AT
    on: date = ON
    later: timedelta = timedelta(0)

    def order(self) -> dict[str, Any]:
        """As JSON, for the rig."""
        by = {"account": self.by.account, "name": self.by.name, "person": self.by.person, "proof": self.by.proof}
        proved = getattr(self.by, "proved_at", None)
        by["proved_at"] = proved.isoformat() if proved else None
        by["grants"] = [[grant.role, grant.office] for grant in sorted(self.by.grants, key=str)]
        times = {"at": self.at.isoformat(), "on": self.on.isoformat(), "later": (self.at + self.later).isoformat()}
        return {"door": self.door, "given": self.given, "by": by, **times}


def staff(account: int, role: str, office: str = OFFICE) -> Actor:
    """An officer with one duty."""
    return Actor(account, "見本 職員", frozenset({Grant(role, office)}), purpose="故障の試験")


@dataclass
class Stage:
    """The city in which a sample is prepared; every call is a real knock."""

    system: Actor = SYSTEM
    clerk: Actor = field(default_factory=lambda: staff(101, "resident_clerk"))
    manager: Actor = field(default_factory=lambda: staff(103, "resident_manager"))
    auditor: Actor = field(default_factory=lambda: staff(104, "auditor", "audit"))
    admin: Actor = field(default_factory=lambda: staff(900_105, "system_administrator", "informatics"))
    on: date = ON
    at: datetime = AT

    def do(self, door: str, *, by: Actor | None = None, at: datetime | None = None, **given: Any) -> Any:
        """Knock, and give what came back."""
        return registry.actions[door].call(given, by=by or self.clerk, on=self.on, at=at or self.at)

    def resident(self, person: int) -> Actor:
        """The person, signed in with a card."""
        return Actor(1000 + person, "住民", person=person, proof="card")


serial = count(1)


@cache
def modules(file: str = "knocks") -> dict[str, ModuleType]:
    """`tests/knocks.py` (or another file) of every room, register and block that has one, by the name of its doors."""
    found = {}
    for path in sorted((house.ROOT / "yakusho").glob(f"**/tests/{file}.py")):
        name = ".".join(path.relative_to(house.ROOT).with_suffix("").parts)
        found[path.parent.parent.name] = importlib.import_module(name)
    return found


def sample(door: str) -> Callable[[Stage], Knock] | None:
    """The function that prepares a knock at this door."""
    room, _, act = door.partition(".")
    module = modules().get(room)
    return getattr(module, act, None) if module else None


def sampled() -> list[str]:
    """Every action with a sample."""
    return sorted(name for name in list(registry.actions) if sample(name))


def prepared(door: str) -> Knock:
    """A knock that has everything it needs."""
    found = sample(door)
    if found is None:
        raise KeyError(f"no sample of {door}: write {door.partition('.')[2]}(stage) in tests/knocks.py of its room")
    return found(Stage())


def truths() -> dict[str, str]:
    """What must never be found, whatever broke: sentence → SQL."""
    return {sentence: sql for module in modules().values() for sentence, sql in getattr(module, "TRUTHS", {}).items()}
