"""CSVの読取り A file of people as rows of cells: encodings, delimiters, quotes."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from yakusho.kit.cells import BOM, unguarded
from yakusho.kit.refusal import BadInput

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LONGEST = 200_000  # characters of one cell; everything longer is no datum of a person
LONGEST_ROW, MOST_COLUMNS, MOST_ROWS = 1_000_000, 300, 500_000  # characters; cells; rows of one file
csv.field_size_limit(max(LONGEST, csv.field_size_limit()))


class Undecodable(BadInput):
    """{row}行目の文字を読み取れません。UTF-8かShift_JIS（CP932）で保存してください。
    / The characters of row {row} cannot be read. Save the file as UTF-8 or Shift_JIS (CP932).
    """

    field = "content"


class NotText(BadInput):
    """{row}行目に、文字ではないもの（NUL）が入っています。CSVの文字のファイルを選んでください。
    / Row {row} holds something that is no text (NUL). Choose a text file of CSV.
    """

    field = "content"


class NothingInFile(BadInput):
    """ファイルに見出しの行がありません。 / The file has no heading row."""

    field = "content"


class BrokenQuotes(BadInput):
    """{row}行目の引用符（"）が閉じていないか、項目が長すぎます。
    / In row {row} a quotation mark is not closed, or a cell is too long.
    """

    field = "content"


class TooWide(BadInput):
    """{row}行目の項目が多すぎるか、長すぎます（{most}項目まで）。
    / Row {row} has too many cells, or is too long (at most {most} cells).
    """

    field = "content"


class TooManyRows(BadInput):
    """行が多すぎます（{most}行まで）。分けて取り込んでください。 / Too many rows (at most {most}). Import them in parts."""

    field = "content"


@dataclass(frozen=True)
class Sheet:
    """表 The headings, and each row with its number as a spreadsheet shows it (the headings are row 1)."""

    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(data: bytes) -> Sheet:
    """表の読取り Refusals: Undecodable, NotText, NothingInFile, BrokenQuotes, TooWide, TooManyRows; each names the row."""
    text, encoding = decode(data)
    if "\0" in text:
        raise NotText(row=_row(text, text.index("\0")))
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    rows = list(_rows(text, delimiter))
    if not rows or not any(cell.strip() for cell in rows[0][1]):
        raise NothingInFile
    headings = tuple(unguarded(cell.strip()) for cell in rows[0][1])
    return Sheet(encoding, delimiter, headings, tuple(row for row in rows[1:] if any(cell.strip() for cell in row[1])))


def decode(data: bytes) -> tuple[str, str]:
    """文字コード UTF-8 with or without BOM, else Shift_JIS as Windows writes it. Refusals: Undecodable."""
    if data.startswith(UTF_16):
        raise Undecodable(row=1)
    try:
        return data.decode("utf-8").removeprefix(BOM), "utf-8"
    except UnicodeDecodeError as error:
        utf_8 = error.start
    try:
        return data.decode("cp932"), "cp932"
    except UnicodeDecodeError as error:
        raise Undecodable(row=data.count(b"\n", 0, max(error.start, utf_8)) + 1) from error


def _row(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


class _Lines:
    """The lines of a text, as long as no row takes too many characters (a row ends where ``row`` is counted up)."""

    def __init__(self, text: str) -> None:
        self.lines, self.row, self.taken = io.StringIO(text, newline=""), 1, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.taken += len(line)
            if self.taken > LONGEST_ROW:
                raise TooWide(row=self.row, most=MOST_COLUMNS)
            yield line

    def next_row(self, cells: list[str]) -> None:
        """The row was read."""
        if len(cells) > MOST_COLUMNS:
            raise TooWide(row=self.row, most=MOST_COLUMNS)
        if self.row > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        self.row, self.taken = self.row + 1, 0


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    number, lines = 0, _Lines(text)
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            lines.next_row(cells)
            yield number, tuple(cells)
    except csv.Error as error:
        raise BrokenQuotes(row=number + 1) from error
