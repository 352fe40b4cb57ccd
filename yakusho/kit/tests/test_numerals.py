import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit.numerals import NotANumeral, in_kanji, kanji_number, with_digits


@pytest.mark.parametrize(
    ("text", "number"),
    [("一", 1), ("十", 10), ("十五", 15), ("二十", 20), ("九十九", 99), ("百", 100), ("二百三", 203), ("千九百七十", 1970),
     ("一九七〇", 1970), ("一〇", 10), ("〇", 0), ("零", 0), ("二三", 23)],
)  # fmt: skip
def test_known_numbers(text, number):
    assert kanji_number(text) == number


@pytest.mark.parametrize("text", ["", "十十", "百千", "二十〇", "壱", "3", "一十"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumeral):
        kanji_number(text)


@given(st.integers(1, 9999))
def test_written_and_read_back(number):
    assert kanji_number(in_kanji(number)) == number


@given(st.integers(0, 9999))
def test_digit_by_digit(number):
    assert kanji_number("".join("〇一二三四五六七八九"[int(d)] for d in str(number))) == number


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_outside_the_range_nothing_is_written(number):
    with pytest.raises(NotANumeral):
        in_kanji(number)


def test_runs_in_a_text_become_digits_and_broken_runs_stay():
    assert with_digits("昭和二十年八月十五日") == "昭和20年8月15日"
    assert with_digits("十十番") == "十十番"
    assert with_digits("八幡町三番", where=lambda run: run == "三") == "八幡町3番"
