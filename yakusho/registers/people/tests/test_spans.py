"""期間の書き換え Days are rewritten exactly, whatever the order of what is held."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit.periods import Period
from yakusho.registers.people.rules.spans import NotResident, Plan, closed, ended, spread

DAY0 = date(2026, 1, 1)


def day(number):
    return DAY0 + timedelta(days=number)


def span(start, end=None):
    return Period(day(start), None if end is None else day(end))


def on(plan, held, number):
    """What holds on a day after the plan: its piece, nothing in its span, else what was held."""
    here = [values for period, values in plan.pieces if day(number) in period]
    if here or (plan.span and day(number) in plan.span):
        return here[0] if here else None
    return next((values for period, values in held if day(number) in period), None)


def test_what_is_new_holds_until_the_next_fact():
    plan = spread([(span(10), {"a": 1})], {"a": 2}, since=day(3))
    assert plan == Plan(span(3, 10), ((span(3, 10), {"a": 2}),))


def test_what_does_not_change_is_not_written():
    assert spread([(span(0), {"a": 1})], {"a": 1}, since=day(3)) == Plan()


def test_a_late_change_runs_through_later_changes_of_other_things():
    held = [(span(0, 5), {"a": 1, "b": 1}), (span(5), {"a": 1, "b": 2})]
    plan = spread(held, {"a": 9}, since=day(3))
    assert plan.pieces == ((span(3, 5), {"a": 9, "b": 1}), (span(5), {"a": 9, "b": 2}))


def test_a_late_change_stops_before_a_later_change_of_the_same():
    held = [(span(0, 5), {"a": 1}), (span(5), {"a": 2})]
    assert spread(held, {"a": 9}, since=day(3)).span == span(3, 5)


def test_a_recorded_end_stays():
    assert spread([(span(0, 5), {"a": 1})], {"a": 9}, since=day(3)).span == span(3, 5)


def test_notes_follow_without_stopping_a_change():
    held = [(span(0, 5), {"a": 1, "n": 1}), (span(5), {"a": 1, "n": 2})]
    plan = spread(held, {"a": 9, "n": 7}, since=day(3), about=("a",))
    assert [values for _, values in plan.pieces] == [{"a": 9, "n": 7}, {"a": 9, "n": 2}]


def test_an_end_reaches_to_the_next_gap():
    held = [(span(0, 5), {"a": 1}), (span(5, 9), {"a": 2}), (span(12), {"a": 3})]
    assert ended(held, since=day(3)) == Plan(span(3, 9))
    assert ended(held, since=day(10)) == Plan()


def test_a_planned_end_that_comes_later_lengthens_the_stay():
    residences, closings = [(span(0, 5), {"a": 1})], [(span(5), {"planned": True})]
    stay, closing = closed(residences, closings, {"planned": False}, since=day(8))
    assert stay == Plan(span(5, 8), ((span(5, 8), {"a": 1}),))
    assert closing == Plan(span(5), ((span(8), {"planned": False}),))


def test_an_end_before_a_return_stops_there():
    residences = [(span(0, 5), {"a": 1}), (span(9), {"a": 2})]
    stay, closing = closed(residences, [], {"planned": False}, since=day(3))
    assert stay.span == span(3, 5)
    assert closing.span == span(3, 9)


@pytest.mark.parametrize("closings", [[], [(span(5), {"planned": False})]])
def test_nobody_leaves_twice(closings):
    with pytest.raises(NotResident):
        closed([(span(0, 5), {"a": 1})], closings, {"planned": False}, since=day(6))


@st.composite
def timelines(draw):
    edges = sorted(draw(st.sets(st.integers(0, 30), min_size=2, max_size=6)))
    pieces = [(span(a, b), {"a": draw(st.integers(0, 2)), "b": draw(st.integers(0, 2))}) for a, b in pairwise(edges)]
    return [piece for piece in pieces if draw(st.booleans())] or pieces[:1]


@given(timelines(), st.integers(0, 32), st.integers(0, 2))
def test_after_a_change_the_day_says_it_and_earlier_days_do_not_change(held, since, value):
    plan = spread(held, {"a": value}, since=day(since))
    now = on(plan, held, since)
    assert now is not None
    assert now["a"] == value
    for number in range(since):
        assert on(plan, held, number) == on(Plan(), held, number)


@given(timelines(), st.integers(0, 32))
def test_pieces_never_leave_their_span_nor_overlap(held, since):
    plan = spread(held, {"a": 9}, since=day(since))
    assert all(plan.span.contains(period) for period, _ in plan.pieces)
    assert not any(one.overlaps(other) for (one, _), (other, _) in pairwise(plan.pieces))
