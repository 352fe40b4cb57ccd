"""A small city: people in three towns, who came, were born, died and left in known months."""

from datetime import UTC, date, datetime

import pytest

from yakusho.blocks.doors import Actor, Grant
from yakusho.registers.people.queries import counts
from yakusho.registers.people.terms import HEAD, ClosingReason, Sex
from yakusho.registers.people.tests.conftest import City, address, named
from yakusho.registers.people.values import ClosingEntry

ON = date(2026, 11, 23)
PUBLIC = Actor(0, "")
CLERK = Actor(31, "見本 統計", frozenset({Grant("resident_clerk", "citizen_registration")}), purpose="統計")
NOW = datetime(2099, 1, 1, tzinfo=UTC)
TOWNS = {"本宮五丁目": "0412", "上田一丁目": "0101"}


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """A test's writes are never committed, so the database does not count them: here each test says when they changed."""
    changes = [0]
    monkeypatch.setattr(counts, "counted", lambda: f"{id(changes)}:{changes[0]}")
    return changes


@pytest.fixture
def people(db, kept):
    """Makes households: ``people("上田一丁目", (Sex.FEMALE, date(1980, 1, 1)), …, since=…)`` gives their numbers."""
    city = City()

    def settle(town, *who, since=date(2020, 3, 15)):
        names = [named(given=f"見本{place}", sex=sex, born=born) for place, (sex, born) in enumerate(who)]
        relations = (HEAD, *["同居人"] * (len(who) - 1))
        kept[0] += 1
        numbers, _ = city.settle(*names, since=since, at=address(town, town=TOWNS[town]), relations=relations)
        return numbers

    settle.city = city
    return settle


@pytest.fixture
def leave(people, kept):
    def go(person, on, reason=ClosingReason.MOVED_OUT):
        kept[0] += 1
        people.city.change(on, closings=[ClosingEntry(person=person, reason=reason)])

    return go


@pytest.fixture
def town_of_sixty(people):
    """Thirty women and thirty men of forty years in one town, ten in another."""
    for sex in (Sex.FEMALE, Sex.MALE):
        people("本宮五丁目", *[(sex, date(1985, 5, 5))] * 30)
        people("上田一丁目", *[(sex, date(1985, 5, 5))] * 10)
