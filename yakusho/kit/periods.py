"""期間 Half-open periods `[from_, until)`: the first day belongs to it, `until` does not.

`until=None` is open (期限なし). People are shown the last day (`last_day`, `text`), never `until`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, Protocol, TypeVar

from yakusho.kit.eras import written
from yakusho.kit.refusal import BadInput


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...
    def __le__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=_Ordered)


class EmptyPeriod(BadInput):
    """期間の終わり（{until}）は、始まり（{from_}）より後でなければなりません。
    / A period must end after it begins: it begins {from_} and would end before {until}.
    / おわりの日は はじまりの日より あとに してください。
    """


@dataclass(frozen=True)
class Period(Generic[T]):
    """期間 A half-open period of days (or instants, or numbers); refuses EmptyPeriod."""

    from_: T
    until: T | None = None

    def __post_init__(self) -> None:
        if self.until is not None and not self.from_ < self.until:
            raise EmptyPeriod(from_=self.from_, until=self.until)

    def __contains__(self, point: T) -> bool:
        return self.from_ <= point and (self.until is None or point < self.until)

    def contains(self, other: "Period[T]") -> bool:
        """包含 Whether the other period lies wholly inside this one."""
        return self.from_ <= other.from_ and _ends_no_later(other.until, self.until)

    def overlaps(self, other: "Period[T]") -> bool:
        """重複 Whether the two share any point; periods that only touch do not."""
        return _starts_before(self.from_, other.until) and _starts_before(other.from_, self.until)

    def touches(self, other: "Period[T]") -> bool:
        """隣接 Whether one ends exactly where the other begins."""
        return self.until == other.from_ or other.until == self.from_

    def intersect(self, other: "Period[T]") -> "Period[T] | None":
        """共通部分 What both cover, or None."""
        if not self.overlaps(other):
            return None
        later = other.from_ if self.from_ < other.from_ else self.from_
        return Period(later, self.until if _ends_no_later(self.until, other.until) else other.until)

    def subtract(self, other: "Period[T]") -> "tuple[Period[T], ...]":
        """差 What is left of this period without the other: no, one or two periods."""
        if not self.overlaps(other):
            return (self,)
        left = (Period(self.from_, other.from_),) if self.from_ < other.from_ else ()
        if other.until is None or _ends_no_later(self.until, other.until):
            return left
        return (*left, Period(other.until, self.until))

    @property
    def last_day(self: "Period[date]") -> date | None:
        """末日 The last day of a period of days, None where it is open."""
        return None if self.until is None else self.until - timedelta(days=1)

    @property
    def days(self: "Period[date]") -> int | None:
        """日数 How many days a period has, None where it is open."""
        return None if self.until is None else (self.until - self.from_).days

    @property
    def text(self: "Period[date]") -> str:
        """表記 "令和8年（2026年）4月1日から令和9年（2027年）3月31日まで"; one day alone; open: "…から"."""
        first, last = written(self.from_), self.last_day
        if last == self.from_:
            return first
        return f"{first}から" if last is None else f"{first}から{written(last)}まで"

    @property
    def text_en(self: "Period[date]") -> str:
        """The same in English: "2026-04-01 to 2027-03-31"; "2026-04-01 onwards"; one day alone."""
        first, last = self.from_.isoformat(), self.last_day
        if last == self.from_:
            return first
        return f"{first} onwards" if last is None else f"{first} to {last.isoformat()}"


def merge(periods: Iterable[Period[T]]) -> tuple[Period[T], ...]:
    """整理 The same points as the fewest periods, in order: overlapping and touching ones joined."""
    merged: list[Period[T]] = []
    for period in sorted(periods, key=_start):
        last = merged[-1] if merged else None
        if last is None or (last.until is not None and last.until < period.from_):
            merged.append(period)
        elif _ends_no_later(last.until, period.until):
            merged[-1] = Period(last.from_, period.until)
    return tuple(merged)


def through(first: date, last: date | None) -> Period[date]:
    """何日から何日まで The period from a first to a last day, both included (None = open)."""
    return Period(first, None if last is None else last + timedelta(days=1))


def _starts_before(start: T, until: T | None) -> bool:
    return until is None or start < until


def _ends_no_later(until: T | None, other: T | None) -> bool:
    return other is None or (until is not None and until <= other)


def _start(period: Period[T]) -> T:
    return period.from_
