"""Expectation 16 of forgiving input: many spellings, one stored value; and none guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit.calendar import (
    AmbiguousDay,
    BeforeEras,
    DayMissing,
    EraDisagrees,
    NoSuchDay,
    NotADate,
    WrongEra,
    candidate_spans,
    candidates,
    parse_day,
    parse_span,
    short_era,
    wareki,
    written,
)
from yakusho.kit.periods import Period
from yakusho.kit.refusal import Refusal

SPELLINGS_OF_1970_03_05 = (
    """
S45.3.5|s45.3.5|s45/3/5|S45-3-5|S450305|s450305|S 45 3 5|S.45.3.5|S45. 3. 5|Ｓ４５．３．５|昭45.3.5|昭和45年3月5日
昭和45年03月05日|昭和４５年３月５日|昭和 45 年 3 月 5 日|昭和四十五年三月五日|昭和四五年三月五日|昭和45年3月5日生|昭和45年3月5日（木）
昭和45年3月5日(木曜日)|昭和45/3/5|昭和45.3.5|昭和450305|showa 45.3.5|Showa45-3-5|3450305|３４５０３０５
19700305|１９７００３０５|1970-3-5|1970-03-05|1970/3/5|1970/03/05|1970.3.5|1970. 3. 5|1970 3 5|1970 03 05|１９７０／３／５|1970−3−5
1970ー3ー5|1970―3―5|1970‐3‐5|1970年3月5日|1970年03月05日|１９７０年３月５日|西暦1970年3月5日|一九七〇年三月五日|1970年3月5日生まれ| 1970-3-5 |1970-3-5.
5 March 1970|5 Mar 1970|5-Mar-1970|05-MAR-1970|March 5, 1970|Mar. 5, 1970|mar 5 1970|5th of March 1970|March 5th, 1970|Thursday, 5 March 1970|1970 Mar 5|1970-Mar-05
昭和45年（1970年）3月5日|昭和45年(1970)3月5日|昭和45(1970)年3月5日|1970年（昭和45年）3月5日|S45・3・5|昭和４５年３月５日　|㍼45年3月5日
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("text", SPELLINGS_OF_1970_03_05)
def test_every_spelling_means_the_same_day(text):
    assert parse_day(text) == date(1970, 3, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)), ("R元.5.1", date(2019, 5, 1)), ("R1.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)), ("㋿元年5月1日", date(2019, 5, 1)), ("H1.1.8", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)), ("昭和元年12月25日", date(1926, 12, 25)), ("大正15年12月24日", date(1926, 12, 24)),
        ("大正元年7月30日", date(1912, 7, 30)), ("明治45年7月29日", date(1912, 7, 29)), ("明治6年1月1日", date(1873, 1, 1)),
        ("5080229", None), ("5060229", date(2024, 2, 29)), ("25/12/1970", date(1970, 12, 25)), ("12/25/1970", date(1970, 12, 25)),
        ("5/5/1970", date(1970, 5, 5)), ("明治六年一月一日", date(1873, 1, 1)), ("1850-01-02", date(1850, 1, 2)), ("1 may 2019", date(2019, 5, 1)),
    ],
)  # fmt: skip
def test_days_at_the_changes_of_eras(text, day):
    if day is None:
        with pytest.raises(NoSuchDay):
            parse_day(text)
    else:
        assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "right", "day"),
    [
        ("平成31年5月1日", "令和元年5月1日", date(2019, 5, 1)), ("H31.12.31", "令和元年12月31日", date(2019, 12, 31)),
        ("平成32年4月1日", "令和2年4月1日", date(2020, 4, 1)), ("昭和64年1月8日", "平成元年1月8日", date(1989, 1, 8)),
        ("昭和65年1月1日", "平成2年1月1日", date(1990, 1, 1)), ("令和元年4月30日", "平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月7日", "昭和64年1月7日", date(1989, 1, 7)), ("大正15年12月25日", "昭和元年12月25日", date(1926, 12, 25)),
        ("昭和元年12月24日", "大正15年12月24日", date(1926, 12, 24)), ("明治45年7月30日", "大正元年7月30日", date(1912, 7, 30)),
    ],
)  # fmt: skip
def test_a_day_outside_its_era_is_refused_with_the_right_one_named(text, right, day):
    with pytest.raises(WrongEra) as caught:
        parse_day(text)
    assert f"正しくは{right}です" in caught.value.ja
    assert day.isoformat() in caught.value.en


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("平成31年5月", "令和元年5月"),
        ("平成32年", "令和2年"),
        ("令和元年4月", "平成31年4月"),
        ("平成32年度", "令和2年度"),
    ],
)
def test_months_and_years_outside_their_era_are_refused_too(text, right):
    with pytest.raises(WrongEra, match=f"正しくは{right}です"):
        parse_span(text)


def test_days_before_the_gregorian_calendar_have_no_era():
    with pytest.raises(BeforeEras):
        parse_day("明治5年12月31日")


@pytest.mark.parametrize(
    "text", ["平成30年2月29日", "1970-2-30", "1970-13-1", "S45.0.5", "R0.5.1", "0000-01-01", "19701301", "H7.4.31"]
)
def test_days_that_never_were_are_refused(text):
    with pytest.raises(NoSuchDay, match="ありません"):
        parse_day(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "foo", "45", "12345", "123", "S", "昭和", "昭和1970年3月5日", "令和", "45.3", "3月5日", "1970-3-5-1", "1970-3-5T00:00",
     "5 March", "March 5 6 1970", "5 Smarch 1970", "8年度", "平成三元年", "九九九九九九九九九", "x" * 5000, "1" * 5000, "፩፪", "31/31/1970", "990101"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_examples(text):
    with pytest.raises((NotADate, NoSuchDay)) as caught:
        parse_day(text)
    assert len(caught.value.ja) < 120


def test_the_incident_of_the_third_first_year_is_not_readable():
    """平成3元年: a printer's text replacement on ten thousand letters of a city, 2019."""
    with pytest.raises(NotADate):
        parse_day("平成3元年5月1日")


def test_six_digits_without_an_era_give_all_candidates():
    assert candidates("450305") == (date(1912, 3, 5), date(1970, 3, 5), date(2063, 3, 5))
    assert candidates("450305", latest=date(2026, 11, 23)) == (date(1912, 3, 5), date(1970, 3, 5))
    assert candidates("45.3.5", earliest=date(1920, 1, 1), latest=date(2026, 11, 23)) == (date(1970, 3, 5),)


def test_an_era_that_had_no_such_day_is_no_candidate():
    assert candidates("010503", latest=date(2026, 1, 1)) == (date(1989, 5, 3), date(2019, 5, 3))
    assert candidates("640107", latest=date(2026, 1, 1)) == (date(1989, 1, 7),)


def test_no_candidate_within_the_bounds_is_no_date():
    with pytest.raises(NotADate):
        candidates("450305", latest=date(1900, 1, 1))


def test_a_unique_candidate_is_the_day():
    assert parse_day("600105", latest=date(2026, 1, 1)) == date(1985, 1, 5)
    assert parse_day("４５．３．５", earliest=date(1920, 1, 1), latest=date(2026, 1, 1)) == date(1970, 3, 5)


@pytest.mark.parametrize("parse", [parse_day, parse_span])
def test_several_candidates_are_named_and_none_is_chosen(parse):
    with pytest.raises(AmbiguousDay) as caught:
        parse("450305", latest=date(2026, 1, 1))
    assert "明治45年（1912年）3月5日、昭和45年（1970年）3月5日" in caught.value.ja
    assert "1912-03-05, 1970-03-05" in caught.value.en


def test_day_and_month_abroad_are_not_guessed():
    assert candidates("5/3/1970") == (date(1970, 3, 5), date(1970, 5, 3))


@pytest.mark.parametrize(
    ("text", "from_", "until"),
    [
        ("1970", date(1970, 1, 1), date(1971, 1, 1)), ("1970年", date(1970, 1, 1), date(1971, 1, 1)),
        ("S45", date(1970, 1, 1), date(1971, 1, 1)), ("昭和四十五年", date(1970, 1, 1), date(1971, 1, 1)),
        ("S45.3", date(1970, 3, 1), date(1970, 4, 1)), ("昭和45年3月", date(1970, 3, 1), date(1970, 4, 1)),
        ("1970-12", date(1970, 12, 1), date(1971, 1, 1)), ("March 1970", date(1970, 3, 1), date(1970, 4, 1)),
        ("昭和64年", date(1989, 1, 1), date(1989, 1, 8)), ("平成元年", date(1989, 1, 8), date(1990, 1, 1)),
        ("平成31年", date(2019, 1, 1), date(2019, 5, 1)), ("昭和64年1月", date(1989, 1, 1), date(1989, 1, 8)),
        ("令和8年度", date(2026, 4, 1), date(2027, 4, 1)), ("2026年度", date(2026, 4, 1), date(2027, 4, 1)),
        ("令和元年度", date(2019, 4, 1), date(2020, 4, 1)), ("平成31年度", date(2019, 4, 1), date(2020, 4, 1)),
        ("S45.3.5", date(1970, 3, 5), date(1970, 3, 6)), ("令和8（2026）年5月", date(2026, 5, 1), date(2026, 6, 1)),
    ],
)  # fmt: skip
def test_spans_are_half_open(text, from_, until):
    assert parse_span(text) == Period(from_, until)


@pytest.mark.parametrize("text", ["1970", "昭和45年", "昭和45年3月", "March 1970", "令和8年度"])
def test_a_day_needs_a_day(text):
    with pytest.raises(DayMissing):
        parse_day(text)


@pytest.mark.parametrize("text", ["令和8年（2025年）1月1日", "2026年（令和7年）1月1日"])
def test_two_calendars_that_disagree_are_refused(text):
    with pytest.raises(EraDisagrees):
        parse_day(text)


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2100, 12, 31)))
def test_what_the_house_writes_it_reads_back(day):
    compact = f"{'MTSHR'.index(short_era(day)[0]) + 1}{int(short_era(day)[1:].split('.')[0]):02}{day:%m%d}"
    for spelling in (
        wareki(day),
        short_era(day),
        written(day),
        day.isoformat(),
        f"{day:%Y%m%d}",
        compact,
        f"{day.day} {day:%B %Y}",
    ):
        assert parse_day(spelling) == day


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2082, 12, 31)))
def test_the_day_is_among_the_candidates_of_its_short_form(day):
    year = int(short_era(day)[1:].split(".")[0])
    assert day in candidates(f"{year:02}{day:%m%d}")


@given(st.text(max_size=45) | st.text(alphabet="0123456789.-/年月日昭平令元SHR()度 March", max_size=20))
def test_any_text_is_a_span_or_a_refusal(text):
    try:
        lengths = [span.days for span in candidate_spans(text)]
    except Refusal as refusal:
        lengths = [refusal.status]
    assert lengths
    assert all(length in {*range(1, 367), 422} for length in lengths if length is not None)
