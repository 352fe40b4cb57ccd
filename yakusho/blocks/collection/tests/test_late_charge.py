"""延滞金 Published cases, what always holds, and a second computation that goes day by day."""

from calendar import monthrange
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.sizes import sized
from yakusho.blocks.collection.queries import law
from yakusho.blocks.collection.rules.late_charge import Owed, Paid, late_charge
from yakusho.kit.parameters import Law, NoValue

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
LAW = law()
DUE = st.dates(date(1998, 1, 1), date(2025, 12, 1))
KINDS = st.sampled_from(["tax", "premium"])
YEN = st.integers(0, 3_000_000)
LATE = st.integers(-10, 395)


def cutting(fraction: str) -> Law:
    """The law, with another place where fractions of a yen are cut."""
    known = LAW["late_charge_fraction"]
    return Law(dict(LAW) | {"late_charge_fraction": replace(known, values=((date(1970, 1, 1), fraction),))})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["source"])
def test_a_published_case_to_the_yen(case):
    found = late_charge(Owed(case["yen"], case["due"], case["kind"]), until=case["paid"], law=LAW)
    assert [[span.days, float(span.rate), span.base, span.yen] for span in found.spans] == case["lines"]
    assert (found.sum, found.yen) == (case["sum"], case["owed"])


def by_days(owed: Owed, until: date, fraction: str, paid: list[Paid]) -> tuple[int, int]:
    """A second way: each day by itself, then days of one rate and base together. Knows nothing of spans or calendars of ours."""
    rates = [(day, value) for day, value in LAW["late_charge_rate"].values if value is not None]
    start = owed.due + timedelta(days=1)
    months = {"tax": 1, "premium": 3}[owed.kind]
    year, month = start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1
    turn = (year, month, min(start.day, monthrange(year, month)[1] + 1))
    lots: Counter[tuple[bool, int, str, int]] = Counter()
    for number in range((until - owed.due).days):
        day = start + timedelta(days=number)
        low = (day.year, day.month, day.day) < turn
        value = [value for since, value in rates if since <= day][-1]
        left = owed.yen - sum(one.yen for one in paid if one.on < day)
        base = left // 1_000 * 1_000 if left >= 2_000 else 0
        lots[low, day.year, str(value["first" if low else "later"]), base] += 1
    sums: dict[object, Fraction] = {}
    for lot, days in lots.items():
        low, _, rate, base = lot
        group = {"each": lot, "part": low, "whole": ""}[fraction]
        sums[group] = sums.get(group, Fraction(0)) + Fraction(rate) * base * days / 36_500
    total = sum(one.numerator // one.denominator for one in sums.values())
    return total, total // 100 * 100 if total >= 1_000 else 0


@st.composite
def cases(draw):
    """An instalment, the day it is paid whole, and what was paid of it before."""
    owed = Owed(draw(YEN), draw(DUE), draw(KINDS))
    until = owed.due + timedelta(days=draw(LATE))
    paid, left = [], owed.yen
    for after in sorted(draw(st.lists(st.integers(-5, 400), max_size=3))):
        some = draw(st.integers(0, left))
        paid.append(Paid(some, owed.due + timedelta(days=after)))
        left -= some
    return owed, until, draw(st.sampled_from(["each", "part", "whole"])), paid


LAWS = {fraction: cutting(fraction) for fraction in ("each", "part", "whole")}


@pytest.mark.parametrize("block", range(sized(1, 4, 20)))
def test_a_second_computation_is_nowhere_a_yen_apart(block, record_property):
    apart = []
    tried = []

    @given(cases())
    def compare(case):
        owed, until, fraction, paid = case
        first = late_charge(owed, until=until, law=LAWS[fraction], paid=paid)
        tried.append(case)
        if (first.sum, first.yen) != by_days(owed, until, fraction, paid):
            apart.append(case)

    for _ in range(sized(1, 25, 50)):
        compare()
    record_property("cases of late charges", len(tried))
    assert apart == []


@given(cases(), st.integers(1, 60), st.integers(0, 100_000))
def test_later_or_more_never_costs_less(case, days, more):
    owed, until, fraction, paid = case
    known = LAWS[fraction]
    now = late_charge(owed, until=until, law=known, paid=paid)
    assert late_charge(owed, until=until + timedelta(days=days), law=known, paid=paid).sum >= now.sum - len(now.spans)
    assert late_charge(replace(owed, yen=owed.yen + more), until=until, law=known, paid=paid).sum >= now.sum
    assert late_charge(owed, until=until, law=known).sum >= now.sum


@given(cases())
def test_every_day_stands_in_one_span_and_fractions_are_cut_downwards(case):
    owed, until, fraction, paid = case
    found = late_charge(owed, until=until, law=LAWS[fraction], paid=paid)
    assert sum(span.days for span in found.spans) == max(0, (until - owed.due).days)
    assert all(one.period.until == two.period.from_ for one, two in zip(found.spans, found.spans[1:], strict=False))
    sums = [late_charge(owed, until=until, law=LAWS[one], paid=paid).sum for one in ("each", "part", "whole")]
    assert sums == sorted(sums)
    assert found.yen % 100 == 0
    assert found.yen == 0 or 1_000 <= found.yen <= found.sum


@pytest.mark.parametrize(("yen", "base"), [(1_999, 0), (2_000, 2_000), (2_999, 2_000), (3_000, 3_000)])
def test_the_base_is_cut(yen, base):
    found = late_charge(Owed(yen, date(2025, 6, 2)), until=date(2025, 12, 31), law=LAW)
    assert {span.base for span in found.spans} == {base}


@pytest.mark.parametrize(
    ("due", "turn"),
    [
        (date(2025, 1, 30), date(2025, 3, 1)),  # 31 January: February has no such day, the month ends with it
        (date(2024, 1, 30), date(2024, 3, 1)),
        (date(2025, 1, 31), date(2025, 3, 1)),
        (date(2025, 5, 31), date(2025, 7, 1)),
        (date(2025, 12, 25), date(2026, 1, 26)),
    ],
)
def test_the_month_at_the_lower_rate_ends(due, turn):
    found = late_charge(Owed(100_000, due), until=due + timedelta(days=90), law=LAW)
    assert next(span for span in found.spans if span.part == "later").period.from_ == turn


def test_a_payment_lowers_the_base_from_the_day_after_it():
    found = late_charge(
        Owed(100_000, date(2025, 6, 2)), until=date(2025, 6, 20), law=LAW, paid=[Paid(40_500, date(2025, 6, 10))]
    )
    assert [(span.days, span.base) for span in found.spans] == [(8, 100_000), (10, 59_000)]


@pytest.mark.parametrize("until", [date(2027, 1, 1), date.max])
def test_a_year_whose_rate_is_not_known_is_refused(until):
    with pytest.raises(NoValue):
        late_charge(Owed(100_000, date(2025, 6, 2)), until=until, law=LAW)
    assert late_charge(Owed(100_000, date.max), until=date.max, law=LAW).yen == 0
