"""還付加算金 From which day it counts, its rates, and where it is cut."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.collection.queries import law
from yakusho.blocks.collection.rules.refund_interest import Cause, DayMissing, Overpaid, counted_from, refund_interest
from yakusho.kit.parameters import NoValue

LAW = law()
PAID = date(2025, 6, 2)


def overpaid(cause: Cause, yen: int = 500_000, **days: date) -> Overpaid:
    return Overpaid(yen, PAID, cause, **days)


@pytest.mark.parametrize(
    ("one", "first"),
    [
        (overpaid(Cause.CORRECTED), date(2025, 6, 3)),
        (overpaid(Cause.MISTAKEN), date(2025, 7, 3)),
        (overpaid(Cause.INCOME_TAX, notified_on=date(2025, 8, 10)), date(2025, 9, 11)),
        (overpaid(Cause.INCOME_TAX, notified_on=date(2025, 1, 10)), date(2025, 6, 3)),
        (overpaid(Cause.CLAIMED, claimed_on=date(2025, 8, 1), corrected_on=date(2025, 8, 20)), date(2025, 9, 21)),
        (overpaid(Cause.CLAIMED, claimed_on=date(2025, 8, 1), corrected_on=date(2025, 12, 20)), date(2025, 11, 2)),
    ],
)
def test_the_first_day_depends_on_the_cause(one, first):
    assert counted_from(one) == first


@pytest.mark.parametrize("cause", [Cause.CLAIMED, Cause.INCOME_TAX])
def test_a_cause_that_names_a_day_needs_it(cause):
    with pytest.raises(DayMissing):
        counted_from(overpaid(cause))


def test_each_year_has_its_rate():
    found = refund_interest(overpaid(Cause.CORRECTED), decided_on=date(2026, 3, 31), law=LAW)
    assert [(span.days, str(span.rate), span.yen) for span in found.spans] == [(212, "0.9", 2_613), (90, "1.3", 1_602)]
    assert (found.sum, found.yen) == (4_215, 4_200)


@pytest.mark.parametrize(("yen", "base"), [(1_999, 0), (2_000, 2_000), (54_321, 54_000)])
def test_the_base_is_cut(yen, base):
    found = refund_interest(overpaid(Cause.CORRECTED, yen), decided_on=date(2025, 12, 31), law=LAW)
    assert {span.base for span in found.spans} == {base}


def test_less_than_a_thousand_yen_is_not_paid():
    found = refund_interest(overpaid(Cause.CORRECTED, 100_000), decided_on=date(2025, 12, 31), law=LAW)
    assert (found.sum, found.yen) == (522, 0)


def test_before_its_first_day_there_is_none():
    assert refund_interest(overpaid(Cause.MISTAKEN), decided_on=date(2025, 7, 2), law=LAW).spans == ()


def test_a_year_whose_rate_is_not_known_is_refused():
    with pytest.raises(NoValue):
        refund_interest(overpaid(Cause.CORRECTED), decided_on=date(2027, 1, 1), law=LAW)


@given(st.integers(0, 5_000_000), st.dates(date(2000, 1, 1), date(2025, 1, 1)), st.integers(0, 700))
def test_it_is_what_each_day_by_itself_comes_to(yen, paid_on, days):
    one = replace(overpaid(Cause.CORRECTED, yen), paid_on=paid_on)
    decided_on = paid_on + timedelta(days=days)
    base = yen // 1_000 * 1_000 if yen >= 2_000 else 0
    by_year: dict[int, Fraction] = {}
    for number in range(1, days + 1):
        day = paid_on + timedelta(days=number)
        rate = Fraction(LAW.on(day).refund_interest_rate)
        by_year[day.year] = by_year.get(day.year, Fraction(0)) + rate * base / 36_500
    assert refund_interest(one, decided_on=decided_on, law=LAW).sum == sum(int(part) for part in by_year.values())
