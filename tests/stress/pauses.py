"""One paper, stopped at one point of its way: what others do meanwhile, and what must hold afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import psycopg
from django.db import OperationalError, connections

from tests.faults.samples import OFFICE
from tests.stress import stops
from tests.stress.truth import pages
from yakusho.blocks.documents.actions import jobs
from yakusho.blocks.documents.tests import support
from yakusho.blocks.doors import Actor, Grant, registry
from yakusho.kit.refusal import Refusal
from yakusho.systems.city.resident_records.tests import knocks

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
LATER = AT + jobs.TIME_LIMIT + timedelta(seconds=1)
FIRST, RIVAL = (
    Actor(account, "見本 窓口", frozenset({Grant("resident_clerk", OFFICE)}), purpose="証明書の交付")
    for account in (701, 702)
)
BLOCKS = count(1)
FAMILY = {"世帯主": knocks.FATHER, "妻": knocks.MOTHER, "子": knocks.CHILD}
ROW = """
select r.state, r.token, r.number, p.number, p.token, p.pdf, p.sha256 = sha256(p.pdf),
  (select count(*) from documents_alarm a where a.request_id = r.id)
from documents_paperrequest r left join documents_paper p on p.request_id = r.id where r.id = %s::uuid
"""
WAITS = "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
Said = tuple[str, str]  # "paper" and its number, "refused" and the code, "error" and its kind


@dataclass
class Case:
    """A family, where it lives, and the request of one of them."""

    people: list[int]
    address: str
    request: str


@dataclass(frozen=True)
class State:
    """What the tables hold of one request."""

    state: str
    token: int
    number: str | None
    paper: str | None
    written_by: int | None
    pdf: bytes | None = field(repr=False)
    whole: bool | None
    alarms: int

    def unsound(self) -> list[str]:
        """What is half done."""
        found = [] if (self.state == "issued") == (self.paper is not None) else [f"{self.state}, paper {self.paper}"]
        found += [] if (self.state == "withheld") == bool(self.alarms) else [f"{self.state}, {self.alarms} alarms"]
        if self.paper is not None and (self.paper, self.written_by, self.whole) != (self.number, self.token, True):
            found.append("a paper that the job which held the request did not write")
        return found


def act(door: str, *, by: Actor, at: datetime = AT, **given: Any) -> Any:
    return registry.actions[door].call(given, by=by, on=AT.date(), at=at)


def said(step: Callable[[], Any]) -> Said:
    """What came of it."""
    try:
        return "paper", step().number
    except Refusal as refusal:
        return "refused", refusal.code
    except Exception as error:
        return "error", type(error).__name__
    finally:
        connections.close_all()


class House:
    """A city, a few desks, and a look at the tables."""

    def __init__(self, database: str) -> None:
        self.tables = support.owner(database)
        self.desks = ThreadPoolExecutor(4, thread_name_prefix="desk")

    def close(self) -> None:
        self.desks.shutdown()
        self.tables.close()

    def case(self) -> Case:
        """A family of its own, whose paper has been asked for."""
        block = f"{next(BLOCKS)}番18号"
        people = [one | {"relation": relation} for relation, one in FAMILY.items()]
        notice = knocks.arrival(*people, address=knocks.ADDRESS | {"block": block})
        came = act("resident_records.move_in", by=RIVAL, notice=notice)
        order = {"kind": "住民票の写し", "whole": "世帯全員の分", "relation": True}
        asked = act("certificates.request_copy", by=FIRST, person=came.people[1], order=order)
        return Case(came.people, knocks.ADDRESS["town_name"] + block, asked.request)

    def issue(self, case: Case, *, by: Actor, at: datetime) -> Future[Said]:
        """A desk asks for the paper."""
        given = {"request": case.request, "by": by, "at": at}
        return self.desks.submit(said, lambda: act("certificates.issue_copy", **given))

    def first(self, case: Case, stop: stops.Stop) -> Future[Said]:
        """The job under watch begins; over when it stands at its point, or is done without coming by."""
        stops.JOBS[FIRST.account] = stop

        def watched() -> Said:
            with stop.watching("desk"):
                return said(lambda: act("certificates.issue_copy", by=FIRST, at=AT, request=case.request))

        running = self.desks.submit(watched)
        while not stop.reached.wait(0.02) and not (running.done() and stops.BUSY.idle):
            pass
        return running

    def move(self, case: Case) -> Future[Said]:
        """転居 The family moves."""
        people = [{"person": one, "relation": word} for one, word in zip(case.people, FAMILY, strict=True)]
        block = f"{next(BLOCKS)}番22号"
        notice = {"event_on": AT.date().isoformat(), "people": people, "address": knocks.ELSEWHERE | {"block": block}}
        case.address = knocks.ELSEWHERE["town_name"] + block
        return self.desks.submit(said, lambda: act("resident_records.move", by=RIVAL, notice=notice))

    def protect(self, case: Case) -> Future[Said]:
        """支援措置 The family is protected."""
        request = {"person": case.people[1], "kind": "配偶者からの暴力", "opponents": [{"name": "見本　相手"}]}
        case.address = "(protected)"
        return self.desks.submit(said, lambda: act("resident_records.request_protection", by=RIVAL, request=request))

    def settled(self, *rivals: Future[Any]) -> bool:
        """Whether they get through while the first job stands; False when one waits for a row that it holds."""
        while wait_for(rivals, 0.02).not_done:
            if self.tables.execute(WAITS).fetchone() == (True,):
                return False
        return True

    def state(self, case: Case) -> State:
        row = self.tables.execute(ROW, [case.request]).fetchone()
        assert row is not None
        return State(*row)

    def text(self, case: Case) -> str:
        """What stands on the paper of a request; nothing where there is none."""
        pdf = self.state(case).pdf
        return "".join(pages(bytes(pdf))) if pdf else ""

    def wrong(self, case: Case, *addresses: str) -> list[str]:
        """What does not hold of a request and its paper; the address must be one of these."""
        state, text = self.state(case), self.text(case)
        found = state.unsound()
        if state.paper is not None:
            found += [] if state.paper in text and case.request in text else ["the paper of another request"]
            found += [] if any(address in text for address in addresses) else ["another address than in force"]
        return found


def breaks(error: Callable[[], psycopg.OperationalError]) -> Callable[[bool], None]:
    """What a point does that fails: the driver's error at a statement, the database's own error elsewhere."""

    def what(database: bool) -> None:
        raise error() if database else OperationalError("put in by a test")

    return what


def times_out(database: bool) -> None:
    """A statement that took too long, or something else that did."""
    raise psycopg.errors.QueryCanceled("put in by a test") if database else TimeoutError("put in by a test")
