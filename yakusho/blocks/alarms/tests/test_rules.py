"""When it rings: each limit at its edge, whatever the launcher wrote down."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.alarms import rules

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LIMIT = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("ago", "away"), [(None, False), (timedelta(0), False), (LIMIT, False), (LIMIT + timedelta.resolution, True)]
)
def test_a_depot_is_away_when_nothing_came_for_longer_than_the_limit(ago, away):
    found = rules.Kept(carried=ago if ago is None else AT - ago)
    assert rules.depot_is_away(found, LIMIT, at=AT) is away


@pytest.mark.parametrize(
    ("ago", "old"), [(None, True), (timedelta(0), False), (LIMIT, False), (LIMIT + timedelta.resolution, True)]
)
def test_a_backup_is_old_beyond_its_limit_and_where_there_is_none(ago, old):
    found = rules.Kept(backup=ago if ago is None else AT - ago)
    assert rules.backup_is_old(found, LIMIT, at=AT) is old


def test_a_clock_that_was_set_back_rings_for_nobody():
    ahead = rules.Kept(carried=AT + timedelta(days=1), backup=AT + timedelta(days=1))
    assert not rules.depot_is_away(ahead, LIMIT, at=AT)
    assert not rules.backup_is_old(ahead, LIMIT, at=AT)


def test_the_city_says_how_long():
    assert rules.limits({}) == rules.Limits(timedelta(hours=1), timedelta(minutes=10), timedelta(hours=36))
    told = {"record_minutes": 5, "carried_minutes": 30, "backup_hours": 170}
    assert rules.limits(told) == rules.Limits(timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=170))


def test_the_alarm_of_the_record_rings_before_papers_stop():
    assert rules.limits({}).record < timedelta(hours=4)


def test_what_the_launcher_writes_is_read():
    told = {"well": "2026-11-23T00:59:00+00:00", "last": "2026-11-22T17:00:00+00:00"}
    found = rules.kept(told)
    assert (found.carried, found.backup) == (AT - timedelta(minutes=1), AT - timedelta(hours=8))


@given(
    st.dictionaries(st.sampled_from(["well", "last", "more"]), st.none() | st.text() | st.integers() | st.booleans())
)
def test_what_cannot_be_read_was_never(told):
    found = rules.kept(told)
    assert all(one is None or one.tzinfo is not None for one in (found.carried, found.backup))
