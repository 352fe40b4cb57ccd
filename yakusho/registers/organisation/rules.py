"""開庁 Whether a counter is open on a day; pure."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from yakusho.kit.calendar import holiday_name

WEEKEND = 5


class YearlyClosing(Protocol):
    """A yearly closing with a name in two languages."""

    @property
    def name(self) -> str:
        """Japanese name."""

    @property
    def english(self) -> str:
        """English name."""

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""


class SingleClosing(Protocol):
    """One closing day with a name in two languages."""

    @property
    def day(self) -> date:
        """The day."""

    @property
    def name(self) -> str:
        """Japanese name."""

    @property
    def english(self) -> str:
        """English name."""


def closed_because(
    day: date, *, yearly: Iterable[YearlyClosing], days: Iterable[SingleClosing]
) -> tuple[str, str] | None:
    """閉庁の理由 Why the counters are closed on a day, in Japanese and English, or None when they are open."""
    for single in days:
        if single.day == day:
            return single.name, single.english
    for closing in yearly:
        if closing.covers(day):
            return closing.name, closing.english
    if name := holiday_name(day):
        return name, "National holiday"
    if day.weekday() >= WEEKEND:
        return ("土曜日" if day.weekday() == WEEKEND else "日曜日"), "Weekend"
    return None
