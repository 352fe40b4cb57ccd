"""利息の計算 Simple interest by days over rates that change: the arithmetic that late charges and interest on refunds share.

Exact until it is cut: rates are decimals of a percent, a span's interest is a fraction of yen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from yakusho.kit.periods import Period

BEGINNING = 0


@dataclass(frozen=True)
class Cut:
    """端数 Amounts below ``least`` are nothing; what is left is cut to a multiple of ``unit``. In yen."""

    least: int
    unit: int

    def of(self, amount: int) -> int:
        """The amount after cutting."""
        return 0 if amount < self.least else amount // self.unit * self.unit


@dataclass(frozen=True)
class Span:
    """期間 Days of one rate and one base: ``rate`` in percent a year, ``base`` in yen (cut already)."""

    period: Period[date]
    part: str
    rate: Decimal
    base: int
    year_of: int

    @property
    def days(self) -> int:
        """日数 How many."""
        return self.period.days or 0

    @property
    def exact(self) -> Fraction:
        """利息 In yen, with its fraction."""
        return Fraction(self.rate) * self.base * self.days / (100 * self.year_of)

    @property
    def yen(self) -> int:
        """利息（1円未満切捨て） In whole yen."""
        return int(self.exact)


def cut_up(period: Period[date], at: Iterable[date]) -> Iterator[Period[date]]:
    """分割 The period in pieces that begin anew on the first of January and on these days."""
    until = period.until or period.from_
    years = (date(year, 1, 1) for year in range(period.from_.year + 1, until.year + 1))
    days = sorted({day for day in (*years, *at) if period.from_ < day < until})
    for first, end in zip([period.from_, *days], [*days, until], strict=True):
        yield Period(first, end)


def added(spans: Sequence[Span], fraction: str) -> int:
    """合計 Whole yen: fractions are cut for ``each`` span, for each ``part``, or once for the ``whole``."""
    names: dict[str, Callable[[int, Span], object]] = {
        "each": lambda place, _: place,
        "part": lambda _, span: span.part,
        "whole": lambda *_: BEGINNING,
    }
    sums: dict[object, Fraction] = {}
    for place, span in enumerate(spans):
        group = names[fraction](place, span)
        sums[group] = sums.get(group, Fraction(0)) + span.exact
    return sum(int(one) for one in sums.values())
