"""What held, what was believed, and that nothing is ever overwritten."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from yakusho.blocks.history import record
from yakusho.blocks.history.tests.conftest import Colour, Thing
from yakusho.kit.periods import Period

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def paint(thing, name, from_, until=None, cause=None):
    at = record.instant(Thing.objects.all(), [thing])
    record.put(Colour, subject=thing, valid=Period(from_, until), at=at, cause=cause, name=name)
    return at


def colour(thing, on, known_at=None):
    return (
        record.as_of(Colour.objects.filter(thing=thing), on=on, known_at=known_at)
        .values_list("name", flat=True)
        .first()
    )


def test_a_fact_holds_from_its_first_day_until_its_end(thing):
    paint(thing, "red", MAY, JULY)
    assert colour(thing, date(2026, 4, 30)) is None
    assert colour(thing, MAY) == "red"
    assert colour(thing, date(2026, 6, 30)) == "red"
    assert colour(thing, JULY) is None


def test_a_late_correction_changes_the_past_and_keeps_what_was_believed(thing):
    first = paint(thing, "red", MAY)
    second = paint(thing, "blue", JUNE)
    assert (colour(thing, MAY), colour(thing, JUNE)) == ("red", "blue")
    assert colour(thing, JUNE, known_at=first) == "red"
    assert colour(thing, JUNE, known_at=second) == "blue"


def test_a_correction_in_the_middle_leaves_both_ends(thing):
    paint(thing, "red", MAY)
    paint(thing, "blue", JUNE, JULY)
    assert [colour(thing, day) for day in (MAY, JUNE, JULY)] == ["red", "blue", "red"]


def test_two_facts_in_one_instant_stay_in_order(thing):
    at = record.instant(Thing.objects.all(), [thing])
    for name in ("red", "blue", "green"):
        record.put(Colour, subject=thing, valid=Period(MAY, None), at=at, name=name)
    assert colour(thing, MAY) == "green"


def test_an_end_leaves_what_held_before(thing):
    paint(thing, "red", MAY)
    at = record.instant(Thing.objects.all(), [thing])
    record.end(Colour, subject=thing, valid=Period(JULY, None), at=at, cause=9)
    assert colour(thing, JUNE) == "red"
    assert colour(thing, JULY) is None


def test_a_cancelled_movement_brings_back_what_was_believed(thing):
    paint(thing, "red", MAY, cause=1)
    mistaken = paint(thing, "blue", JUNE, cause=2)
    at = record.instant(Thing.objects.all(), [thing])
    record.revert(Colour, subject=thing, cause=2, at=at, by_cause=3)
    assert [colour(thing, day) for day in (MAY, JUNE, JULY)] == ["red", "red", "red"]
    assert colour(thing, JUNE, known_at=mistaken) == "blue"


def test_the_first_movement_can_be_cancelled_too(thing):
    paint(thing, "red", MAY, cause=1)
    record.revert(Colour, subject=thing, cause=1, at=record.instant(Thing.objects.all(), [thing]), by_cause=2)
    assert colour(thing, MAY) is None


def test_a_movement_that_another_builds_on_is_not_cancelled_first(thing):
    paint(thing, "red", MAY, cause=1)
    paint(thing, "blue", JUNE, cause=2)
    paint(thing, "green", JULY, cause=3)
    with pytest.raises(record.BuiltUpon):
        record.revert(Colour, subject=thing, cause=2, at=record.instant(Thing.objects.all(), [thing]))
    assert [colour(thing, day) for day in (MAY, JUNE, JULY)] == ["red", "blue", "green"]


@pytest.mark.parametrize(
    "change",
    [
        "delete from toy_colour where thing_id = %s",
        "update toy_colour set name = 'grey' where thing_id = %s",
        "update toy_colour set known = tstzrange(lower(known) - interval '1 day', null) where thing_id = %s",
        "update toy_colour set known = tstzrange(lower(known), 'infinity') where thing_id = %s",
        "update toy_colour set valid = daterange(lower(valid), 'infinity') where thing_id = %s",
        "insert into toy_colour (thing_id, name, valid, known) values (%s, 'x', '[2020-01-01,2020-02-01)', '[2020-01-01,)')",
        "insert into toy_colour (thing_id, name, valid, known) values (%s, 'x', '[2026-06-01,)', tstzrange(clock_timestamp(), null))",
        "insert into toy_colour (thing_id, name, valid, known) values (%s, 'x', 'empty', tstzrange(clock_timestamp(), null))",
    ],
)
def test_the_table_itself_refuses_what_would_rewrite_history(thing, change):
    paint(thing, "red", MAY)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, [thing])
    assert colour(thing, MAY) == "red"


def test_a_fact_costs_three_statements_whatever_it_replaces(thing, django_assert_num_queries):
    for day in range(1, 9):
        paint(thing, "red", date(2026, 5, day), date(2026, 5, day + 1))
    at = record.instant(Thing.objects.all(), [thing])
    with django_assert_num_queries(3):
        record.put(Colour, subject=thing, valid=Period(MAY, None), at=at, name="blue")
