"""When the counters are closed, and why."""

from datetime import date

import pytest

from yakusho.registers.organisation import rules
from yakusho.registers.organisation.formats import ClosedDay, Closing

NEW_YEAR = Closing(starts="12-29", until="01-03", name="年末年始の休日", english="New Year closing")
MOVE = ClosedDay(day=date(2026, 11, 26), name="庁舎移転", english="Moving house")


def _why(day):
    return rules.closed_because(day, yearly=[NEW_YEAR], days=[MOVE])


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 24), None),
        (date(2026, 11, 28), ("土曜日", "Weekend")),
        (date(2026, 11, 29), ("日曜日", "Weekend")),
        (date(2026, 11, 23), ("勤労感謝の日", "National holiday")),
        (date(2026, 11, 26), ("庁舎移転", "Moving house")),
        (date(2026, 12, 29), ("年末年始の休日", "New Year closing")),
        (date(2027, 1, 1), ("年末年始の休日", "New Year closing")),
        (date(2027, 1, 4), None),
    ],
)
def test_why_the_counters_are_closed(day, why):
    assert _why(day) == why


def test_a_substitute_holiday_is_one():
    assert _why(date(2026, 5, 6))[1] == "National holiday"


def test_a_year_has_about_240_open_days():
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    assert 235 <= sum(_why(day) is None for day in days) <= 245
