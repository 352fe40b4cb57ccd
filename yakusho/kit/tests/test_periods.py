from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from yakusho.kit import periods
from yakusho.kit.periods import EmptyPeriod, Period, merge

POINTS = range(-2, 23)


@st.composite
def number_periods(draw):
    start = draw(st.integers(0, 18))
    return Period(start, draw(st.none() | st.integers(start + 1, 20)))


def points(*them):
    return {point for point in POINTS if any(point in period for period in them)}


def test_the_first_day_belongs_and_until_does_not():
    year = Period(date(2026, 4, 1), date(2027, 4, 1))
    assert date(2026, 4, 1) in year
    assert date(2027, 3, 31) in year
    assert date(2027, 4, 1) not in year


def test_an_open_period_holds_forever():
    assert date(9999, 12, 31) in Period(date(2026, 1, 1))


@pytest.mark.parametrize("until", [date(2026, 4, 1), date(2026, 3, 31)])
def test_an_empty_or_backward_period_is_refused(until):
    with pytest.raises(EmptyPeriod) as caught:
        Period(date(2026, 4, 1), until)
    assert "令和8年（2026年）4月1日" in caught.value.ja
    assert caught.value.status == 422


def test_instants_are_periods_too():
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    assert start in Period(start, end)
    assert end not in Period(start, end)


@given(number_periods(), number_periods())
def test_operations_are_those_of_sets_of_points(one, other):
    both = one.intersect(other)
    assert (points(both) if both else set()) == points(one) & points(other)
    assert points(*one.subtract(other)) == points(one) - points(other)
    assert one.overlaps(other) == bool(points(one) & points(other))
    assert one.contains(other) == (points(other) <= points(one))


@given(number_periods(), number_periods())
def test_overlap_and_intersection_do_not_depend_on_the_order(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    assert one.intersect(other) == other.intersect(one)
    assert one.touches(other) == other.touches(one)


@given(number_periods(), number_periods())
def test_periods_that_touch_do_not_overlap(one, other):
    if one.touches(other):
        assert not one.overlaps(other)


@given(st.lists(number_periods(), max_size=6))
def test_merged_periods_cover_the_same_points_apart_and_in_order(them):
    merged = merge(them)
    assert points(*merged) == points(*them)
    assert all(a.until is not None and a.until < b.from_ for a, b in pairwise(merged))
    assert merge(reversed(them)) == merged
    assert merge(merged) == merged


def test_the_last_day_is_what_people_see():
    year = Period(date(2026, 4, 1), date(2027, 4, 1))
    assert year.last_day == date(2027, 3, 31)
    assert year.days == 365
    assert year.text == "令和8年（2026年）4月1日から令和9年（2027年）3月31日まで"
    assert year.text_en == "2026-04-01 to 2027-03-31"


def test_an_open_period_has_no_last_day():
    open_ = Period(date(2026, 4, 1))
    assert open_.last_day is None
    assert open_.days is None
    assert open_.text == "令和8年（2026年）4月1日から"
    assert open_.text_en == "2026-04-01 onwards"


def test_one_day_is_written_alone():
    day = periods.through(date(2026, 11, 23), date(2026, 11, 23))
    assert day.days == 1
    assert day.text == "令和8年（2026年）11月23日"
    assert day.text_en == "2026-11-23"


@given(st.dates(max_value=date(9999, 12, 30)), st.dates(max_value=date(9999, 12, 30)))
def test_through_includes_both_ends(one, other):
    first, last = sorted((one, other))
    period = periods.through(first, last)
    assert first in period
    assert last in period
    assert period.last_day == last
    assert periods.through(first, None).until is None


def test_a_period_is_a_field_of_a_typed_value():
    class Held(BaseModel):
        valid: Period[date]

    held = Held.model_validate({"valid": {"from_": "2026-04-01", "until": None}})
    assert held.valid == Period(date(2026, 4, 1))
    assert held.model_dump(mode="json") == {"valid": {"from_": "2026-04-01", "until": None}}
