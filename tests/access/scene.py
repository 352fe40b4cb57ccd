"""The city that rights are tried in: a household, a stranger, a protected person, a closed record, and what was made about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.rooms import everything
from tests.faults.samples import Stage
from yakusho.blocks.doors import Actor

KINDS = ("own", "foreign", "protected", "closed", "missing")
NOWHERE = 987_654_321
NOT_THERE = {"request": "0" * 32, "number": "202699999999"}
Maker = Callable[["Scene", int, Actor], Any]


@dataclass(frozen=True)
class Who:
    """Somebody who knocks: the role and the office, or what a resident is to the `own` household."""

    name: str
    actor: Actor


@dataclass(eq=False)
class Scene:
    """People by kind, and the objects that were made about them, each made once."""

    stage: Stage
    people: dict[str, int]
    others: Actor
    made: dict[tuple[str, str, int], Any] = field(default_factory=dict)
    makers: dict[str, Maker] = field(default_factory=lambda: everything("OBJECTS"))
    personal: set[str] = field(default_factory=lambda: set(everything("PERSONAL")))

    def object(self, noun: str, kind: str, by: Actor) -> Any:
        """The number of such an object, or None where there is none of this kind."""
        if kind == "missing":
            return NOT_THERE.get(noun, NOWHERE)
        if noun == "person":
            return self.people[kind]
        if noun in self.personal:
            return self._personal(noun, kind, by)
        return self._once(noun, kind, self.people[kind], self.stage.clerk)

    def _personal(self, noun: str, kind: str, by: Actor) -> Any:
        """What belongs to an account: one's own, or somebody else's."""
        holder = {"own": by if by.account else self.others, "foreign": self.others}.get(kind)
        return None if holder is None else self._once(noun, kind, 0, holder)

    def _once(self, noun: str, kind: str, person: int, by: Actor) -> Any:
        known = (noun, kind, by.account)
        if known not in self.made:
            self.made[known] = self.makers[noun](self, person, by)
        return self.made[known]
