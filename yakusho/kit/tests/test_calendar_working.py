from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit import calendar

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2035, 12, 31))


# The calendars of holidays published by the Cabinet Office for 2019, 2020, 2024 and 2026.
@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 5, 1), True), (date(2019, 4, 30), True), (date(2019, 10, 22), True), (date(2020, 7, 24), True),
        (date(2020, 10, 12), False), (date(2024, 2, 12), True), (date(2026, 9, 22), True), (date(2026, 11, 23), True),
        (date(2026, 11, 24), False), (date(2026, 3, 20), True),
    ],
)  # fmt: skip
def test_holidays(day, name):
    assert (calendar.holiday_name(day) is not None) is name


def test_the_year_end_is_closed_by_ordinance_and_can_be_set():
    assert not calendar.is_working_day(date(2026, 12, 29))
    assert calendar.is_working_day(date(2026, 12, 29), closed=())
    assert not calendar.is_working_day(date(2026, 8, 13), closed={(8, 13)})


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 20), date(2026, 11, 24)),  # Friday, then a weekend and 勤労感謝の日
        (date(2026, 12, 28), date(2027, 1, 4)),
        (date(2026, 11, 24), date(2026, 11, 25)),
        (date(2019, 4, 26), date(2019, 5, 7)),  # ten closed days in a row
    ],
)
def test_the_next_working_day(day, following):
    assert calendar.next_working_day(day) == following
    assert calendar.working_day_from(day) == day


@pytest.mark.parametrize(
    ("event", "last"),
    [
        (date(2026, 11, 1), date(2026, 11, 16)),  # the 15th is a Sunday
        (date(2026, 11, 2), date(2026, 11, 16)),
        (date(2026, 11, 9), date(2026, 11, 24)),  # the 23rd is a holiday
        (date(2026, 12, 15), date(2027, 1, 4)),  # the 29th is closed
        (date(2026, 12, 28), date(2027, 1, 12)),  # 11 January is 成人の日
    ],
)
def test_fourteen_days_after_moving_in(event, last):
    assert calendar.add_days_deadline(event, 14) == last


@given(DAYS, st.integers(0, 60))
def test_a_deadline_ends_on_the_first_working_day_from_its_nominal_end(event, days):
    last = calendar.add_days_deadline(event, days)
    nominal = event + timedelta(days=days)
    assert calendar.is_working_day(last)
    assert nominal <= last
    assert not any(calendar.is_working_day(nominal + timedelta(days=n)) for n in range((last - nominal).days))


@given(DAYS, st.integers(1, 59))
def test_a_longer_deadline_never_ends_earlier(event, days):
    assert calendar.add_days_deadline(event, days) <= calendar.add_days_deadline(event, days + 1)
    assert calendar.add_days_deadline(event, days) <= calendar.add_days_deadline(event + timedelta(days=1), days)


@pytest.mark.parametrize(
    ("event", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 2)),  # from 1 February, so to 28 February, a Saturday
        (date(2026, 1, 30), 1, date(2026, 3, 2)),  # no 31st in February: its last day
        (date(2026, 5, 11), 3, date(2026, 8, 12)),  # the 11th is 山の日
        (date(2026, 9, 30), 3, date(2027, 1, 4)),
        (date(2025, 12, 9), 12, date(2026, 12, 9)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),  # from 1 March 2024
    ],
)
def test_months_count_by_the_calendar(event, months, last):
    assert calendar.add_months_deadline(event, months) == last


@given(DAYS, st.integers(1, 36))
def test_months_end_within_the_right_month(event, months):
    nominal_limit = event + timedelta(days=31 * months)
    assert event + timedelta(days=28 * months) <= calendar.add_months_deadline(event, months)
    assert calendar.add_months_deadline(event, months) <= calendar.working_day_from(nominal_limit)
