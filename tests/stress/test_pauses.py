"""止まる作業 One job is stopped, times out or breaks at every statement and every wait on the way of one paper, while another
takes the same request or the register changes: one paper at most, the right one, and never anything half done."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest

from tests.sizes import sized
from tests.stress import pauses, stops
from tests.stress.pauses import FIRST, LATER, RIVAL, House
from tests.stress.stops import Stop
from yakusho.blocks.documents.actions import jobs
from yakusho.blocks.documents.tests import support

SEED = int(os.environ.get("YAKUSHO_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
FEW = sized(1, None)  # points of each kind
SHORT = timedelta(seconds=0.1)
ALIVE = ": SELECT 1"  # whether a kept connection still lives: one that does not is opened anew
PASSING = {"paper_took_too_long", "record_changed", "being_issued", "request_closed"}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[House]:
    secrets = tmp_path_factory.mktemp("secrets")
    with support.committed(django_db_blocker, secrets, suffix="pauses") as name, pytest.MonkeyPatch.context() as patch:
        stops.wire(patch)
        opened = House(name)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def course(house) -> list[str]:
    """Every point of the way, gone once to open what is kept open, then to look."""
    for _ in range(2):
        stop, case = Stop(), house.case()
        assert house.first(case, stop).result()[0] == "paper"
    return stop.points


@pytest.fixture
def each(course, request, record_property) -> Callable[[Callable[[int], list[str]]], None]:
    """`each(what)`: do this at some points, or at all; what went wrong at which."""

    def go(what: Callable[[int], list[str]]) -> None:
        every = range(1, len(course) + 1)
        chosen = every if FEW is None else random.Random(f"{SEED} {request.node.name}").sample(every, FEW)
        wrong = {f"{at} {course[at - 1]}": found for at in chosen if (found := what(at))}
        record_property("points", len(chosen))
        record_property("wrong", len(wrong))
        assert wrong == {}, f"YAKUSHO_SEED={SEED}"

    sys.stdout.write(f"YAKUSHO_SEED={SEED}\n")
    return go


def asked_again(house: House, case: pauses.Case, *addresses: str) -> list[str]:
    """Whoever asks once more gets the one paper, or hears that the request is closed with an alarm."""
    before = house.state(case)
    kind, what = house.issue(case, by=RIVAL, at=LATER).result()
    after = house.state(case)
    found = house.wrong(case, *addresses)
    if before.paper is not None and (kind, what) != ("paper", before.paper):
        found.append(f"the paper was there and is not told: {what}")
    if kind != "paper" and not (after.state == "withheld" and what == "request_closed"):
        found.append(f"asked again: {what}")
    return found


def test_the_way_of_a_paper_has_every_kind_of_point(course):
    seen = " ".join(course)
    assert len(course) > 40
    for word in ("desk: ", "take: ", "issue: ", "render", "seal", "the gatekeeper", "COMMIT", "documents_begin_render"):
        assert word in seen
    assert seen.count("a thread takes it up") == 2


def test_a_job_that_was_overtaken_writes_nothing(house, each):
    def at(point: int) -> list[str]:
        case, other, stop = house.case(), house.case(), Stop(point)
        first = house.first(case, stop)
        rivals = [house.issue(one, by=RIVAL, at=LATER) for one in (other, case)]
        through, seen = house.settled(*rivals), house.state(case)
        stop.on.set()
        found = [] if rivals[0].result()[0] == "paper" else [f"another request: {rivals[0].result()}"]
        said = {first.result(), rivals[1].result()}
        stops.BUSY.rest()
        if through and (house.state(case) != seen or rivals[1].result()[0] != "paper"):
            found.append(f"overtaken, it wrote: {seen}, {house.state(case)}, {said}")
        found += [
            f"{kind} {what}" for kind, what in said if kind == "error" or (kind == "refused" and what not in PASSING)
        ]
        if not any(kind == "paper" for kind, _ in said) or {n for kind, n in said if kind == "paper"} != {
            house.state(case).paper
        }:
            found.append(f"not one paper: {said}")
        return found + house.wrong(case, case.address) + house.wrong(other, other.address)

    each(at)


@pytest.mark.parametrize("change", ["move", "protect"])
def test_a_register_that_changed_meanwhile_leaves_no_stale_paper(house, each, change):
    def at(point: int) -> list[str]:
        case, stop = house.case(), Stop(point)
        old = case.address
        first = house.first(case, stop)
        there = house.state(case).paper
        through = house.settled(rival := getattr(house, change)(case))
        stop.on.set()
        first.result(), rival.result()
        stops.BUSY.rest()
        late = through and there is None
        found = house.wrong(case, case.address) if late else house.wrong(case, case.address, old)
        if change == "protect" and house.state(case).paper is None:
            kind, what = house.issue(case, by=RIVAL, at=LATER).result()
            return found if kind == "refused" else [*found, f"a protected address by the ordinary way: {what}"]
        return found + asked_again(house, case, *([case.address] if late else [case.address, old]))

    each(at)


def test_a_pause_beyond_the_time_limit_ends_the_whole_job(house, each, monkeypatch):
    def at(point: int) -> list[str]:
        case, stop = house.case(), Stop(point)
        with monkeypatch.context() as patch:
            patch.setattr(jobs, "TIME_LIMIT", SHORT)
            first = house.first(case, stop)
            there, found = house.state(case).paper, []
            alone = stop.reached.is_set() and stop.points[point - 1].startswith("issue: ") and house.settled(first)
            if alone and there is None:
                found = [] if first.result() == ("refused", "paper_took_too_long") else [f"given up: {first.result()}"]
                found += [] if house.state(case).state == "asked" else [f"not given up: {house.state(case)}"]
            stop.on.set()
            first.result()
            stops.BUSY.rest()
        if alone and there is None and house.state(case).paper is not None:
            found.append("the job that was given up wrote its paper")
        return found + asked_again(house, case, case.address)

    each(at)


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(pauses.breaks(lambda: psycopg.OperationalError("put in by a test")), id="error"),
        pytest.param(pauses.times_out, id="timeout"),
    ],
)
def test_what_breaks_on_the_way_leaves_nothing_half_done(house, each, what):
    def at(point: int) -> list[str]:
        case, stop = house.case(), Stop(point, what)
        kind, told = house.first(case, stop).result()
        stops.BUSY.rest()
        found = house.wrong(case, case.address)
        if kind == "paper" and stop.reached.is_set() and not stop.points[point - 1].endswith(ALIVE):
            found.append(f"no error: {told}")
        return found + asked_again(house, case, case.address)

    each(at)


def test_every_paper_that_came_out_has_its_row_in_the_record(house):
    papers, rows = house.tables.execute(
        "select (select count(*) from documents_paper), (select count(*) from audit_entry where door = 'documents.release'"
        " and kind = 'action')"
    ).fetchone()
    assert papers == rows > 2
    assert FIRST.account != RIVAL.account
