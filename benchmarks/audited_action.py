"""証跡の費用 What the record costs in real actions over HTTP: the same requests, to the house and to the house without its record,
interleaved in one run, over three sizes.

    bin/yakusho bench audited_action    or: .venv/bin/python benchmarks/audited_action.py [RESIDENTS …]
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import _measure as measure
from _desk import ON
from _serving import Browser, served

from tests.journeys.family import notice

SIZES = (1_000, 10_000, 50_000)
ROUNDS = 100
DEEDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "連絡先": ("resident1", "messages.set_contact", {"contact": {"mail": "mihon@example.jp", "language": "ja"}}),
    "転入届": ("clerk1", "resident_records.move_in", {"notice": notice(ON)}),
}


def deed(browser: Browser, door: str, given: dict[str, Any]) -> Callable[[int], object]:
    """The same action with a new key each time."""
    return lambda _turn: browser.act(door, given, str(uuid.uuid4()))


def measured(size: int) -> list[measure.Row]:
    """Action, size, p50 and processor time with and without the record."""
    rounds = ROUNDS if size >= 1_000 else 3
    lines: list[measure.Row] = []
    with measure.city(size, name="bench_audited") as database, ExitStack() as stack:
        servers = [
            stack.enter_context(served(database, name)) for name in ("yakusho.web.wsgi", "benchmarks._unaudited")
        ]
        for title, (login, door, given) in DEEDS.items():
            visitors = [Browser(server.port, server.pid) for server in servers]
            for visitor in visitors:
                visitor.sign_in(login)
            with_, without = (deed(visitor, door, given) for visitor in visitors)
            spent = measure.interleaved({"with": with_, "without": without}, rounds, warm=5)
            middle, other = (measure.share(times, 0.5) for times in spent.values())
            lines.append((title, size, middle, measure.share(spent["with"], 0.95), other, f"{middle / other - 1:+.1%}"))
    return lines


def main() -> None:
    """One table."""
    each = [measured(size) for size in measure.sizes(SIZES)]
    headings = ("action", "residents", "p50 ms", "p95 ms", "without p50", "cost of the record")
    measure.table(
        "証跡の費用 a real action over HTTP, with and without its record",
        headings,
        [one for lines in each for one in lines],
    )
    grown = [
        (lines[0][0], lines[0][1], *measure.growth([float(str(one[2])) for one in lines])[1:])
        for lines in zip(*each, strict=True)
    ]
    measure.table("growth of p50", ("action", "from", *(str(one[0][1]) for one in each[1:])), grown)


if __name__ == "__main__":
    main()
