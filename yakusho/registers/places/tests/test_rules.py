"""Keys of towns: many spellings, one town; and numbers that are not cut in two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.registers.places import rules


def _typed(text):
    return rules.address_typed(text, prefecture="岩手県", city="盛岡市")


@pytest.mark.parametrize(
    "text",
    [
        "大通三丁目5番12号", "大通３丁目５番１２号", "大通3-5-12", "大通３－５－１２", "大通三－５－１２", "盛岡市大通3-5-12",
        "岩手県盛岡市大通3丁目5番12号", "〒020-0022 岩手県盛岡市大通3-5-12", "0200022 大通3-5-12", "〒０２０－００２２　大通３丁目５－１２",
        " 大通 3-5-12 ",
    ],
)  # fmt: skip
def test_an_address_is_one_key_however_it_is_typed(text):
    assert _typed(text) == "大通3-5-12"


@pytest.mark.parametrize(
    "text", ["川目第十五地割", "川目第15地割", "川目１５地割", "大字川目第十五地割", "川目字第十五地割"]
)
def test_a_numbered_koaza_is_one_key(text):
    assert _typed(text) == rules.name_key("川目", "第十五地割")


def test_a_long_mark_in_a_name_is_no_hyphen_of_a_postcode():
    assert _typed("流通センター北一丁目3") == rules.name_key("流通センター北一丁目") + "-3"


def test_the_word_aza_does_not_count_but_a_crossing_stays():
    assert rules.name_key("三ツ割", "字鉢ノ皮") == rules.name_key("三ツ割", "鉢ノ皮")
    assert "文字" in rules.name_key("上太田十文字")


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("上田1-2", ["上", "上田", "上田1", "上田1-", "上田1-2"]),
        ("上田12-3", ["上", "上田", "上田12", "上田12-", "上田12-3"]),
        ("", []),
    ],
)
def test_a_number_is_never_cut_in_two(key, found):
    assert rules.prefixes(key) == found


def test_what_stands_behind_the_town():
    assert rules.behind("大通3-5-12", "大通3") == "5-12"
    assert rules.behind("内丸12-2", "内丸") == "12-2"
    assert rules.behind("内丸", "内丸") == ""


@pytest.mark.parametrize(
    ("text", "digits"),
    [("020-8530", "0208530"), ("〒020-8530", "0208530"), ("０２０－８５３０", "0208530"), ("0208530", "0208530"), ("020", "020"),
     ("020-8", "0208"), ("02", ""), ("内丸", ""), ("020-8530内丸", ""), ("12-2", "")],
)  # fmt: skip
def test_a_postcode_or_its_beginning(text, digits):
    assert rules.postcode_typed(text) == digits


@pytest.mark.parametrize("text", ["うちまる", "ウチマル", "ｳﾁﾏﾙ", " うち まる "])
def test_a_reading_is_one_key_however_it_is_typed(text):
    assert rules.reading_typed(text) == rules.kana_key("ウチマル")


@pytest.mark.parametrize("text", ["内丸", "うち丸", "uchimaru", "12", ""])
def test_what_is_no_reading_is_none(text):
    assert rules.reading_typed(text) == ""


@given(st.text(min_size=1, max_size=20), st.text(max_size=10))
def test_the_span_holds_all_that_begins_with_the_prefix(prefix, more):
    low, high = (part.encode("utf-8", "surrogatepass") for part in rules.span(prefix))
    assert low <= (prefix + more).encode("utf-8", "surrogatepass") < high or more.startswith(rules.LAST)
