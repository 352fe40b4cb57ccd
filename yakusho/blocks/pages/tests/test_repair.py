"""What people type is repaired before it is judged, and never changed into something else."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.pages.forms import moments, repair
from yakusho.kit.calendar import AmbiguousDay, DayMissing, NoSuchDay, NotADate


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  見本　花子　", "見本　花子"),
        ("ﾐﾎﾝ ﾊﾅｺ", "ミホン ハナコ"),
        ("ｶﾞｷﾞｸﾞ", "ガギグ"),
        ("a\u200bb\u0000c", "abc"),
        ("髙橋﨑神德", "髙橋﨑神德"),
        ("辻󠄀", "辻󠄀"),
        ("ＡＢＣ１２３", "ＡＢＣ１２３"),
    ],
)
def test_words_keep_their_characters(typed, kept):
    assert repair.words(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("たかはし　みさき", "タカハシ ミサキ"),
        ("ﾀｶﾊｼ  ﾐｻｷ", "タカハシ ミサキ"),
        ("ヴァイオリン", "ヴァイオリン"),
        ("KIM", "KIM"),
    ],
)
def test_kana_is_one_script_with_single_spaces(typed, kept):
    assert repair.kana(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("０１９−６５１−４１１１", "0196514111"),
        ("（019）651ー4111", "0196514111"),
        ("〒０２０ー０８６６", "0200866"),
        ("+81 19 651 4111", "+81 19 651 4111"),
        ("１２ａ", "12a"),
        ("", ""),
    ],
)
def test_digits_lose_what_stands_between_them(typed, kept):
    assert repair.digits(typed) == kept


@pytest.mark.parametrize(("typed", "kept"), [("ＭＫ—７Ｑ４Ｄ ー ９１", "MK-7Q4D-91"), ("r8‐11‐20", "r8-11-20")])
def test_codes_have_one_kind_of_hyphen(typed, kept):
    assert repair.code(typed) == kept


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1000", 1000),
        ("１，０００円", 1000),
        ("−3", -3),
        ("３人", 3),
        ("1.5", None),
        ("百", None),
        ("1e3", None),
        ("", None),
        ("9" * 19, None),
    ],
)
def test_whole_numbers(typed, number):
    assert repair.whole(typed) == number


@given(st.text(max_size=60))
def test_repairing_twice_is_repairing_once(text):
    for mend in (repair.words, repair.kana, repair.digits, repair.code, repair.narrow):
        once = mend(text)
        assert mend(once) == once


@given(st.integers(-(10**15), 10**15))
def test_a_number_written_with_commas_is_read_back(number):
    assert repair.whole(f"{number:,}円") == number


@given(st.dates(date(1873, 1, 1), date(2100, 12, 31)))
def test_a_day_shown_is_a_day_read(day):
    assert moments.read_day(moments.short(day)) == day
    assert moments.read_day(moments.joined(moments.parts(day))) == day


@given(st.dates(date(1952, 1, 1), date(2100, 1, 1)), st.times())
def test_a_moment_shown_is_a_moment_read(day, clock):
    moment = datetime.combine(day, clock.replace(second=0, microsecond=0), timezone.get_default_timezone())
    assert moments.read_moment(moments.short_moment(moment)) == moment


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("450305", AmbiguousDay), ("R8.4", DayMissing), ("2026-02-30", NoSuchDay), ("きのう", NotADate), ("", NotADate)],
)
def test_what_is_no_day_is_refused_in_the_kits_own_words(text, refusal):
    with pytest.raises(refusal):
        moments.read_day(text)


def test_a_day_before_the_eras_is_western():
    assert moments.short(date(1870, 1, 1)) == "1870-01-01"
    assert moments.parts(date(1870, 1, 1)) == ["1870", "1", "1"]
    assert moments.joined(["", "", ""]) == ""


@pytest.mark.parametrize(
    "text", ["R8.4.20 17:00", "令和8年4月20日17時", "2026-04-20T17:00:00", "R8.4.20　１７：００", "R8.4.20 17時00分"]
)
def test_a_moment_is_written_any_way(text):
    moment = moments.read_moment(text)
    assert (moment.day, moment.hour, moment.minute) == (20, 17, 0)


def test_an_hour_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="hour"):
        moments.read_moment("R8.4.20 25:00")
