"""休日と期限 Days when the offices are closed, and the last day of a deadline.

Closed: Saturdays, Sundays, holidays (国民の祝日に関する法律) and the days of `closed`, by default
29 December to 3 January as city ordinances under 地方自治法4条の2 set them. Holidays come from
jpholiday; equinoxes more than a year ahead are computed, not yet announced.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

import jpholiday

MonthDay = tuple[int, int]
YEAR_END: frozenset[MonthDay] = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
_DAY = timedelta(days=1)


def holiday_name(day: date) -> str | None:
    """祝日名 The name of the holiday on a day, or None."""
    return jpholiday.is_holiday_name(day)


def is_working_day(day: date, *, closed: Collection[MonthDay] = YEAR_END) -> bool:
    """開庁日 Whether the offices are open on a day."""
    return day.weekday() < 5 and (day.month, day.day) not in closed and holiday_name(day) is None


def working_day_from(day: date, *, closed: Collection[MonthDay] = YEAR_END) -> date:
    """その日以後の開庁日 The day itself if the offices are open, else the first day that they are."""
    while not is_working_day(day, closed=closed):
        day += _DAY
    return day


def next_working_day(day: date, *, closed: Collection[MonthDay] = YEAR_END) -> date:
    """翌開庁日 The first day after this one on which the offices are open."""
    return working_day_from(day + _DAY, closed=closed)


def add_days_deadline(event: date, days: int, *, closed: Collection[MonthDay] = YEAR_END) -> date:
    """期限（日） The last day of "within n days of the event".

    The day of the event is not counted (民法140条); a last day on which the offices are closed moves
    to the next working day (民法142条, 地方自治法4条の2第4項).
    """
    return working_day_from(event + timedelta(days=days), closed=closed)


def add_months_deadline(event: date, months: int, *, closed: Collection[MonthDay] = YEAR_END) -> date:
    """期限（月） The last day of "within n months of the event" (民法140条, 142条, 143条).

    Counted from the day after the event; ends the day before the same day of the month, or on the
    last day of a month that has no such day.
    """
    return working_day_from(months_from(event + _DAY, months) - _DAY, closed=closed)


def months_from(start: date, months: int) -> date:
    """月数の経過 The day after a number of months that begins on a day (民法143条2項): the same day of the month, or the first of
    the next month where that month has no such day.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if start.day <= length:
        return date(year, month + 1, start.day)
    return date(year, month + 1, length) + _DAY
