"""A process of the city hall under stress: an order comes as JSON on standard input, outcomes go as JSON to standard
output, one line each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - after the set-up

from yakusho.blocks.doors import Actor, Grant, registry  # noqa: E402

OFFICE = "citizen_registration"
CLERK = Actor(901, "見本 窓口", frozenset({Grant("resident_clerk", OFFICE)}), purpose="証明書の交付")
Outcome = dict[str, Any]


def instant() -> str:
    """The database's clock: when something began or had ended, whatever instant the act is given."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return str(cursor.fetchone()[0].isoformat())


def act(door: str, *, at: datetime, **given: Any) -> Any:
    return registry.actions[door].call(given, by=CLERK, on=at.date(), at=at)


def settled(step: Callable[..., Outcome], *given: Any) -> Outcome:
    """One step; whatever else it raises is an outcome too."""
    try:
        return step(*given)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        connection.close_if_unusable_or_obsolete()


def serve(work: Callable[[dict[str, Any], datetime], Iterator[Outcome]]) -> None:
    """Do the order, and say what became of it."""
    order = json.load(sys.stdin)
    for outcome in work(order, datetime.fromisoformat(order["at"])):
        sys.stdout.write(json.dumps(outcome, ensure_ascii=False) + "\n")
        sys.stdout.flush()
