from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit import calendar
from yakusho.kit.calendar import BeforeEras, NotYetBorn
from yakusho.kit.eras import ERAS

GREGORIAN = st.dates(min_value=date(1873, 1, 1), max_value=date(2150, 12, 31))


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(1873, 1, 1), "明治6年1月1日", "M6.1.1"), (date(1912, 7, 29), "明治45年7月29日", "M45.7.29"),
        (date(1912, 7, 30), "大正元年7月30日", "T1.7.30"), (date(1926, 12, 24), "大正15年12月24日", "T15.12.24"),
        (date(1926, 12, 25), "昭和元年12月25日", "S1.12.25"), (date(1989, 1, 7), "昭和64年1月7日", "S64.1.7"),
        (date(1989, 1, 8), "平成元年1月8日", "H1.1.8"), (date(2019, 4, 30), "平成31年4月30日", "H31.4.30"),
        (date(2019, 5, 1), "令和元年5月1日", "R1.5.1"), (date(2026, 11, 23), "令和8年11月23日", "R8.11.23"),
    ],
)  # fmt: skip
def test_changeover_days(day, long, short):
    assert calendar.wareki(day) == long
    assert calendar.short_era(day) == short


def test_before_the_gregorian_calendar_there_is_no_era_date():
    for write in (calendar.wareki, calendar.short_era, calendar.era, calendar.era_year):
        with pytest.raises(BeforeEras):
            write(date(1872, 12, 31))
    assert calendar.written(date(1872, 12, 31)) == "1872年12月31日"


@given(GREGORIAN)
def test_a_day_has_exactly_one_era_and_a_year_from_one(day):
    era = calendar.era(day)
    later = [other for other in ERAS if other.begins > day]
    assert era.begins <= day
    assert ERAS.index(era) + 1 + len(later) == len(ERAS)
    assert calendar.era_year(day) >= 1
    assert era.zero + calendar.era_year(day) == day.year


@given(GREGORIAN)
def test_no_letter_ever_shows_the_incident_year_of_two_firsts(day):
    assert "3元年" not in calendar.wareki(day)
    assert calendar.wareki(day).count("元") == (1 if calendar.era_year(day) == 1 else 0)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_the_fiscal_year_begins_in_april(day, year):
    assert calendar.fiscal_year(day) == year
    assert day in calendar.fiscal_period(year)


@given(GREGORIAN)
def test_a_day_is_in_its_fiscal_year_and_in_no_other(day):
    year = calendar.fiscal_year(day)
    assert [y for y in range(year - 2, year + 3) if day in calendar.fiscal_period(y)] == [year]


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2026, "令和8年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1926, "大正15年度"),
    ],
)
def test_names_of_fiscal_years(year, name):
    assert calendar.fiscal_year_name(year) == name
    assert calendar.parse_span(name) == calendar.fiscal_period(year)


@pytest.mark.parametrize(
    ("born", "years", "day"),
    [
        (date(2020, 4, 1), 6, date(2026, 3, 31)), (date(2020, 4, 2), 6, date(2026, 4, 1)),
        (date(2008, 1, 1), 18, date(2025, 12, 31)), (date(2008, 2, 29), 18, date(2026, 2, 28)),
        (date(2008, 2, 29), 16, date(2024, 2, 28)), (date(2008, 3, 1), 18, date(2026, 2, 28)), (date(2008, 3, 1), 16, date(2024, 2, 29)),
        (date(1960, 5, 3), 65, date(2025, 5, 2)),
    ],
)  # fmt: skip
def test_an_age_is_attained_at_the_end_of_the_day_before_the_birthday(born, years, day):
    assert calendar.attains(years, born) == day
    assert calendar.attained_age(born, on=day) == years
    assert calendar.attained_age(born, on=day - timedelta(days=1)) == years - 1
    assert calendar.age(born, on=day) == years - 1
    assert calendar.age(born, on=day + timedelta(days=1)) == years


def test_on_the_day_of_birth_the_age_is_none():
    assert calendar.age(date(2024, 2, 29), on=date(2024, 2, 29)) == 0
    assert calendar.attained_age(date(2024, 1, 1), on=date(2024, 1, 1)) == 0


def test_born_on_the_29th_of_february_the_displayed_age_changes_on_the_first_of_march():
    assert calendar.age(date(2004, 2, 29), on=date(2026, 2, 28)) == 21
    assert calendar.age(date(2004, 2, 29), on=date(2026, 3, 1)) == 22


def test_nobody_has_an_age_before_birth():
    for of in (calendar.age, calendar.attained_age):
        with pytest.raises(NotYetBorn):
            of(date(2026, 1, 2), on=date(2026, 1, 1))


@given(GREGORIAN, st.integers(0, 45000))
def test_the_displayed_age_is_the_common_count(born, later):
    on = born + timedelta(days=later)
    common = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    assert calendar.age(born, on=on) == common
    assert calendar.attained_age(born, on=on) - common in (0, 1)


@given(GREGORIAN, st.integers(0, 110))
def test_attained_age_steps_exactly_on_the_day_it_is_attained(born, years):
    day = calendar.attains(years, born)
    if day >= born:
        assert calendar.attained_age(born, on=day) == years
        assert calendar.attained_age(born, on=day + timedelta(days=1)) == years
