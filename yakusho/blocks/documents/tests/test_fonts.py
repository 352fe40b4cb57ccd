"""Which characters can be printed, and the refusal that names the one that cannot."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.documents import CharacterNotPrintable, printable
from yakusho.blocks.documents._internal import fonts

FOLDER = fonts.folder(Path(settings.STATE))
KUZU, TSUJI = "葛", "辻"


def vs(number: int) -> str:
    return chr(0xE0100 + number)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("見本 太郎", "IPAmjMincho"),
        ("髙﨑 𠮷田", "IPAmjMincho"),
        (KUZU + vs(2), "IPAmjMincho"),  # the pairs of the MJ collection
        (KUZU + vs(0), "Noto Serif CJK JP"),  # those of Adobe-Japan1
        (TSUJI + vs(2), "IPAmjMincho"),
        (TSUJI + vs(1), "Noto Serif CJK JP"),
        ("か\u3099", "IPAmjMincho"),
        ("", ""),
    ],
)
def test_the_font_is_chosen_by_base_and_selector(text, family):
    if text:
        assert fonts.choose_font(text, FOLDER) == family
    else:
        assert fonts.runs(text, FOLDER) == []


def test_a_name_of_two_collections_is_cut_into_pieces():
    text = f"{KUZU}{vs(2)}{TSUJI}{vs(1)}子"
    assert fonts.runs(text, FOLDER) == [
        ("IPAmjMincho", KUZU + vs(2)),
        ("Noto Serif CJK JP", TSUJI + vs(1)),
        ("IPAmjMincho", "子"),
    ]
    assert fonts.choose_font(text, FOLDER) == ""


@pytest.mark.parametrize(
    ("text", "code_point"),
    [
        ("見本\U000e01efさん", "U+672C U+E01EF"),  # no font has this pair: it would silently print the base
        ("\U000e0100", "U+E0100"),  # a selector without a base
        ("محمد", "U+0645"),
        ("\ue000", "U+E000"),  # private use: another city's 外字
        ("一\x00二", "U+0000"),
        ("一\x1b", "U+001B"),
        ("一\t二", "U+0009"),
        ("一\n二", "U+000A"),
        ("\u202e逆", "U+202E"),
        ("一\u2028二", "U+2028"),
        ("\u200b", "U+200B"),
        ("\ud800", "U+D800"),
    ],
)
def test_what_cannot_be_printed_is_named(text, code_point):
    with pytest.raises(CharacterNotPrintable) as refused:
        printable(text)
    assert refused.value.facts["code_point"] == code_point
    assert code_point in refused.value.ja
    assert code_point in refused.value.en


def test_the_first_bad_character_of_many_is_named():
    with pytest.raises(CharacterNotPrintable) as refused:
        printable("良い名前س")
    assert refused.value.facts["character"] == "س"


def test_printable_gives_the_text_back():
    assert printable("見本　太郎（みほん）") == "見本　太郎（みほん）"


def test_the_two_collections_share_almost_nothing():
    ipa, noto = (face.pairs for face in fonts.faces(FOLDER))
    assert len(ipa) > 11_000
    assert len(noto) > 14_000
    assert all(selector < 0xE0100 for _, selector in ipa & noto)


def test_the_table_is_kept_and_read_again(tmp_path):
    folder = fonts.folder(tmp_path)
    first = fonts.faces(folder)
    fonts.faces.cache_clear()
    kept = sorted(folder.glob("*.json"))
    assert len(kept) == 2
    assert fonts.faces(folder) == first


def test_a_missing_font_names_its_package(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "SYSTEM", tmp_path)
    with pytest.raises(fonts.FontMissing, match="fonts-ipamj-mincho"):
        fonts.folder(tmp_path / "state")


@given(st.text(max_size=20))
def test_clusters_lose_nothing(text):
    assert "".join(fonts.clusters(text)) == text


@given(st.text(max_size=20))
def test_runs_keep_the_text_or_refuse(text):
    try:
        pieces = fonts.runs(text, FOLDER)
    except CharacterNotPrintable:
        return
    assert "".join(piece for _, piece in pieces) == text
    assert all(family in fonts.NAMES for family, _ in pieces)
