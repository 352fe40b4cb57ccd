"""一覧 What the work lists take an officer for whom few of the lines are: so many rows in every table, his the oldest among them,
through the doors, asked at instants that chance draws, whether the one before is answered or not (open loop). Beside them, in the
same run, one row by its primary key. Each list also from its middle on: no page may cost more than the first.

    bin/yakusho bench lists         or: .venv/bin/python benchmarks/lists.py [ROWS …]
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import _measure as measure
from _desk import by_key
from _lists import ENDPOINT, HIS, OFFICER, RESIDENT, fill
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import house
from yakusho.blocks.audit.record import subject_key
from yakusho.blocks.documents import queries as documents
from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.exchange import queries as exchange
from yakusho.blocks.identity import queries as identity
from yakusho.blocks.identity.values import AccountMark
from yakusho.blocks.messages import queries as messages
from yakusho.registers.people.values import DueMark
from yakusho.systems.city.resident_exchange import queries as resident_exchange
from yakusho.systems.city.resident_records import queries as resident_records

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS, A_SECOND = 150, 25
ON, AT = date(2026, 11, 23), datetime(2026, 11, 23, 3, tzinfo=UTC)
KEY = "one row by its key"
List = Callable[[], object]


def staff(role: str) -> Actor:
    return Actor(OFFICER, "計測", frozenset({Grant(role, "citizen_registration")}), purpose="計測")


CLERK, MANAGER = staff("resident_clerk"), staff("resident_manager")
AUDITOR, ADMINISTRATOR = staff("auditor"), staff("system_administrator")
CITIZEN = Actor(31, "市民", person=RESIDENT)


def of_papers(rows: int) -> dict[str, List]:
    """交付待ち, 警報, 発行した書面, お知らせ, 閲覧の記録, 異動の履歴"""
    middle = f"2026{HIS // 2:08d}"
    return {
        "print queue": lambda: documents.print_queue(by=CLERK),
        "print queue, middle": lambda: documents.print_queue(after=middle, by=CLERK),
        "alarms": lambda: documents.alarms(by=AUDITOR),
        "alarms, closed, middle": lambda: documents.alarms(closed=True, after=rows // 2, by=AUDITOR),
        "own papers": lambda: documents.papers_of(person=RESIDENT, by=CITIZEN),
        "inbox": lambda: messages.inbox(by=CLERK),
        "inbox, middle": lambda: messages.inbox(after=HIS // 2, by=CLERK),
        "unread": lambda: messages.unread(by=CLERK),
        "who looked": lambda: resident_records.who_looked(person=RESIDENT, by=CITIZEN),
    }


def of_the_desk(rows: int) -> dict[str, List]:
    """支援措置, 書出し, 取込み, 不達, 連携先, 職員"""
    late = DueMark(until=ON + timedelta(days=20), after=rows // 2)
    mark = AccountMark(login="bench2")
    return {
        "measures due": lambda: resident_records.due_protections(by=CLERK, on=ON),
        "measures due, middle": lambda: resident_records.due_protections(after=late, by=CLERK, on=ON),
        "own exports": lambda: resident_exchange.exports(by=CLERK, at=AT),
        "all exports, middle": lambda: resident_exchange.exports(after=rows // 2, by=MANAGER, at=AT),
        "imports": lambda: resident_exchange.loads(by=MANAGER),
        "dead letters": lambda: exchange.dead_letters(by=ADMINISTRATOR),
        "dispatches of one, middle": lambda: exchange.dispatches(endpoint=ENDPOINT, after=rows // 2, by=ADMINISTRATOR),
        "endpoints": lambda: exchange.endpoints(by=ADMINISTRATOR),
        "staff": lambda: identity.staff_accounts(by=ADMINISTRATOR),
        "staff, middle": lambda: identity.staff_accounts(after=mark, by=ADMINISTRATOR),
        "sign-ins side by side": lambda: identity.sessions_side_by_side(since=AT - timedelta(days=1), by=AUDITOR),
        "own sign-ins": lambda: identity.my_sessions(by=CLERK),
    }


def arriving(acts: dict[str, List], rounds: int) -> dict[str, list[float]]:
    """Milliseconds from the instant at which each was asked for, sorted: who comes while others wait, waits too."""
    chance = random.Random(1)
    asked = [name for name in acts for _ in range(rounds)]
    chance.shuffle(asked)
    spent: dict[str, list[float]] = {name: [] for name in acts}
    due = time.perf_counter()
    for name in asked:
        due += chance.expovariate(A_SECOND)
        time.sleep(max(due - time.perf_counter(), 0))
        acts[name]()
        spent[name].append((time.perf_counter() - due) * 1000)
    return {name: sorted(times) for name, times in spent.items()}


def statements(act: List) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def measured(rows: int) -> dict[str, measure.Row]:
    """By list: p50, p95, p99, p50 and p95 by the key, statements, processor time."""
    name = house.clone(f"bench_lists_{os.getpid()}_{rows}", lasting=True)
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        fill(rows, subject=subject_key(RESIDENT))
        acts = of_papers(rows) | of_the_desk(rows)
        for act in acts.values():
            act()
        rounds = ROUNDS if rows > 2_000 else 3
        spent = arriving(acts | {KEY: lambda: by_key(RESIDENT)}, rounds)
        least = spent.pop(KEY)
        bottom = measure.share(least, 0.5), measure.share(least, 0.95)
        return {
            what: (
                *(measure.share(times, part) for part in (0.5, 0.95, 0.99)),
                *bottom,
                statements(acts[what]),
                measure.effort(lambda _, act=acts[what]: act(), max(rounds // 5, 1)),
            )
            for what, times in spent.items()
        }
    finally:
        connection.close()
        house.drop(name)


def main() -> None:
    """One table, each list at each size."""
    sizes = measure.sizes(SIZES)
    found = {rows: measured(rows) for rows in sizes}
    lines = []
    for what, first in found[sizes[0]].items():
        for rows in sizes:
            one = found[rows][what]
            grown = float(str(one[-1])) / max(float(str(first[-1])), 0.01)
            lines.append((what, rows, *one[:5], one[0] / one[3], one[1] / one[4], *one[5:], f"x{grown:.2f}"))
    times = (
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "key p50",
        "key p95",
        "p50/key",
        "p95/key",
        "statements",
        "CPU ms",
        "growth of CPU",
    )
    measure.table("一覧 lists of an officer for whom few of the rows are", ("list", "rows", *times), lines)


if __name__ == "__main__":
    main()
