"""A process of the city hall under stress: many requests in flight, all at one frozen instant. Orders come as JSON on
standard input, outcomes go as JSON to standard output, one line each."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - after the set-up

from yakusho.blocks.doors import Actor, Grant, registry  # noqa: E402
from yakusho.kit.refusal import Refusal  # noqa: E402

OFFICE = "citizen_registration"
CLERK = Actor(901, "見本 窓口", frozenset({Grant("resident_clerk", OFFICE)}), purpose="証明書の交付")
ORDER = {"kind": "住民票の写し", "relation": True}


def instant() -> str:
    """The database's clock: when something began or had ended, whatever instant the act is given."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return str(cursor.fetchone()[0].isoformat())


def act(door: str, *, at: datetime, **given: Any) -> Any:
    return registry.actions[door].call(given, by=CLERK, on=at.date(), at=at)


def copy(person: int, whole: str, at: datetime) -> dict[str, Any]:
    """One request, issued; what came out, and between which instants."""
    said: dict[str, Any] = {"person": person, "whole": whole, "begun": instant()}
    try:
        asked = act("certificates.request_copy", at=at, person=person, order=ORDER | {"whole": whole})
        said |= {"request": asked.request}
        said |= {"number": act("certificates.issue_copy", at=at, request=asked.request).number}
    except Refusal as refusal:
        said |= {"refused": refusal.code}
    finally:
        said |= {"ended": instant()}
    return said


def move(household: list[dict[str, Any]], dice: random.Random, towns: list[dict[str, str]], at: datetime) -> str:
    """A household moves within the city while its papers are made; how it went."""
    address = dice.choice(towns) | {"block": f"{dice.randrange(1, 99)}番{dice.randrange(1, 99)}号"}
    notice = {"event_on": at.date().isoformat(), "people": household, "address": address}
    try:
        act("resident_records.move", at=at, notice=notice)
    except Refusal as refusal:
        return str(refusal.code)
    return "moved"


def papers(order: dict[str, Any], at: datetime) -> Iterator[dict[str, Any]]:
    """Every request of the order, so many at once."""
    with ThreadPoolExecutor(order["at_once"]) as pool:
        yield from pool.map(lambda one: settled(copy, one["person"], one["whole"], at), order["requests"])


def moves(order: dict[str, Any], at: datetime) -> Iterator[dict[str, Any]]:
    """Moves of these households, one after the other, as often as asked."""
    dice = random.Random(order["seed"])
    for _ in range(order["moves"]):
        yield {"move": move(dice.choice(order["households"]), dice, order["towns"], at)}


def settled(step: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
    """One step; whatever else it raises is an outcome too."""
    try:
        return step(*given)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        connection.close_if_unusable_or_obsolete()


def main() -> None:
    order = json.load(sys.stdin)
    at = datetime.fromisoformat(order["at"])
    for outcome in {"papers": papers, "moves": moves}[order["work"]](order, at):
        sys.stdout.write(json.dumps(outcome, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
