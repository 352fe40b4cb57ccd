"""コンビニ収納データ What a collection agent sends of payments at stores: 速報 at once, 速報取消, 確報 when the money is settled.

Two variants of 120-character records and one CSV, as receiving programs of three agents describe them. A file is refused as a
whole; the same payment comes as 速報 and later as 確報. The content of trailers and ends was not seen: they are not read.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from yakusho.blocks.collection.formats import slip_code
from yakusho.blocks.collection.formats.fixed import Layout, Place, Row
from yakusho.blocks.collection.formats.refusals import (
    CHARACTER,
    CODE,
    DAY,
    EMPTY,
    HEADINGS,
    KIND,
    LENGTH,
    ORDER,
    FileRefused,
)
from yakusho.blocks.collection.formats.slip_code import SlipCode

WIDTH = 120
TOKYO = ZoneInfo("Asia/Tokyo")
ANY = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(map(chr, range(0xFF61, 0xFFA0)))


class Kind(StrEnum):
    """データ種別 What is said of a payment."""

    PROMPT = "01"  # 速報
    SETTLED = "02"  # 確報
    CANCELLED = "03"  # 速報取消


@dataclass(frozen=True)
class StorePayment:
    """収納 One line: the slip that was paid, when and where, and when the money comes to the city."""

    kind: Kind
    code: SlipCode
    paid_at: datetime
    store: str
    chain: str
    transfer_on: date | None
    line: int


def _layout(*places: tuple[str, str, int]) -> Layout:
    return Layout([Place(*place) for place in places], allowed=ANY)


BEGIN = (("", "N", 1), ("kind", "D", 2), ("day", "D", 8), ("time", "D", 4))
MIZUHO = _layout(
    *BEGIN,
    ("symbology", "C", 1),
    ("code", "D", 44),
    ("dummy", "C", 3),
    ("store", "C", 7),
    ("guests", "C", 2),
    ("fetched", "C", 8),
    ("transfer", "D", 8),
    ("booked", "C", 8),
    ("chain", "C", 6),
    ("rest", "C", 18),
)
UFJ = _layout(
    *BEGIN,
    ("code", "D", 44),
    ("dummy", "C", 3),
    ("store", "C", 7),
    ("fetched", "C", 8),
    ("transfer", "D", 8),
    ("spare", "C", 8),
    ("booked", "C", 8),
    ("chain", "C", 4),
    ("rest", "C", 15),
)
VARIANTS = {"mizuho": MIZUHO, "ufj": UFJ}
NEXT = {"": "1", "1": "28", "2": "28", "8": "19", "9": ""}
COLUMNS = ("種別", "収納日", "収納時刻", "バーコード情報", "コンビニ本部コード", "店舗コード", "振込日")


def read_records(data: bytes, *, variant: str) -> list[StorePayment]:
    """120桁のファイルの読込み `variant` mizuho or ufj. Refusals: FileRefused."""
    layout, found, before = VARIANTS[variant], [], ""
    for line, record in enumerate(_records(data), 1):
        if record[0] not in NEXT[before]:
            raise FileRefused(line, 1, ORDER)
        before = record[0]
        if before == "2":
            found.append(_payment(layout.read(record, line=line), line, layout.column))
    if before != "9":
        raise FileRefused(len(found) + 1, 1, ORDER)
    return found


def _records(data: bytes) -> Iterator[str]:
    if not data.strip():
        raise FileRefused(1, 1, EMPTY)
    body = data.rstrip(b"\x1a")
    lines = body.splitlines() if b"\n" in body else [body[at : at + WIDTH] for at in range(0, len(body), WIDTH)]
    for line, raw in enumerate(lines, 1):
        try:
            text = raw.decode("cp932")
        except UnicodeDecodeError as error:
            raise FileRefused(line, error.start + 1, CHARACTER) from error
        if len(text) != WIDTH or len(raw) != WIDTH:
            raise FileRefused(line, min(len(text), WIDTH) + 1, LENGTH)
        yield text


def read_csv(data: bytes) -> list[StorePayment]:
    """CSVの読込み Shift_JIS with headings; the bar code stands behind "EAN". Refusals: FileRefused."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("cp932")), strict=True))
    except UnicodeDecodeError as error:
        raise FileRefused(data[: error.start].count(b"\n") + 1, 1, CHARACTER) from error
    except csv.Error as error:
        raise FileRefused(1, 1, CHARACTER) from error
    if not rows:
        raise FileRefused(1, 1, EMPTY)
    if missing := [name for name in COLUMNS if name not in rows[0]]:
        raise FileRefused(1, COLUMNS.index(missing[0]) + 1, HEADINGS)
    return [_from_csv(rows[0], row, line) for line, row in enumerate(rows[1:], 2) if row]


def _from_csv(headings: list[str], row: list[str], line: int) -> StorePayment:
    if len(row) != len(headings):
        raise FileRefused(line, min(len(row), len(headings)) + 1, LENGTH)
    said = dict(zip(headings, row, strict=True))
    names = {"kind": "種別", "day": "収納日", "time": "収納時刻", "store": "店舗コード", "chain": "コンビニ本部コード"}
    names |= {"transfer": "振込日", "code": "バーコード情報"}
    values: Row = {name: said[heading] for name, heading in names.items()}
    values["code"] = said["バーコード情報"].removeprefix("EAN")
    return _payment(values, line, lambda name: headings.index(names[name]) + 1)


def _payment(row: Row, line: int, column: Callable[[str], int]) -> StorePayment:
    """The values of a record of any variant."""
    if row["kind"] not in set(Kind):
        raise FileRefused(line, column("kind"), KIND)
    try:
        code = slip_code.read(str(row["code"]))
    except slip_code.NotASlipCode as error:
        raise FileRefused(line, column("code"), CODE) from error
    day = _instant(str(row["day"]) + str(row["time"]), line, column("day"))
    transfer = str(row["transfer"])
    settles = None if not transfer.strip("0 ") else _instant(f"{transfer}0000", line, column("transfer")).date()
    return StorePayment(Kind(str(row["kind"])), code, day, str(row["store"]), str(row["chain"]), settles, line)


def _instant(digits: str, line: int, column: int) -> datetime:
    """Japanese time, as the store's clock had it."""
    try:
        if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
            raise ValueError
        return datetime.strptime(digits, "%Y%m%d%H%M").replace(tzinfo=TOKYO)
    except ValueError as error:
        raise FileRefused(line, column, DAY) from error
