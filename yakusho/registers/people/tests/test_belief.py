"""One statement reads all facts about people: what each kind of fact says by itself, on every day, at every instant."""

from datetime import date, timedelta

import pytest
from django.db import connection

from yakusho.blocks.history import record
from yakusho.registers.people import actions, belief, models, values
from yakusho.registers.people.terms import ClosingReason, OriginState
from yakusho.registers.people.tests.conftest import ON, address, call, named

DAYS = [ON + timedelta(days) for days in (-400, -1, 0, 1, 29, 30, 31, 59, 60, 61, 400)]


@pytest.fixture
def lives(city):
    """Four people: moved twice and corrected late; planned to leave, then stayed; foreign; nobody."""
    people, home = city.settle(named(), named(given="翔"), named(given="蓮"), relations=("世帯主", "妻", "子"))
    instants = [clock()]
    later = ON + timedelta(30)
    moved = address("上田一丁目", "4番22号", town="0101")
    city.change(later, residences=[city.residence(people[0], home, at=moved)])
    instants.append(clock())
    leaving = values.ClosingEntry(person=people[1], reason=ClosingReason.MOVED_OUT, destination="仙台市", planned=True)
    planned = city.change(ON + timedelta(60), closings=[leaving])
    instants.append(clock())
    origin = values.OriginEntry(state=OriginState.KNOWN, domicile="盛岡市内丸1番", head="髙橋 翔")
    city.change(later, origins=[values.OriginMove(person=people[2], origin=origin)])
    call(actions.revert, cause=planned, by_cause=99, people=[people[1]])
    return [*people, 999_999], [None, *instants]


def clock():
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def alone(kind, person, on, known_at):
    """The same fact, from the table of its own kind."""
    rows = record.known(kind.objects.filter(person=person), known_at=known_at).order_by("valid")
    fits = {
        models.Closing: lambda row: on in record.period(row.valid) or (row.planned and row.valid.lower > on),
        models.Naming: lambda row: row.valid.lower <= on,
        models.Residence: lambda row: row.valid.lower <= on,
    }
    found = [row for row in rows if fits.get(kind, lambda row: on in record.period(row.valid))(row)]
    last = kind in (models.Naming, models.Residence)
    return found[-1 if last else 0] if found else None


def said(row):
    return row and {name: getattr(row, name) for name in ("valid", "person_id", *type(row).own_fields())}


def test_every_day_and_instant_as_from_the_tables_themselves(lives):
    people, instants = lives
    compared = 0
    for known_at in instants:
        for on in DAYS:
            found = belief.about(people, on=on, known_at=known_at)
            assert list(found) == people
            for person in people:
                one = found[person]
                for kind, row in zip(
                    belief.KINDS, (one.naming, one.residence, one.closing, one.origin, one.foreign), strict=True
                ):
                    assert said(row) == said(alone(kind, person, on, known_at)), (kind, person, on, known_at)
                    compared += row is not None
    assert compared > 200


def test_nobody_is_asked_about_and_the_order_is_the_askers(city):
    (person, other), _ = city.settle(named(), named(given="翔"), relations=("世帯主", "妻"))
    assert belief.about([], on=ON, known_at=None) == {}
    assert list(belief.about([other, person], on=date(1900, 1, 1), known_at=None)) == [other, person]
