"""Files as they should not be: each is refused with row and column, in both languages, and nothing is written."""

import pytest

from yakusho.blocks.doors import InvalidInput
from yakusho.kit.refusal import Refusal
from yakusho.systems.city.resident_exchange.formats import columns, persons_csv
from yakusho.systems.city.resident_exchange.tests.conftest import ALONE, HEAD, HEADINGS, WIFE, file, given, table, text

EARLY = HEADINGS.split(",")


def cell(line, heading, typed):
    cells = line.split(",")
    cells[EARLY.index(heading)] = typed
    return ",".join(cells)


def only(report):
    assert report.wrong == 1, report.errors
    assert not table("Person").exists()
    return report.errors[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_encodings_that_are_read(check, encoding):
    report = check(file(HEAD, WIFE, encoding=encoding))
    assert (report.wrong, report.rows) == (0, 2)
    assert report.encoding == ("cp932" if encoding == "cp932" else "utf-8")


@pytest.mark.parametrize(
    ("data", "refusal", "row"),
    [
        (text(HEAD).encode() + "高橋".encode("euc-jp") + b"\xff\xff", persons_csv.Undecodable, 3),
        (text(HEAD, WIFE).encode("utf-16"), persons_csv.Undecodable, 1),
        (text(HEAD, "A2,\0,x").encode(), persons_csv.NotText, 3),
        (text(HEAD, '"A2,H1').encode(), persons_csv.BrokenQuotes, 3),
        (text(HEAD, "A2," + "x" * 300_000).encode(), persons_csv.BrokenQuotes, 3),
    ],
)
def test_files_that_are_no_text_name_the_row(check, data, refusal, row):
    with pytest.raises(refusal) as refused:
        check(given(data))
    assert f"{row}行目" in refused.value.ja
    assert f"row {row}" in refused.value.en.lower()


@pytest.mark.parametrize("data", [b"", b"\n\n", "\ufeff".encode(), b",,,\n1,2,3,4"])
def test_files_without_headings(check, data):
    with pytest.raises((persons_csv.NothingInFile, Refusal)):
        check(given(data))


def test_a_missing_column_is_named(check):
    with pytest.raises(columns.ColumnMissing) as refused:
        check(file(HEAD, headings=HEADINGS.replace("続柄", "つづきがら").replace("住所", "すまい")))
    assert "続柄" in refused.value.ja
    assert "住所・町字コード・町字" in refused.value.ja


def test_two_columns_for_one_thing(check):
    with pytest.raises(columns.ColumnTwice) as refused:
        check(file(HEAD, headings=HEADINGS.replace("宛名番号", "男女の別")))
    assert "性別" in refused.value.ja


def test_a_mapping_names_columns_in_either_language(check):
    headings = HEADINGS.replace("続柄", "つづきがら").replace("宛名番号", "メモ")
    report = check(file(HEAD, headings=headings, columns={"つづきがら": "relation", "メモ": ""}))
    assert (report.wrong, report.unread) == (0, ["メモ"])
    english = (
        "external_id,household_id,family,given,family kana,given_kana,SEX,birth_date,relation,address,resident_since"
    )
    assert check(file(HEAD, headings=english)).wrong == 0
    with pytest.raises(columns.NoSuchColumn):
        check(file(HEAD, columns={"氏": "苗字"}))


def test_tabs_and_quotes(check):
    tabbed = text(HEAD, WIFE).replace(",", "\t")
    assert check(given(tabbed.encode())).delimiter == "TAB"
    quoted = "\r\n".join('"' + line.replace(",", '","') + '"' for line in text(HEAD).splitlines())
    assert check(given(quoted.encode())).wrong == 0


@pytest.mark.parametrize(
    ("heading", "typed", "says"),
    [
        ("生年月日", "平成31年5月1日", "令和元年5月1日"),
        ("生年月日", "1989-2-30", "という日はありません"),
        ("生年月日", "450305", "元号を付けて"),
        ("生年月日", "2999-1-1", "より後です"),
        ("生年月日", "", "入力してください"),
        ("住民となった年月日", "昭和64年1月8日", "平成元年1月8日"),
        ("性別", "おとこ", "男・女・不明"),
        ("続柄", "", "入力してください"),
        ("世帯番号", "", "入力してください"),
        ("住所", "どこか1-2-3", "町名が見つかりません"),
        ("住所", "", "住所"),
        ("氏の振り仮名", "TAKAHASHI", "振り仮名に使えない文字"),
        ("氏", "髙\u200b橋", "使えない文字"),
        ("氏", "⾼橋", "部首"),
        ("氏", "あ" * 100_000, "100文字以内"),
    ],
)
def test_a_wrong_cell_is_named_with_what_was_typed(check, heading, typed, says):
    error = only(check(file(cell(HEAD, heading, typed))))
    assert (error.row, error.column) == (2, heading)
    assert error.typed == typed.strip()[:60]
    assert says in error.ja
    assert error.en


def test_a_name_that_is_missing(check):
    error = only(check(file(cell(cell(HEAD, "氏", ""), "名", ""))))
    assert (error.row, error.column) == (2, "氏")


def test_a_row_with_too_few_cells(check):
    error = only(check(file(HEAD, "A2,H1,髙橋")))
    assert error.row == 3
    assert "見出し11、この行3" in error.ja


def test_the_same_number_and_the_same_person_twice(check):
    report = check(file(HEAD, cell(ALONE, "宛名番号", "A1"), cell(cell(HEAD, "宛名番号", "A7"), "世帯番号", "H9")))
    assert [(one.row, one.column) for one in report.errors] == [(3, "宛名番号"), (4, "氏")]
    assert all("2行目" in one.ja for one in report.errors)


def test_a_household_has_one_head(check):
    report = check(
        file(
            cell(HEAD, "続柄", "夫"),
            WIFE,
            cell(ALONE, "世帯番号", "H1"),
            ALONE.replace("A3,H2", "A4,H1").replace("光", "輝"),
        )
    )
    assert [(one.row, one.column) for one in report.errors] == [(5, "続柄")]
    headless = only(check(file(WIFE)))
    assert (headless.row, headless.column) == (2, "続柄")


def test_a_household_with_a_wrong_row_is_not_blamed_for_its_head(check):
    assert only(check(file(cell(HEAD, "性別", "?"), WIFE))).column == "性別"


def test_empty_rows_do_not_count(check):
    report = check(file(HEAD, ",,,,,,,,,,", ""))
    assert (report.rows, report.wrong) == (1, 0)


@pytest.mark.parametrize("content", ["***", "ç", "髙"])
def test_what_is_no_base64(check, content):
    with pytest.raises((Refusal, InvalidInput)) as refused:
        check(given(b"").model_copy(update={"content": content}))
    assert "base64" in refused.value.ja


@pytest.mark.parametrize(
    ("data", "refusal", "row"),
    [
        (b"," * 2_000_000, persons_csv.TooWide, 1),
        (text(HEAD).encode() + b"," * 301, persons_csv.TooWide, 3),
        (text(HEAD).encode() + b'"\n",' * 400_000, persons_csv.TooWide, 3),
        (b"a\n" * 500_002, persons_csv.TooManyRows, None),
        (b"\n" * 500_002, persons_csv.TooManyRows, None),
    ],
)
def test_more_than_any_file_of_people_is_refused_before_it_fills_the_memory(data, refusal, row):
    with pytest.raises(refusal) as refused:
        persons_csv.read_sheet(data)
    assert refused.value.facts.get("row") == row


def test_as_much_as_a_file_may_hold_is_read():
    assert len(persons_csv.read_sheet(b"a\n" * 500_000).rows) == 499_999
