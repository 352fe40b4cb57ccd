"""コンビニ収納データ Both variants and the CSV say the same of a payment; what is wrong is found where it is."""

from datetime import date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.collection.formats.refusals import FileRefused
from yakusho.blocks.collection.formats.slip_code import SlipCode
from yakusho.blocks.collection.formats.store_files import TOKYO, Kind, StorePayment, read_csv, read_records

CODE = SlipCode("929023", "070000010123499900199", 10_800, date(2026, 6, 1))
DIGITS = CODE.digits(most=300_000)
BEGIN = {"kind": "01", "day": "20260525", "time": "1931"}
HEAD, TAIL, END = "1".ljust(120), "8".ljust(120), "9".ljust(120)
HEADINGS = (
    "種別,収納日,収納時刻,バーコード情報,ユーザー使用欄1,ユーザー使用欄2,印紙フラグ,金額,"
    "コンビニ本部コード,コンビニ名,店舗コード,振込日,データ作成日"
)


def mizuho(kind="01", transfer="00000000", code=None, day="20260525", time="1931"):
    begin = f"2{kind}{day}{time}9{code or DIGITS}   0001234" + "29" + "20260526"
    return begin + transfer + "20260526" + "010   " + " " * 18


def ufj(kind="01", transfer="00000000", code=None, day="20260525", time="1931"):
    begin = f"2{kind}{day}{time}{code or DIGITS}   0001234" + "20260526"
    return begin + transfer + "        " + "20260526" + "010 " + " " * 15


def line(kind="01", transfer="0", code=None, day="20260525", time="1931"):
    return f"{kind},{day},{time},EAN{code or DIGITS},,,0,10800,010,ミホンイレブン,0001234,{transfer},20260526"


RECORDS = {"mizuho": mizuho, "ufj": ufj}


def file(*records: str, newline: str = "\r\n") -> bytes:
    return "".join(one + newline for one in (HEAD, *records, TAIL, END)).encode("cp932")


def sheet(*lines: str) -> bytes:
    return "\r\n".join([HEADINGS, *lines, ""]).encode("cp932")


def told(kind: Kind, transfer_on: date | None, at: int) -> StorePayment:
    return StorePayment(kind, CODE, datetime(2026, 5, 25, 19, 31, tzinfo=TOKYO), "0001234", "010", transfer_on, at)


EXPECTED = [(Kind.PROMPT, None), (Kind.SETTLED, date(2026, 6, 5)), (Kind.CANCELLED, None)]


@pytest.mark.parametrize("variant", ["mizuho", "ufj"])
@pytest.mark.parametrize("newline", ["", "\n", "\r\n"])
def test_records_of_120_characters(variant, newline):
    make = RECORDS[variant]
    assert len(make()) == 120
    data = file(make(), make("02", "20260605"), make("03"), newline=newline)
    assert read_records(data, variant=variant) == [told(*one, at) for at, one in enumerate(EXPECTED, 2)]


def test_a_csv_says_the_same():
    found = read_csv(sheet(line(), line("02", "20260605"), line("03")))
    assert found == [told(*one, at) for at, one in enumerate(EXPECTED, 2)]


WRONG = [
    ({"kind": "07"}, "unknown kind"),
    ({"day": "20260230"}, "not a day"),
    ({"time": "2561"}, "not a day"),
    ({"code": DIGITS[:-1] + str((int(DIGITS[-1]) + 1) % 10)}, "bar code"),
]


@pytest.mark.parametrize(("changes", "why"), WRONG)
@pytest.mark.parametrize("variant", ["mizuho", "ufj"])
def test_what_is_wrong_in_a_record(variant, changes, why):
    make = RECORDS[variant]
    with pytest.raises(FileRefused, match=why) as refused:
        read_records(file(make(), make(**changes)), variant=variant)
    assert refused.value.facts["line"] == 3


@pytest.mark.parametrize(("changes", "why"), WRONG)
def test_what_is_wrong_in_a_csv(changes, why):
    with pytest.raises(FileRefused, match=why) as refused:
        read_csv(sheet(line(), line(**changes)))
    assert refused.value.facts["line"] == 3


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (file(mizuho())[:-122], "out of order"),
        (file(mizuho())[122:], "out of order"),
        (file(mizuho()[:-1]), "120"),
        (file(mizuho()) + b"9", "120"),
        (file(mizuho()).replace(b"0001234", b"000\x81234"), "character"),
    ],
)
def test_a_file_of_records_is_refused_as_a_whole(data, why):
    with pytest.raises(FileRefused, match=why):
        read_records(data, variant="mizuho")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\x81", "character"),
        (sheet(line()).replace("振込日".encode("cp932"), b"x"), "headings"),
        (sheet(line() + ",1"), "120|characters"),
        (sheet('"' + line()), "character|characters"),
    ],
)
def test_a_csv_is_refused_as_a_whole(data, why):
    with pytest.raises(FileRefused, match=why):
        read_csv(data)


@given(
    st.binary(max_size=400) | st.integers(0, 599).map(lambda at: file(mizuho())[:at] + b"7" + file(mizuho())[at + 1 :])
)
def test_whatever_comes_is_read_or_refused(data):
    for reader in READERS:
        assert all(isinstance(one, StorePayment) for one in read_or_none(reader, data))


READERS = [read_csv, partial(read_records, variant="mizuho"), partial(read_records, variant="ufj")]


def read_or_none(reader, data):
    try:
        return reader(data)
    except FileRefused:
        return []
