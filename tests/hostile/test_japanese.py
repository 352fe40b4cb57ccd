"""Japanese text from the file to the register, the page, the file out, in again, and the paper: whole and unchanged, or refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tests.hostile.attackers import undone
from tests.hostile.payloads import LONG_TEXT
from yakusho.blocks.documents import CharacterNotPrintable, Field, Section
from yakusho.blocks.documents._internal.readers import read_glyphs
from yakusho.blocks.documents.tests.making import Made
from yakusho.blocks.doors import registry
from yakusho.kit.cells import unguarded, written

HEADINGS = [
    "世帯番号",
    "氏",
    "名",
    "氏の振り仮名",
    "名の振り仮名",
    "性別",
    "生年月日",
    "続柄",
    "住所",
    "住民となった年月日",
]
# What is typed as a family name → what the register keeps.
KEPT = {
    "髙﨑": "髙﨑", "葛\U000e0100城": "葛\U000e0100城", "辻\U000e0101": "辻\U000e0101", "𠮷野": "𠮷野", "か\u3099たやま": "がたやま",
    "神\ufa19": "神\ufa19", "渡邉": "渡邉", "渡邊": "渡邊", "齋藤": "齋藤", "濵田": "濵田", "栁澤": "栁澤", "𣘺本": "𣘺本", "五十嵐々": "五十嵐々",
    "ヴァン": "ヴァン", "O'Brien": "O'Brien", "Müller-Łoś": "Müller-Łoś", "〆木": "〆木", "ゑ": "ゑ", "ヷヸ": "ヷヸ", "長" * 100: "長" * 100,
    "=1+1": "=1+1", "<b>太</b>": "<b>太</b>", "{{7*7}}": "{{7*7}}", "' or 1=1 --": "' or 1=1 --", "#panic()": "#panic()",
}  # fmt: skip
REFUSED = (
    "\ue000外字", "山\u202e田", "山\x1b[2J", "\u2f2d田", "\U000e0100", "長" * 101, "山\ufffe", "山\u200b田", "\U0010ffff", "山\x7f", "山\x85田",
)  # fmt: skip


def sheet(names):
    """A file in which each of these is a family name, everybody with a household of their own."""
    lines = [
        [
            f"H{number}",
            name,
            "花",
            "ミホン",
            "ハナ",
            "女",
            f"19{40 + number % 50}-03-05",
            "世帯主",
            "盛岡市内丸12番2号",
            "2001-02-03",
        ]
        for number, name in enumerate(names)
    ]
    return written([HEADINGS, *lines])


def rows(text):
    """A file out as one dictionary a person."""
    read = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return [{name: unguarded(cell) for name, cell in row.items()} for row in read]


@pytest.fixture(scope="module")
def through(visitors):
    """Everybody imported, with their pages, the file out, and what its second import says."""
    clerk, manager = visitors["clerk1"], visitors["manager1"]
    with undone():
        loaded = manager.load(sheet(KEPT))
        assert loaded.status_code == 200, loaded.content.decode()
        asked = clerk.api(registry.actions["resident_exchange.ask_export"], {"wish": {"purpose": "試験のため"}}).json()
        manager.api(registry.actions["resident_exchange.agree_export"], {"export": asked["id"]})
        out = b"".join(clerk.send(f"/resident_exchange/desk/exports/{asked['id']}/file", {})).decode()
        ours = [row for row in rows(out) if (row["名"], row["住民となった年月日"]) == ("花", "2001-02-03")]
        pages = {row["氏"]: clerk.get(f"/resident_records/desk/person/{row['宛名番号']}") for row in ours}
        again = manager.load(sheet(row["氏"] for row in ours))
        return ours, pages, again


def test_all_come_out_as_they_went_in(through):
    ours, _, _ = through
    assert sorted(row["氏"] for row in ours) == sorted(KEPT.values())


@pytest.mark.parametrize("kept", KEPT.values())
def test_a_page_shows_the_whole_name(through, kept):
    page = through[1][kept]
    escaped = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
    assert page.status_code == 200
    assert escaped in page.content.decode()
    assert "\ufffd" not in page.content.decode()


def test_what_came_out_is_the_same_people_when_it_goes_in_again(through):
    said = through[2].json()
    assert through[2].status_code == 422, "they are registered already"
    assert said["facts"]["wrong"] >= len(KEPT) * 0.9  # 生年月日 are given anew by place in the file


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_kept_is_refused_with_a_sentence(visitors, text):
    with undone():
        answer = visitors["manager1"].load(sheet([text]))
    assert answer.status_code == 422
    assert "wrong" in answer.json()["facts"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_encoding_gives_the_same_characters(visitors, encoding):
    with undone():
        answer = visitors["manager1"].load(sheet(["髙﨑", "渡邉", "①番"]).removeprefix("\ufeff").encode(encoding))
        found = visitors["clerk1"].get("/resident_records/desk/search", {"text": "髙﨑"})
    assert answer.status_code == 200, answer.content.decode()
    assert "髙﨑" in found.content.decode()


@pytest.mark.parametrize("kept", KEPT.values())
def test_a_paper_prints_every_character_or_none(kept):
    made = replace(Made(), sections=(Section("一", (Field("氏名", kept),)),))
    try:
        printed = read_glyphs(made.unsealed())
    except CharacterNotPrintable:
        return
    said = "".join("".join(printed.pages).split())
    assert "".join(kept.split()) in said
    assert not printed.empty_box


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(LONG_TEXT, id="a character"),
        pytest.param("か\u3099" * 500_000, id="combining dakuten"),
        pytest.param("葛\U000e0100" * 300_000, id="variants"),
        pytest.param("\u202e" * 1_000_000, id="bidi"),
    ],
)
def test_a_million_characters_are_refused_or_kept_whole(visitors, faults, typed):
    door = registry.actions["resident_exchange.ask_export"]
    with undone():
        answer = visitors["clerk1"].api(door, {"wish": {"purpose": typed}})
        page = visitors["clerk1"].send("/resident_exchange/desk/exports", {"purpose": typed})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["ja"]
    assert page.status_code in (400, 422)
    assert faults == []
