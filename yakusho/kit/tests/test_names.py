from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit import names
from yakusho.kit.names import FuriganaMissing, LoneSelector, NotFurigana, RadicalTyped, UnusableCharacter

READING = st.text(alphabet=[chr(c) for c in range(0x30A1, 0x30F5)] + ["ー"], min_size=1).filter(lambda t: t[0] != "ー")
VOICED = dict(zip("カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボ", strict=True))


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("キョウコ", "キョウコ"), ("きょうこ", "キョウコ"), ("ｷｮｳｺ", "キョウコ"), (" さとう　", "サトウ"), ("ｶﾞｯﾂ", "ガッツ"), ("ヴィオラ", "ヴィオラ"),
        ("ゔ", "ヴ"), ("リー", "リー"), ("ﾘｰ", "リー"), ("か\u3099", "ガ"), ("ハ゜", "パ"), ("は゛", "バ"), ("ｳﾞｧﾝ", "ヴァン"), ("ヰト", "ヰト"),
    ],
)  # fmt: skip
def test_a_reading_is_full_width_katakana(typed, reading):
    assert names.furigana(typed) == reading


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [("山田", "山、田"), ("ヤマ田", "田"), ("yamada", "ｙ、ａ、ｍ、ｄ"), ("ヤマ ダ", "\u3000"), ("ジョン・スミス", "・"), ("ーア", "ー"),
     ("ヵ", "ヵ"), ("アヽ", "ヽ"), ("ア1", "１"), ("ア゙", "\u3099")],
)  # fmt: skip
def test_what_is_no_reading_is_refused_and_named(typed, wrong):
    with pytest.raises(NotFurigana) as caught:
        names.furigana(typed)
    assert f"（{wrong}）" in caught.value.ja


@pytest.mark.parametrize("typed", ["", " ", "　"])
def test_an_empty_reading_is_refused(typed):
    with pytest.raises(FuriganaMissing):
        names.furigana(typed)


def test_separators_are_allowed_where_names_have_parts():
    assert names.furigana("ｼﾞｮﾝ･ｽﾐｽ", separators="・") == "ジョン・スミス"
    assert names.furigana("ジョン スミス", separators="\u3000") == "ジョン\u3000スミス"


@given(READING)
def test_a_reading_is_its_own_reading_in_every_kana(reading):
    assert names.furigana(reading) == reading
    assert names.furigana(names.hiragana(reading)) == reading


@given(st.text(alphabet=sorted(VOICED), min_size=1))
def test_separate_dakuten_are_joined(plain):
    voiced = "".join(VOICED[letter] for letter in plain)
    for mark in "゛\u3099":
        assert names.join_marks("".join(letter + mark for letter in plain)) == voiced


@given(st.text(alphabet=[chr(c) for c in range(0x20, 0x7F)]))
def test_full_width_of_ascii_comes_back_by_normalisation(text):
    wide = names.full_width(text)
    assert normalize("NFKC", wide) == text
    assert not any(character.isascii() for character in wide)


@given(st.text())
def test_full_width_is_done_once(text):
    assert names.full_width(names.full_width(text)) == names.full_width(text)


@given(st.text(alphabet=[chr(c) for c in range(0x3041, 0x3097)]))
def test_hiragana_and_katakana_are_there_and_back(text):
    assert names.hiragana(names.katakana(text)) == text


def test_a_glyph_is_a_character_with_its_selector():
    assert names.clusters("渡邉󠄁葛󠄀城セ゚") == ["渡", "邉󠄁", "葛󠄀", "城", "セ゚"]
    assert names.strip_selectors("渡邉󠄁葛󠄀") == "渡邉葛"
    assert names.clusters("𠮷野") == ["𠮷", "野"]


@given(st.text())
def test_glyphs_joined_are_the_text(text):
    assert "".join(names.clusters(text)) == text
    assert names.strip_selectors(names.strip_selectors(text)) == names.strip_selectors(text)


@given(st.text(alphabet="山葛邉辻𠮷\U000e0100\U000e0101\ufe00か\u3099"))
def test_only_a_text_that_begins_with_a_selector_has_a_glyph_without_a_base(text):
    bare = [glyph for glyph in names.clusters(text) if glyph[0] in "\U000e0100\U000e0101\ufe00"]
    assert len(bare) == (1 if text and text[0] in "\U000e0100\U000e0101\ufe00" else 0)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("髙﨑", "髙﨑"),
        ("\ufa19", "\ufa19"),
        ("渡邉󠄁", "渡邉󠄁"),
        ("か゛く", "がく"),
        ("e\u0301va", "éva"),
        (" 山田　太郎 ", "山田　太郎"),
        ("は\u309a", "ぱ"),
    ],
)
def test_names_keep_their_shapes(typed, stored):
    assert names.name_text(typed) == stored


@pytest.mark.parametrize(
    ("typed", "called"),
    [("山\u202e田", "U+202E RIGHT-TO-LEFT OVERRIDE"), ("山\u200b田", "U+200B ZERO WIDTH SPACE"), ("山\t田", "U+0009"), ("\ue000", "U+E000"),
     ("\U000f0000", "U+F0000"), ("山\ufeff", "U+FEFF"), ("\u0378", "U+0378"), ("\ud800", "U+D800"), ("a\u2028b", "U+2028"), ("a\nb", "U+000A"),
     ("a\u2066b", "U+2066"), ("山\x00", "U+0000"), ("\u200d", "U+200D")],
)  # fmt: skip
def test_characters_that_nobody_could_print_are_refused_and_named(typed, called):
    with pytest.raises(UnusableCharacter) as caught:
        names.name_text(typed)
    assert called in caught.value.ja
    assert called in caught.value.en


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("⼭田", "⼭→山"),
        ("⼾田", "⼾→戸"),
        ("⻑井", "⻑→長"),
        ("⻘⽊", "⻘→青、⽊→木"),
        ("⿊川", "⿊→黒"),
        ("⻩", "⻩→黄"),
    ],
)
def test_radicals_are_refused_with_the_right_character(typed, right):
    with pytest.raises(RadicalTyped, match=right):
        names.name_text(typed)


def test_every_kangxi_radical_has_a_character_to_suggest():
    for code in range(0x2F00, 0x2FD6):
        with pytest.raises(RadicalTyped) as caught:
            names.name_text(chr(code))
        assert caught.value.facts["corrections"][0][-1] > "\u3000"
        assert not 0x2E80 <= ord(caught.value.facts["corrections"][0][-1]) < 0x2FE0


def test_a_selector_needs_a_character():
    with pytest.raises(LoneSelector):
        names.name_text("\U000e0100山")


@given(st.text())
def test_what_is_stored_is_stored_the_same_again_and_has_nothing_unseen(text):
    try:
        stored = names.name_text(text)
    except (UnusableCharacter, RadicalTyped, LoneSelector):
        stored = ""
    assert names.name_text(stored) == stored
    assert not {category(character) for character in stored} & {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


def test_free_text_keeps_its_lines():
    assert names.free_text(" 一行\r\n二行\r三行\n") == "一行\n二行\n三行"
    with pytest.raises(UnusableCharacter):
        names.free_text("一行\x0b二行")
