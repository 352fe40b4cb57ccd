"""One crash at one point of one action, and what must hold before and after the retry with the same key."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from tests.faults.city import Rig
from tests.faults.ledger import Ledger, State

SHOWN_ONCE = "shown_once"  # a secret is not kept with its key: the act is done, and says so
BUSY = 503  # a paper that took too long on a busy machine is asked for again
MORE = {"audit_entry"}  # each try of a step that commits by itself has its row


@dataclass
class Course:
    """An action gone through once without a fault: its crash points, and everything that it writes."""

    door: str
    points: list[str]
    whole: State
    doors: set[str]

    @property
    def steps(self) -> bool:
        """Whether parts of it commit by themselves (papers: take, release)."""
        return self.points.count("before COMMIT") > 1

    def acknowledged(self, die: int) -> bool:
        """Whether everything was committed when this point is reached."""
        commits = [number for number, what in enumerate(self.points, 1) if what == "after COMMIT"]
        return die >= commits[-1]


@dataclass
class Findings:
    """What was tried and what did not hold."""

    runs: int = 0
    killed: int = 0
    wrong: list[str] = field(default_factory=list)


DOORS = "select coalesce(array_agg(distinct door), '{}') from audit_entry where kind = 'action' and id > %s"


def course(rig: Rig, ledger: Ledger, door: str) -> Course:
    """Go through an action without a fault, once to open books that are kept by the year, then to look."""
    rig.one(rig.prepare(door))
    knock = rig.prepare(door)
    last = ledger.value("select coalesce(max(id), 0) from audit_entry")
    mark = ledger.mark()
    answer = rig.one(knock)
    if "result" not in answer:
        raise AssertionError(f"the sample of {door} does not work: {answer}")
    whole = ledger.since(mark)
    again = rig.one(knock, at=knock["later"])
    if ledger.since(mark) != whole or again.get("result", answer["result"]) != answer["result"]:
        raise AssertionError(f"{door}: the same key again did something: {again}")
    return Course(door, answer["points"], whole, set(ledger.value(DOORS, last)))


def crash(rig: Rig, ledger: Ledger, way: Course, die: int, truths: dict[str, str]) -> tuple[bool, list[str]]:
    """Kill an action at a point, look, retry with the same key, look again; what is wrong."""
    knock = rig.prepare(way.door)
    mark = ledger.mark()
    answer = rig.one(knock, die=die)
    ledger.settled(knock["name"])
    wrong = _left_behind(ledger.since(mark), way, die) if answer["killed"] else []
    wrong += ledger.lies(truths)
    wrong += _retried(rig, ledger, way, knock, mark)
    wrong += ledger.lies(truths)
    place = f"{way.door} at {die}/{len(way.points)} ({way.points[die - 1] if die <= len(way.points) else 'end'})"
    return answer["killed"], [f"{place}: {what}" for what in wrong]


def _left_behind(state: State, way: Course, die: int) -> list[str]:
    if way.acknowledged(die):
        return [] if same(state, way.whole) else [f"acknowledged and lost: {state} instead of {way.whole}"]
    if way.steps or not state or same(state, way.whole):
        return []
    return [f"half done: {state}"]


def _retried(rig: Rig, ledger: Ledger, way: Course, knock: dict[str, Any], mark: Any) -> list[str]:
    tries = (rig.one(knock, at=knock["later"]) for _ in range(3))
    again = next((answer for answer in tries if answer.get("status") != BUSY), {"refusal": "busy three times"})
    if "result" not in again and again.get("refusal") != SHOWN_ONCE:
        return [f"the retry does not go through: {again}"]
    state = ledger.since(mark)
    if not same(state, way.whole):
        return [f"after the retry {state} instead of {way.whole}"]
    third = rig.one(knock, at=knock["later"])
    if ledger.since(mark) != state or third.get("result", again.get("result")) != again.get("result"):
        return [f"a third try had an effect: {third}"]
    return []


def same(state: State, whole: State) -> bool:
    """Whether the same rows were written; a step that was tried twice stands twice in the record."""
    kept = [{name: change for name, change in each.items() if name not in MORE} for each in (state, whole)]
    return kept[0] == kept[1] and all(state.get(name, (0, 0)) >= whole.get(name, (0, 0)) for name in MORE)


def chosen(doors: list[str], count: int, always: tuple[str, ...], seed: int) -> list[str]:
    """Actions for a short run: these always, others by chance."""
    others = [door for door in doors if door not in always]
    return [*always, *random.Random(seed).sample(others, min(count - len(always), len(others)))]


def sampled_points(ways: list[Course], runs: int, seed: int) -> list[tuple[Course, int]]:
    """Some crash points by chance: of every action one, then of any action; around commits more often."""
    chance = random.Random(seed)
    picked = [*ways[:runs], *(chance.choice(ways) for _ in range(runs - len(ways)))]
    return [(way, chance.choice(_weighted(way))) for way in picked]


def _weighted(way: Course) -> list[int]:
    """Numbers of the crash points, those around commits four times."""
    every = list(enumerate(way.points, 1))
    return [number for number, what in every for _ in range(4 if "COMMIT" in what else 1)]


def go_through(rig: Rig, ledger: Ledger, points: list[tuple[Course, int]], truths: dict[str, str]) -> Findings:
    """Crash at each of these points."""
    found = Findings()
    for way, die in points:
        killed, wrong = crash(rig, ledger, way, die, truths)
        found.runs += 1
        found.killed += killed
        found.wrong += wrong
    return found
