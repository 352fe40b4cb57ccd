"""検索のことば What a clerk's text means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit.refusal import BadInput
from yakusho.registers.people.rules.asked import NothingAsked, NumberNotSearched, read

ON = date(2026, 11, 23)


def spans(text):
    return [(span.from_, span.until) for span in read(text, on=ON).born]


def day(year, month, number):
    return date(year, month, number), date.fromordinal(date(year, month, number).toordinal() + 1)


def year(number):
    return date(number, 1, 1), date(number + 1, 1, 1)


@pytest.mark.parametrize("typed", ["たかはし", "タカハシ", "ﾀｶﾊｼ", "  たかはし　"])
def test_a_reading_in_any_width_and_script(typed):
    assert read(typed, on=ON).reading == "タカハシ"


def test_family_and_given_names_are_prefixes_of_their_own():
    asked = read("たか　みさ", on=ON)
    assert (asked.reading, asked.given_reading) == ("タカ", "ミサ")
    mixed = read("髙橋 みさき", on=ON)
    assert (mixed.writing, mixed.given_reading, mixed.given_writing) == ("高橋", "ミサキ", "みさき")


def test_latin_letters_are_a_reading_too():
    asked = read("Kim Min-su", on=ON)
    assert (asked.reading, asked.given_reading) == ("KIM", "MINSU")
    assert read("O'Brien", on=ON).reading == "OBRIEN"


@pytest.mark.parametrize(("typed", "reading", "writing"), [("*みさき", "ミサキ", ""), ("＊美咲", "", "美咲")])
def test_a_star_asks_for_the_given_name_alone(typed, reading, writing):
    asked = read(typed, on=ON)
    assert (asked.reading, asked.writing) == ("", "")
    assert asked.given_is_reading == bool(reading)
    assert (asked.given_reading if reading else asked.given_writing) == (reading or writing)


@pytest.mark.parametrize("typed", ["S45.3.5", "s45-3-5", "昭和45年3月5日", "1970-3-5", "19700305", "1970/3/5"])
def test_a_birth_date_written_any_way(typed):
    assert spans(typed) == [day(1970, 3, 5)]


def test_six_digits_mean_every_era_that_had_such_a_day():
    assert spans("450305") == [day(1912, 3, 5), day(1970, 3, 5)]


def test_a_year_alone():
    assert spans("S54") == [year(1979)]
    assert spans("1979") == [year(1979)]
    assert spans("90") == [year(1990)]
    assert spans("54") == [year(1954), year(1979)]


def test_name_and_birth_together():
    asked = read("たかはし S54", on=ON)
    assert asked.reading == "タカハシ"
    assert [span.from_ for span in asked.born] == [date(1979, 1, 1)]


@pytest.mark.parametrize("typed", ["本宮5-15-8", "本宮五丁目15番8号", "本宮　5-15-8", "本宮５－１５－８"])
def test_an_address_written_any_way(typed):
    assert read(typed, on=ON).address == "本宮5-15-8"


def test_name_and_address_together():
    asked = read("高橋 本宮 5-15-8", on=ON)
    assert (asked.writing, asked.address) == ("高橋", "本宮5-15-8")


def test_an_address_has_a_field_of_its_own():
    assert read("", on=ON, address="大通").address == "大通"


def test_a_persons_number():
    assert read("1234567", on=ON).number == 1234567
    assert read("12", on=ON).number is None  # a year


@pytest.mark.parametrize("typed", ["983205673214", "9832-0567-3214", "12345678901", "９８３２０５６７３２１４"])
def test_individual_numbers_are_not_searched(typed):
    with pytest.raises(NumberNotSearched) as refused:
        read(typed, on=ON)
    assert "9832" not in str(refused.value)


@pytest.mark.parametrize("typed", ["", "　 "])
def test_nothing_is_no_question(typed):
    with pytest.raises(NothingAsked):
        read(typed, on=ON)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused(typed):
    try:
        asked = read(typed, on=ON)
    except BadInput:
        return
    assert asked.reading or asked.writing or asked.given or asked.born or asked.address or asked.number is not None
