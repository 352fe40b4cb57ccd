"""全銀 Written, read and written again to the byte, in both codes; each thing that can be wrong is found where it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.collection.formats import zengin
from yakusho.blocks.collection.formats.refusals import FileRefused
from yakusho.blocks.collection.formats.zengin import Account, Debit, Debits, First, Header, Result

TEXT = st.text(st.sampled_from(sorted(zengin.ALLOWED)), max_size=15).map(str.rstrip)
DIGIT = st.sampled_from("0123456789")


def digits(width: int) -> st.SearchStrategy[str]:
    return st.text(DIGIT, min_size=width, max_size=width)


ACCOUNTS = st.builds(
    Account,
    bank=digits(4),
    bank_name=TEXT,
    branch=digits(3),
    branch_name=TEXT,
    type=st.sampled_from([1, 2, 3, 9]),
    number=digits(7),
)
HEADERS = st.builds(Header, client=digits(10), client_name=TEXT, day=digits(4), account=ACCOUNTS)
DEBITS = st.builds(
    Debit,
    account=ACCOUNTS,
    holder=TEXT,
    yen=st.integers(0, 10**7),
    customer=digits(20),
    first=st.sampled_from(First),
    result=st.just(Result.PAID),
)


@st.composite
def files(draw):
    debits = draw(st.lists(DEBITS, max_size=6, unique_by=lambda one: one.customer))
    returned = bool(debits) and draw(st.booleans())
    if returned:
        debits = [replace(one, result=draw(st.sampled_from(Result))) for one in debits]
    return Debits(draw(HEADERS), tuple(debits), returned)


CODE = st.sampled_from(["jis", "ebcdic"])
NEWLINE = st.sampled_from(["", "\n", "\r\n"])


@given(files(), CODE, NEWLINE)
def test_a_file_comes_back_to_the_byte(file, code, newline):
    data = zengin.write(file, code=code, newline=newline)
    assert len(data) == (120 + len(newline)) * (len(file.debits) + 3)
    assert zengin.read(data) == file
    assert zengin.write(zengin.read(data), code=code, newline=newline) == data
    assert zengin.read(data + (b"\x3f" if code == "ebcdic" else b"\x1a")) == file


MORIOKA = Account("0122", "ｲﾜﾃ", "001", "ﾎﾝﾃﾝ", 1, "1234567")
FILE = Debits(
    Header("0000012345", "ﾓﾘｵｶｼ", "0601", MORIOKA),
    (
        Debit(replace(MORIOKA, number="7654321"), "ﾐﾎﾝ ﾊﾅｺ", 12_900, "R08-00000001-01", First.FIRST),
        Debit(replace(MORIOKA, number="1111111"), "ﾐﾎﾝ ﾀﾛｳ", 10_800, "R08-00000002-01"),
    ),
)


def test_every_item_stands_in_its_place():
    header, first, second, trailer, end = zengin.write(FILE, newline="\n").decode("cp932").splitlines()
    assert (
        header
        == "1910"
        + "0000012345"
        + "ﾓﾘｵｶｼ".ljust(40)
        + "0601"
        + "0122"
        + "ｲﾜﾃ".ljust(15)
        + "001"
        + "ﾎﾝﾃﾝ".ljust(15)
        + "1"
        + "1234567"
        + " " * 17
    )
    assert first == (
        "2"
        + "0122"
        + "ｲﾜﾃ".ljust(15)
        + "001"
        + "ﾎﾝﾃﾝ".ljust(15)
        + " " * 4
        + "1"
        + "7654321"
        + "ﾐﾎﾝ ﾊﾅｺ".ljust(30)
        + "0000012900"
        + "1"
        + "R08-00000001-01".ljust(20)
        + "0"
        + " " * 8
    )
    assert second[80:90] == "0000010800"
    assert trailer == "8" + "000002" + "000000023700" + "000000" + "0" * 12 + "000000" + "0" * 12 + " " * 65
    assert end == "9" + " " * 119


def test_a_result_has_its_own_totals():
    back = replace(FILE, returned=True, debits=(FILE.debits[0], replace(FILE.debits[1], result=Result.SHORT)))
    trailer = zengin.write(back).decode("cp932")[-240:-120]
    assert trailer[:55] == "8" + "000002" + "000000023700" + "000001" + "000000012900" + "000001" + "000000010800"
    assert zengin.read(zengin.write(back)) == back


def spoilt(line: int, column: int, text: str) -> bytes:
    lines = zengin.write(FILE, newline="\n").decode("cp932").splitlines()
    lines[line - 1] = lines[line - 1][: column - 1] + text + lines[line - 1][column - 1 + len(text) :]
    return "".join(f"{one}\n" for one in lines).encode("cp932")


@pytest.mark.parametrize(
    ("line", "column", "text", "why"),
    [
        (1, 2, "21", "not the value"),
        (1, 55, "06X1", "digits"),
        (2, 51, "ｧ", "character"),
        (2, 51, "a", "character"),
        (2, 39, "X", "character"),
        (2, 81, "00000X2900", "digits"),
        (2, 91, "7", "unknown kind"),
        (2, 112, "7", "unknown result"),
        (3, 92, "R08-00000001-01", "twice"),
        (3, 120, "X", "character"),
        (4, 2, "000003", "totals"),
        (4, 8, "000000023701", "totals"),
        (4, 20, "000001", "totals"),
        (5, 2, "X", "character"),
        (2, 1, "1", "out of order"),
        (3, 1, "9", "out of order"),
        (5, 1, "8", "out of order"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(line, column, text, why):
    with pytest.raises(FileRefused, match=why) as refused:
        zengin.read(spoilt(line, column, text))
    assert refused.value.facts["line"] == line
    assert column <= refused.value.facts["column"] < column + len(text)
    assert f"{line}行目" in refused.value.ja


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"", 1, "empty"),
        (b"1", 1, "120"),
        (zengin.write(FILE)[:-1], 5, "120"),
        (zengin.write(FILE) + b" ", 6, "120"),
        (zengin.write(FILE)[:-120], 5, "out of order"),
        (zengin.write(FILE)[120:], 1, "out of order"),
        (zengin.write(FILE) * 2, 6, "out of order"),
        (zengin.write(FILE).replace("ﾊﾅｺ ".encode("cp932"), "花子".encode("cp932")), 2, "character"),
        (zengin.write(FILE).replace(b"R08", b"\xff\xfe8"), 2, "character"),
    ],
)
def test_a_file_is_refused_as_a_whole(data, line, why):
    with pytest.raises(FileRefused, match=why) as refused:
        zengin.read(data)
    assert refused.value.facts["line"] == line


@given(
    st.binary(max_size=700)
    | files()
    .map(zengin.write)
    .flatmap(
        lambda data: st.integers(0, len(data) - 1).map(lambda at: data[:at] + bytes([data[at] ^ 0x11]) + data[at + 1 :])
    )
)
def test_whatever_comes_is_read_or_refused(data):
    found = read_or_refused(data)
    if isinstance(found, Debits):
        assert zengin.read(zengin.write(found)) == found
    else:
        assert found["line"] >= 1
        assert 1 <= found["column"] <= 121


def read_or_refused(data):
    try:
        return zengin.read(data)
    except FileRefused as refusal:
        return refusal.facts


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("みほん　はなこ", "ﾐﾎﾝ ﾊﾅｺ"),
        ("キョウコ", "ｷﾖｳｺ"),
        ("ガッチャー", "ｶﾞﾂﾁﾔ-"),
        ("Smith ａｎｎ", "SMITH ANN"),
        ("カ）ミホン", "ｶ)ﾐﾎﾝ"),
    ],
)
def test_names_in_the_letters_of_banks(name, written):
    assert zengin.bank_text(name) == written
    assert zengin.ALLOWED.issuperset(written)


def test_a_name_that_a_bank_cannot_write_is_not_written():
    with pytest.raises(ValueError, match="holder"):
        zengin.write(replace(FILE, debits=(replace(FILE.debits[0], holder="見本花子"),)))
