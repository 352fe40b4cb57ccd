"""延滞金 What is owed beside a tax or premium that is paid late (地方税法326条ほか、附則3条の2).

From the day after the due date to the day of payment; a lower rate for the first month (three months for premiums). Each
calendar year has its own rates; a payment lowers the base from the day after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yakusho.blocks.collection.rules.interest import Cut, Span, added, cut_up
from yakusho.kit.calendar import months_from
from yakusho.kit.parameters import Law
from yakusho.kit.periods import Period

DAY = timedelta(days=1)
FIRST, LATER = "first", "later"


@dataclass(frozen=True)
class Owed:
    """滞納額 One instalment: yen of tax without charges, the day it was due, and ``kind`` (tax, premium)."""

    yen: int
    due: date
    kind: str = "tax"


@dataclass(frozen=True)
class Paid:
    """納付 Yen that were paid of it, and the day."""

    yen: int
    on: date


@dataclass(frozen=True)
class LateCharge:
    """延滞金の計算 The spans it was reckoned by, their sum in whole yen, and what is owed after cutting."""

    spans: tuple[Span, ...]
    sum: int
    yen: int


def late_charge(owed: Owed, *, until: date, law: Law, paid: Sequence[Paid] = ()) -> LateCharge:
    """延滞金の計算 As of a day (of payment), which counts itself. Refusals: NoValue for days whose rate is not known yet."""
    if until <= owed.due:
        return LateCharge((), 0, 0)
    terms = law.on(until)
    _ = terms.late_charge_rate  # refused here, before any counting of days
    late = Period(owed.due + DAY, until + DAY)
    turn = months_from(late.from_, terms.late_charge_months[owed.kind])
    cut = Cut(terms.late_charge_cut.least, terms.late_charge_cut.unit)

    def base(day: date) -> int:
        return cut.of(owed.yen - sum(one.yen for one in paid if one.on < day))

    lowered = [one.on + DAY for one in paid if base(one.on) != base(one.on + DAY)]
    spans = []
    for piece in cut_up(late, [turn, *lowered]):
        part = FIRST if piece.from_ < turn else LATER
        rate = law.on(piece.from_).late_charge_rate[part]
        spans.append(Span(piece, part, rate, base(piece.from_), terms.late_charge_days))
    total = added(spans, terms.late_charge_fraction)
    least = Cut(terms.late_charge_cut.total_least, terms.late_charge_cut.total_unit)
    return LateCharge(tuple(spans), total, least.of(total))
