"""The town file: the city's own is sound, and a broken one names row and column."""

from pathlib import Path

import pytest

from yakusho.registers.places import rules
from yakusho.registers.places.formats import COLUMNS, BadTowns, read_towns

FILE = Path(__file__).resolve().parents[4] / "cities" / "morioka" / "data" / "towns.csv"
HEAD = ",".join(COLUMNS)
GOOD = "0001000,内丸,,ウチマル,0200023,141.152504,39.701902"


def _file(*lines):
    return read_towns("\n".join([HEAD, *lines, ""]).encode())


def test_the_towns_of_the_city():
    rows = read_towns(FILE.read_bytes()).rows
    assert len(rows) == 1002
    assert len({row.name for row in rows}) == 405
    assert sum(bool(row.koaza) for row in rows) == 597


def test_every_town_is_found_by_its_own_name_however_its_address_goes_on():
    rows = read_towns(FILE.read_bytes()).rows
    keys = {rules.name_key(row.name, row.koaza): row for row in rows}
    assert len(keys) == len(rows)
    for row in rows:
        typed = rules.address_typed(f"岩手県盛岡市{row.name}{row.koaza}12番3号", prefecture="岩手県", city="盛岡市")
        key = max((prefix for prefix in rules.prefixes(typed) if prefix in keys), key=len)
        assert (keys[key], rules.behind(typed, key)) == (row, "12-3")


def test_a_credit_stands_beside_the_data():
    credit = (FILE.parent / "README.md").read_text("utf-8")
    assert "Geolonia" in credit
    assert "CC BY 4.0" in credit
    assert "位置参照情報" in credit


def test_a_file_with_a_byte_order_mark_is_read():
    assert read_towns(b"\xef\xbb\xbf" + f"{HEAD}\n{GOOD}\n".encode()).rows[0].name == "内丸"


def test_the_hash_tells_files_apart():
    assert _file(GOOD).digest == _file(GOOD).digest
    assert _file(GOOD).digest != _file(GOOD.replace("内丸", "外丸")).digest


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (GOOD.replace("0001000", "12"), "code"),
        (GOOD.replace("0001000", "００１２"), "code"),
        (GOOD.replace("内丸", " "), "name"),
        (GOOD.replace("0200023", "020-0023"), "postcode"),
        (GOOD.replace("141.152504", "x"), "lon"),
        (GOOD.replace("141.152504", "NaN"), "lon"),
        (GOOD.replace("141.152504", "39.7"), "lon"),
        (GOOD.replace("39.701902", "141.1"), "lat"),
        (GOOD.replace("39.701902", "inf"), "lat"),
        (GOOD + ",more", ""),
        ("0001000,内丸", ""),
    ],
)
def test_a_wrong_value_names_its_row_and_column(line, column):
    with pytest.raises(BadTowns) as caught:
        _file(GOOD.replace("0001000", "0009000").replace("内丸", "先"), line)
    assert caught.value.facts["row"] == 3
    assert caught.value.facts["column"] == column


@pytest.mark.parametrize(
    ("again", "column"), [(GOOD.replace("内丸", "外丸"), "code"), (GOOD.replace("0001000", "0002000"), "name")]
)
def test_what_stands_twice_is_named(again, column):
    with pytest.raises(BadTowns) as caught:
        _file(GOOD, again)
    assert (caught.value.facts["row"], caught.value.facts["column"]) == (3, column)


@pytest.mark.parametrize("data", ["内丸".encode("cp932"), b"", b"a,b\n1,2\n", f"{HEAD}\n".encode()])
def test_a_file_of_another_kind_is_refused(data):
    with pytest.raises(BadTowns):
        read_towns(data)
