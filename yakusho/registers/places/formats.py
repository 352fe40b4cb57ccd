"""町字ファイル The towns of a city as a file: CSV in UTF-8 with the columns of COLUMNS, one town a row."""

import csv
import hashlib
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from yakusho.kit.refusal import BadInput

COLUMNS = ["code", "name", "koaza", "kana", "postcode", "lon", "lat"]


class BadTowns(BadInput):
    """町字ファイルの{row}行目「{column}」が正しくありません：{why_ja}
    / Row {row}, column "{column}" of the town file is wrong: {why_en}"""


@dataclass(frozen=True)
class TownRow:
    """One town as the file has it."""

    code: str
    name: str
    koaza: str
    kana: str
    postcode: str
    lon: Decimal
    lat: Decimal


@dataclass(frozen=True)
class TownFile:
    """A file that was read whole, and its hash."""

    digest: str
    rows: tuple[TownRow, ...]


def read_towns(data: bytes) -> TownFile:
    """町字ファイルの読取り All towns or none. Refusals: BadTowns, which names row and column (the head is row 1)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(1, "", "UTF-8ではありません。", "it is not UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if list(reader.fieldnames or []) != COLUMNS:
        raise _bad(1, ",".join(COLUMNS), "見出しが違います。", "the head is different.")
    rows = tuple(_row(number, row) for number, row in enumerate(reader, 2))
    if not rows:
        raise _bad(2, "code", "町字がありません。", "there are no towns.")
    _check_twice(rows)
    return TownFile(hashlib.sha256(data).hexdigest(), rows)


def _row(number: int, row: dict[str, str]) -> TownRow:
    if None in row or None in row.values():
        raise _bad(number, "", "列の数が違います。", "the number of columns differs.")
    if not (row["code"].isascii() and row["code"].isdigit() and 4 <= len(row["code"]) <= 12):
        raise _bad(number, "code", "4〜12桁の数字にしてください。", "use 4 to 12 digits.")
    if not row["name"].strip():
        raise _bad(number, "name", "空です。", "it is empty.")
    if row["postcode"] and not (row["postcode"].isascii() and row["postcode"].isdigit() and len(row["postcode"]) == 7):
        raise _bad(number, "postcode", "7桁の数字にしてください。", "use 7 digits.")
    lon, lat = _degrees(number, "lon", row["lon"], 122, 154), _degrees(number, "lat", row["lat"], 20, 46)
    return TownRow(row["code"], row["name"], row["koaza"], row["kana"], row["postcode"], lon, lat)


def _degrees(number: int, column: str, text: str, low: int, high: int) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise _bad(number, column, "数字ではありません。", "it is not a number.") from error
    if not (value.is_finite() and low <= value <= high):
        raise _bad(number, column, "日本の外です。", "it lies outside Japan.")
    return value.quantize(Decimal("0.000001"))


def _check_twice(rows: tuple[TownRow, ...]) -> None:
    codes: set[str] = set()
    names: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, 2):
        if row.code in codes:
            raise _bad(number, "code", "2回あります。", "it stands twice.")
        if (row.name, row.koaza) in names:
            raise _bad(number, "name", "2回あります。", "it stands twice.")
        codes.add(row.code)
        names.add((row.name, row.koaza))


def _bad(row: int, column: str, why_ja: str, why_en: str) -> BadTowns:
    return BadTowns(row=row, column=column, why_ja=why_ja, why_en=why_en)
