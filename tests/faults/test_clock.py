"""The clock of the machine jumps: a day, a year, an era, back again. The record keeps its order, papers go on, sessions stay ended."""

import os
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.faults import samples
from tests.faults.private import private_city
from tests.sizes import sized

pytestmark = pytest.mark.faults
LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2026, 11, 23, 10, 0, tzinfo=TOKYO)


class Clock:
    """What every process of the private city believes: a file that they all read at each look."""

    def __init__(self, path):
        self.path = path
        self.set(START)

    def set(self, instant):
        self.path.write_text(instant.astimezone(TOKYO).strftime("@%Y-%m-%d %H:%M:%S"), "ascii")

    def environ(self):
        faked = {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(self.path), "FAKETIME_NO_CACHE": "1"}
        return faked | {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "TZ": "Asia/Tokyo"}


@contextmanager
def set_environ(values):
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A server, a rig and one clock for both."""
    if not LIBRARY.exists():
        pytest.skip("the clock is turned by libfaketime: install the package faketime")
    with private_city() as private:
        path = private.place.state / "clock"
        clock = Clock(path)
        path.chmod(0o644)
        private.stop()
        with set_environ(clock.environ()):
            private.start()
            rig = private.rig()
        yield clock, rig, private
        rig.close()
        private.stop()


EVERY_JUMP = [
    START,
    START + timedelta(days=1),
    START - timedelta(days=1),
    START - timedelta(days=1, seconds=30),
    datetime(2026, 12, 31, 23, 59, 58, tzinfo=TOKYO),
    datetime(2027, 1, 1, 0, 0, 1, tzinfo=TOKYO),
    datetime(2027, 3, 31, 23, 59, 58, tzinfo=TOKYO),
    datetime(2027, 4, 1, 0, 0, 1, tzinfo=TOKYO),
    datetime(2019, 4, 30, 23, 59, 58, tzinfo=TOKYO),  # 平成 ends
    datetime(2019, 5, 1, 0, 0, 1, tzinfo=TOKYO),
]
JUMPS = sized([EVERY_JUMP[1], *EVERY_JUMP[8:]], EVERY_JUMP)


def test_issuing_goes_on_and_the_record_keeps_its_order(city, record_property):
    """A day forth, years back, into a new era; at length also a day and seconds back, into a new year and a new fiscal year."""
    clock, rig, private = city
    days = []
    for instant in JUMPS:
        clock.set(instant)
        rig.act("integrate")  # as every ten seconds: until then, rows of yesterday's clock are late and papers wait
        days.append(rig.act("day"))
    assert [day["today"] for day in days] == [instant.date().isoformat() for instant in JUMPS]
    assert [day["number"][:4] for day in days] == [str(instant.year) for instant in JUMPS]
    assert [day["issued_on"] for day in days] == [day["today"] for day in days]
    assert len({day["number"] for day in days}) == len(JUMPS)
    record_property("jumps of the clock", len(JUMPS))
    report = rig.act("settle")
    assert (report["waiting"], report["ok"], report["findings"]) == (0, True, [])
    with private.ledger() as ledger:
        assert ledger.lies(samples.truths() | ORDER) == []


def test_a_jump_ahead_stops_papers_until_the_record_is_signed(city):
    clock, rig, _ = city
    clock.set(START)
    rig.act("day")
    clock.set(START + timedelta(days=1))
    assert rig.one({"act": "day"})["refusal"] == "evidence_late"
    rig.act("integrate")
    assert rig.act("day")["today"] == "2026-11-24"


ORDER = {
    "entries that the log holds in another order than they were committed": (
        "select 1 from (select leaf, e.xid, e.id, lag(e.xid) over (order by leaf) as x, lag(e.id) over (order by leaf) as i"
        " from audit_leaf l join audit_entry e on e.id = l.entry) placed where (xid, id) < (x, i)"
    ),
    "places of the log that are missing": "select 1 where (select count(*) - 1 from audit_leaf) <> (select max(leaf) from audit_leaf)",
}


def test_a_session_that_has_ended_does_not_come_back(city):
    clock, rig, _ = city
    clock.set(START)
    session = rig.act("sign_in")
    assert rig.act("who", session=session) != 0
    clock.set(START + timedelta(days=2))
    assert rig.act("who", session=session) == 0
    for instant in (START, START + timedelta(minutes=1), START - timedelta(days=1)):
        clock.set(instant)
        assert rig.act("who", session=session) == 0


def test_a_session_of_the_future_is_none(city):
    clock, rig, _ = city
    clock.set(START)
    session = rig.act("sign_in")
    clock.set(START - timedelta(hours=1))
    assert rig.act("who", session=session) == 0
    clock.set(START)
    assert rig.act("who", session=session) == 0
