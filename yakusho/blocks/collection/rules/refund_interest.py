"""還付加算金 What the city adds when it pays back what was paid too much (地方税法17条の4、附則3条の2).

From the day after a day that depends on why it was too much, to the day on which paying it back is decided.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yakusho.blocks.collection.rules.interest import Cut, Span, added, cut_up
from yakusho.kit.calendar import months_from
from yakusho.kit.parameters import Law
from yakusho.kit.periods import Period

DAY = timedelta(days=1)


class Cause(StrEnum):
    """過誤納の理由 Why it was too much: what the days are counted from depends on it (地方税法17条の4第1項)."""

    CORRECTED = "corrected"  # 更正・決定・賦課決定 the city's own decision: from the payment (1号)
    CLAIMED = "claimed"  # 更正の請求 the payer asked: three months after that, one after the correction (2号)
    INCOME_TAX = "income_tax"  # 所得税の更正・申告 one month after the tax office's notice or return (3号)
    MISTAKEN = "mistaken"  # 誤納 nothing was owed: one month after the payment (4号)


@dataclass(frozen=True)
class Overpaid:
    """過誤納金 Yen, the day they were paid, why too much, and the days that the cause names."""

    yen: int
    paid_on: date
    cause: Cause
    claimed_on: date | None = None
    corrected_on: date | None = None
    notified_on: date | None = None


class DayMissing(ValueError):
    """The cause needs a day that was not given."""


def counted_from(overpaid: Overpaid) -> date:
    """起算日 The first day that bears interest, never before the day after the payment. Raises DayMissing."""
    after = overpaid.paid_on + DAY
    if overpaid.cause == Cause.CORRECTED:
        return after
    if overpaid.cause == Cause.MISTAKEN:
        return months_from(after, 1)
    if overpaid.cause == Cause.INCOME_TAX:
        return max(after, months_from(_given(overpaid.notified_on) + DAY, 1))
    claimed, corrected = _given(overpaid.claimed_on), _given(overpaid.corrected_on)
    return max(after, min(months_from(claimed + DAY, 3), months_from(corrected + DAY, 1)))


def _given(day: date | None) -> date:
    if day is None:
        raise DayMissing
    return day


@dataclass(frozen=True)
class RefundInterest:
    """還付加算金の計算 The spans, their sum in whole yen, and what is paid after cutting."""

    spans: tuple[Span, ...]
    sum: int
    yen: int


def refund_interest(overpaid: Overpaid, *, decided_on: date, law: Law) -> RefundInterest:
    """還付加算金の計算 Up to the day of the decision, which counts itself. Refusals: NoValue for days without a rate."""
    first = counted_from(overpaid)
    if decided_on < first:
        return RefundInterest((), 0, 0)
    terms = law.on(decided_on)
    base = Cut(terms.late_charge_cut.least, terms.late_charge_cut.unit).of(overpaid.yen)
    spans = tuple(
        Span(piece, "refund", law.on(piece.from_).refund_interest_rate, base, terms.late_charge_days)
        for piece in cut_up(Period(first, decided_on + DAY), ())
    )
    total = added(spans, terms.late_charge_fraction)
    cut = Cut(terms.late_charge_cut.total_least, terms.late_charge_cut.total_unit)
    return RefundInterest(spans, total, cut.of(total))
