from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit import names
from yakusho.kit.names import kana, steps

FOLDS = (names.kana_fold, names.kana_loose, names.kanji_fold, names.latin_fold, names.address_fold)
KANA = st.text(
    alphabet=[chr(c) for c in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x30FC, 0x20, 0x3000)], max_size=12
)


@pytest.mark.parametrize(
    ("fold", "spellings"),
    [
        (names.kana_fold, "シマヅ しまづ シマズ ｼﾏﾂﾞ ｼﾏｽﾞ しまず シマツ゛ シマ・ヅ シマ　ヅ"),
        (names.kana_fold, "キョウコ キヨウコ きょうこ ｷｮｳｺ ｷﾖｳｺ"),
        (names.kana_fold, "チヅル チズル ちづる"), (names.kana_fold, "ヂエ ジヱ じえ"), (names.kana_fold, "サトー サト ｻﾄｰ"),
        (names.kana_loose, "オオノ オーノ おおの オウノ オノ"), (names.kana_loose, "サイトウ サイトー サイト"),
        (names.kana_loose, "ユウキ ユーキ ユキ"), (names.kana_loose, "オオウチ オーウチ オウチ"), (names.kana_loose, "オオオカ オーオカ"),
        (names.kanji_fold, "渡辺 渡邉 渡邊 渡邉󠄁 渡　辺"), (names.kanji_fold, "斎藤 齋藤 斉藤 齊藤"),
        (names.kanji_fold, "高崎 髙﨑 髙崎 高碕 高嵜"), (names.kanji_fold, "吉田 𠮷田"), (names.kanji_fold, "広沢 廣澤 広澤"),
        (names.kanji_fold, "桜島 櫻嶋 櫻嶌"), (names.kanji_fold, "\ufa19 \u795e"), (names.kanji_fold, "山田 ⼭⽥"),
        (names.latin_fold, "NGUYEN Nguyễn nguyen ｎｇｕｙｅｎ"), (names.latin_fold, "O'Brien O’BRIEN o-brien obrien"),
        (names.latin_fold, "Strauß STRAUSS strauss"), (names.latin_fold, "Łukasz lukasz"), (names.latin_fold, "Đặng DANG dang"),
        (names.latin_fold, "Ærø aero"), (names.latin_fold, "Ångström angstrom"),
        (names.address_fold, "大通３丁目５番１２号 大通3-5-12 大通三－５－１２ 大通3丁目5の12 大通3ー5ー12"),
        (names.address_fold, "上ノ橋町1番2号 上の橋町１－２ 上之橋町1の2"), (names.address_fold, "霞ヶ関1 霞が関１番 霞ケ関1号 霞か゛関1"),
        (names.address_fold, "フラッツ゛2 フラッヅ2 フラツヅ２"),
        (names.address_fold, "大字浅岸5番地 浅岸5番地 浅岸５"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_key(fold, spellings):
    assert len({fold(spelling) for spelling in spellings.split(" ")}) == 1


@pytest.mark.parametrize(
    ("fold", "one", "other"),
    [
        (names.kana_fold, "サトウ", "サイトウ"), (names.kana_fold, "カトウ", "ガトウ"), (names.kana_fold, "ユウキ", "ユキ"),
        (names.kanji_fold, "大田", "太田"), (names.kanji_fold, "柿崎", "柿埼"), (names.kanji_fold, "大阪", "大坂"),
        (names.latin_fold, "Lee", "Li"), (names.address_fold, "大通1-12", "大通11-2"), (names.address_fold, "大通", "中央通"),
    ],
)  # fmt: skip
def test_different_names_stay_different(fold, one, other):
    assert fold(one) != fold(other)


# Kana and every kind of sound mark (free, combining, half-width), with what folds take away from between them.
MARKED = st.text(
    alphabet="かがケヶゕヵツッヅつっノのゝヽウオコクハパアA1三ｶﾊｯﾉｳ゛゜\u3099\u309aﾞﾟ´\u0301\u0323\ufe00\U000e0100 \u3000ー-・",
    max_size=12,
)
ADDRESSED = st.text(alphabet="大小字丁目番地号ノの-ー13一゛\u3099 \n川", max_size=12)


@pytest.mark.parametrize("fold", FOLDS)
@given(text=st.text() | MARKED | ADDRESSED)
def test_folding_a_key_again_changes_nothing(fold, text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("fold", FOLDS)
@pytest.mark.parametrize(
    "text",
    [
        "か゛",
        "か゛゛",
        "ツ゛",
        "ッ゛",
        "ｶﾞ",
        "ﾊﾟ゜",
        "か \u3099",
        "A´",
        "大大字字",
        "大字大字字",
        "オオオカ",
        "コウオウ",
        "1-\n",
    ],
)
def test_what_once_needed_two_foldings_needs_one(fold, text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("fold", [names.kana_fold, names.kanji_fold, names.address_fold])
@given(
    st.lists(
        st.sampled_from(
            [("か", "が"), ("つ", "づ"), ("は", "ば"), ("ケ", "ゲ"), ("カ", "ガ"), ("あ", "あ"), ("川", "川")]
        )
    )
)
def test_a_mark_that_stands_free_is_the_same_mark(fold, letters):
    joined = "".join(voiced for _, voiced in letters)
    for mark in "゛\u3099":
        free = "".join(plain if plain == voiced else plain + mark for plain, voiced in letters)
        assert fold(free) == fold(joined)


@given(KANA)
def test_the_kind_and_width_of_kana_do_not_matter(text):
    assert names.kana_fold(text) == names.kana_fold(names.katakana(text)) == names.kana_fold(names.hiragana(text))


@given(KANA, KANA)
def test_the_key_of_a_prefix_is_a_prefix_of_the_key(family, given_name):
    assert names.kana_fold(family + given_name).startswith(names.kana_fold(family))


@given(KANA)
def test_the_second_try_finds_all_that_the_first_finds(text):
    assert names.kana_loose(names.kana_fold(text)) == names.kana_loose(text)


@pytest.mark.parametrize(
    ("name", "common"),
    [("髙﨑　𠮷", "高崎　吉"), ("渡邉󠄁ヅ", "渡辺ヅ"), ("\ufa19", "\u795e"), ("さくら ＡB", "さくら ＡB")],
)
def test_the_plain_form_keeps_kana_width_and_spaces(name, common):
    assert names.plain(name) == common


def test_no_character_folds_in_two_ways():
    with pytest.raises(ValueError, match="two groups"):
        steps.Translate(["高髙", "崎髙"])
    with pytest.raises(ValueError, match="two groups"):
        steps.Translate(["高髙", "崎高"])


def test_an_unknown_step_is_a_mistake_in_the_table():
    with pytest.raises(ValueError, match="fold"):
        steps.read_steps([{"grops": []}])
    with pytest.raises(ValueError, match="fold"):
        steps.read_steps([{}])


def test_sql_declares_every_fold_as_fit_for_an_index():
    sql = names.sql_fold_functions()
    assert sql.count("language sql immutable strict parallel safe") == 5
    for name in ("kana_fold", "kana_loose", "kanji_fold", "latin_fold", "address_fold"):
        assert f"function {name}(t text) returns text" in sql
    assert "function search.kana_fold(" in names.sql_fold_functions(schema="search")


def test_sql_shows_every_character():
    sql = names.sql_fold_functions()
    assert not any(mark in sql for mark in "\u3099\u309a\u3000\ufe00\U000e0100\u0300")
    assert names.steps.Replace("'", "x").sql("t") == "replace(t, '''', 'x')"


def test_furigana_and_folds_share_the_same_kana():
    letters = sorted(kana._FURIGANA - {"ー"})
    assert all(names.kana_fold(letter) for letter in letters)
    same = [pair for pair in combinations(letters, 2) if names.kana_fold(pair[0]) == names.kana_fold(pair[1])]
    assert ("ヅ", "ズ") in same or ("ズ", "ヅ") in same
    assert len(same) < 25
