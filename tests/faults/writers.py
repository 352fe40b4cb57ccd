"""Writers who go on while the database dies: each act has its key, is repeated until it is answered, and then noted."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django import db

from tests.faults.ledger import Ledger
from tests.faults.samples import OFFICE, ON, Knock, Stage, prepared, staff
from yakusho.blocks.documents.refusals import BeingIssued, PaperTookTooLong
from yakusho.blocks.doors import registry
from yakusho.systems.city.resident_records.tests import knocks as records

CLERK, OPERATOR = staff(101, "resident_clerk", OFFICE), staff(106, "exchange_clerk", "informatics")
PATIENCE = 90.0  # seconds that a writer goes on asking for one answer
PASSING = (db.Error, BeingIssued, PaperTookTooLong)


def again(door: str, knock: Knock, key: str) -> Any:
    """Knock with one key until there is an answer; an instant later each time, as a lease has to run out."""
    end, tries = time.monotonic() + PATIENCE, 0
    while True:
        try:
            later = knock.at + timedelta(seconds=40 * tries)
            return registry.actions[door].call(knock.given, by=knock.by, on=ON, at=later, key=key)
        except PASSING:
            db.connections.close_all()
            if time.monotonic() > end:
                raise
            tries += 1
            time.sleep(0.1)


def endpoint(key: str) -> str:
    """A row that no constraint keeps from standing there twice."""
    given = {"title": key, "url": "https://93.184.216.34/hook", "events": "sample.nothing"}
    return str(again("exchange.register_endpoint", Knock("", {"endpoint": given}, OPERATOR), key))


def movement(key: str) -> str:
    """A family that moves in: a dozen tables."""
    notice = records.arrival(records.FATHER, records.MOTHER, came_from=key)
    return str(again("resident_records.move_in", Knock("", {"notice": notice}, CLERK), key).movement)


def paper(key: str) -> str:
    """A paper that a resident asks for: asked, printed, checked, released, told."""
    came = again("resident_records.move_in", prepared("resident_records.move_in"), f"{key}-in")
    order = {"kind": "住民票の写し", "whole": "世帯全員の分"}
    owner = Stage().resident(came.people[0])
    asked = again(
        "certificates.request_copy", Knock("", {"person": came.people[0], "order": order}, owner), f"{key}-ask"
    )
    issue = Knock("", {"request": asked.request}, owner)
    return str(again("certificates.issue_copy", issue, key).number)


KINDS: dict[str, Callable[[str], str]] = {"endpoint": endpoint, "movement": movement, "paper": paper}


def write(*, notes: str, kinds: list[str], seconds: float, rate: float = 0) -> int:
    """Act for so long, at most ``rate`` times a second, and note each act once it is acknowledged; how many."""
    end, count = time.monotonic() + seconds, 0
    with Path(notes).open("a", encoding="ascii", buffering=1) as book:
        for due in _beats(rate):
            if due > end:
                return count
            kind, key = kinds[count % len(kinds)], str(uuid.uuid4())
            book.write(f"{kind} {key} {KINDS[kind](key)}\n")
            count += 1
    return count


def _beats(rate: float) -> Iterator[float]:
    """The instants at which acts are due; whoever is late does not wait."""
    due = time.monotonic()
    while True:
        now = time.monotonic()
        due = max(due + 1 / rate, now - 1) if rate else now
        time.sleep(max(0.0, due - now))
        yield due


FOUND = {
    "endpoint": "select title, id::text from exchange_endpoint where title = any(%s)",
    "movement": "select came_from, m.id::text from people_residence r join resident_records_movement m on m.id = r.cause"
    " where came_from = any(%s) and relation = '世帯主'",
    "paper": "select k.key, p.number from doors_key k join documents_paper p on p.number = k.result::json->>'number'"
    " where k.key = any(%s)",
}


def account(ledger: Ledger, books: list[Path]) -> dict[str, Any]:
    """What was acknowledged against what is there: acts, lost ones, double ones."""
    lines = [line.split() for book in books for line in book.read_text("ascii").splitlines()]
    lost, double = [], []
    for kind, query in FOUND.items():
        noted = {key: number for what, key, number in lines if what == kind}
        rows = ledger.connection.execute(query, [list(noted)]).fetchall()
        lost += sorted(set(noted.items()) - {(key, number) for key, number in rows})
        double += [key for key, times in Counter(key for key, _ in rows).items() if times > 1]
    return {"acts": len(lines), "lost": lost, "double": double}


UNANSWERED = {
    "a key without its result": "select key from doors_key where result = ''",
    "an act with a key, and no row or two rows of it in the record": (
        "select door from doors_key full join (select door, count(distinct xid) as rows from audit_entry where kind = 'action'"
        " and door in ('exchange.register_endpoint', 'resident_records.move_in', 'certificates.request_copy',"
        " 'certificates.issue_copy') group by door) told using (door) group by door, rows having count(key) <> rows"
    ),
    "a receiver registered twice": "select title from exchange_endpoint group by title having count(*) > 1",
    "a family that moved in twice": (
        "select came_from from people_residence where relation = '世帯主' and length(came_from) = 36"
        " group by came_from having count(*) > 1"
    ),
}
