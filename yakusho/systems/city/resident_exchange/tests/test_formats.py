"""Cells that spreadsheets would run are text; what was written is read back."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit import cells
from yakusho.systems.city.resident_exchange.formats import columns, persons_csv, persons_out

PAYLOADS = [
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a", " =1", "　＝1", "'=1", "''",
    '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "\0=1", "=", "@", "+", "-", "－", "＝", "＠", "＋", "'", "'@", "-2+3+cmd",
    "@A1", "=IMPORTXML(1)", " +1", "\u200b=1", "\ufeff=1",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_begins_like_a_formula(payload):
    cell = cells.guarded(payload)
    assert cell == "'" + payload
    assert cells.unguarded(cell) == payload


@pytest.mark.parametrize("harmless", ["髙橋", "", "1", "O'Brien", "5-12", "𠮷\U000e0100", "a=b"])
def test_other_cells_stay_as_they_are(harmless):
    assert cells.guarded(harmless) == harmless
    assert cells.unguarded(harmless) == harmless


@given(st.text())
def test_guarding_can_always_be_undone(cell):
    assert cells.unguarded(cells.guarded(cell)) == cell


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_written_is_read(rows):
    sheet = persons_csv.read_sheet(cells.written([["見出し1", "見出し2"], *rows]).encode())
    assert sheet.headings == ("見出し1", "見出し2")
    assert [[cells.unguarded(cell) for cell in line] for _, line in sheet.rows] == rows


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    refused = (persons_csv.Undecodable, persons_csv.NotText, persons_csv.NothingInFile, persons_csv.BrokenQuotes)
    with suppress(*refused):
        assert persons_csv.read_sheet(data).headings


def test_the_bom_is_written_once_and_not_read():
    assert cells.written([["氏"]]).startswith("\ufeff")
    assert not cells.written([["氏"]], first=False).startswith("\ufeff")
    assert persons_csv.read_sheet("\ufeff氏\r\n髙橋\r\n".encode()).headings == ("氏",)


def test_rows_keep_the_number_a_spreadsheet_shows():
    sheet = persons_csv.read_sheet(b'a,b\n\n1,"x\ny"\n,,\n3,4\n')
    assert [row for row, _ in sheet.rows] == [3, 5]


def test_each_column_has_one_meaning():
    names = [name for column in columns.COLUMNS for name in column.names]
    assert len(names) == len(set(names))


def test_the_file_out_has_headings_that_the_file_in_knows():
    known = columns.mapped(list(persons_out.HEADINGS), {})
    assert set(known) == set(persons_out.FIELDS)
    assert [name for name in persons_out.HEADINGS if name.endswith(columns.ERA)] == [
        columns.BY_FIELD[name].ja + columns.ERA for name in persons_out.FIELDS if name in columns.DATES
    ]
    assert "個人番号" not in persons_out.HEADINGS


def test_headings_are_compared_without_width_and_case():
    assert columns.proposed(["ＳＥＸ", "Family Kana", "氏 名", "ふしぎ"]) == {
        "ＳＥＸ": "sex",
        "Family Kana": "family_kana",
        "氏 名": "name",
    }
