"""全銀フォーマット（預金口座振替） Requests of direct debit to a bank and its results: 120 characters a record, one layout for both.

JIS X 0201 or EBCDIC with half-width kana; records follow each other or stand in lines. Source: 全国銀行協会 預金口座振替,
as described in banks' manuals. A file is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import ebcdic  # noqa: F401 - makes the codec known
from jaconv import z2h

from yakusho.blocks.collection.formats.fixed import Layout, Place, Row
from yakusho.blocks.collection.formats.refusals import (
    CHARACTER,
    EMPTY,
    KIND,
    LENGTH,
    ORDER,
    RESULT,
    TOTALS,
    TWICE,
    FileRefused,
)
from yakusho.kit.names import katakana

WIDTH = 120
CODECS = {"jis": "cp932", "ebcdic": "cp290"}
ALLOWED = frozenset(" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ().,-/\\｢｣ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝﾞﾟ")
SMALL = str.maketrans("ｧｨｩｪｫｬｭｮｯｰ", "ｱｲｳｴｵﾔﾕﾖﾂ-")


class Result(StrEnum):
    """振替結果コード What the bank says of one debit."""

    PAID = "0"  # 振替済（依頼では、まだ結果のない0）
    SHORT = "1"  # 資金不足
    NO_ACCOUNT = "2"  # 取引なし
    STOPPED_BY_PAYER = "3"  # 預金者の都合による停止
    NO_MANDATE = "4"  # 預金口座振替依頼書なし
    STOPPED_BY_CITY = "8"  # 委託者の都合による停止
    OTHER = "9"  # その他


class First(StrEnum):
    """新規コード Whether the account is debited for the first time."""

    OTHER = "0"
    FIRST = "1"
    CHANGED = "2"


@dataclass(frozen=True)
class Account:
    """口座 Bank, branch, type (1 普通, 2 当座, 3 納税準備, 9 その他) and number, with their names in half-width kana."""

    bank: str
    bank_name: str
    branch: str
    branch_name: str
    type: int
    number: str


@dataclass(frozen=True)
class Header:
    """ヘッダー Who asks for the debits, the day (MMDD), and the account that receives them."""

    client: str
    client_name: str
    day: str
    account: Account


@dataclass(frozen=True)
class Debit:
    """データ One debit in yen; ``customer`` is the city's own number of it (up to 20 characters)."""

    account: Account
    holder: str
    yen: int
    customer: str
    first: First = First.OTHER
    result: Result = Result.PAID


@dataclass(frozen=True)
class Debits:
    """口座振替ファイル A header and its debits; ``returned`` when the bank has filled in the results."""

    header: Header
    debits: tuple[Debit, ...]
    returned: bool = False


def _layout(*places: Place) -> Layout:
    return Layout(places, allowed=ALLOWED)


def _receiver() -> tuple[Place, ...]:
    return (
        Place("bank", "D", 4),
        Place("bank_name", "C", 15),
        Place("branch", "D", 3),
        Place("branch_name", "C", 15),
    )


HEADER = _layout(
    Place("", "N", 1, "1"),
    Place("", "N", 2, "91"),
    Place("code", "N", 1),
    Place("client", "D", 10),
    Place("client_name", "C", 40),
    Place("day", "D", 4),
    *_receiver(),
    Place("type", "N", 1),
    Place("number", "D", 7),
    Place("", "C", 17),
)
DATA = _layout(
    Place("", "N", 1, "2"),
    *_receiver(),
    Place("", "C", 4),
    Place("type", "N", 1),
    Place("number", "D", 7),
    Place("holder", "C", 30),
    Place("yen", "N", 10),
    Place("first", "D", 1),
    Place("customer", "C", 20),
    Place("result", "D", 1),
    Place("", "C", 8),
)
TRAILER = _layout(
    Place("", "N", 1, "8"),
    *(
        Place(f"{part}_{what}", "N", width)
        for part in ("all", "paid", "failed")
        for what, width in (("count", 6), ("yen", 12))
    ),
    Place("", "C", 65),
)
END = _layout(Place("", "N", 1, "9"), Place("", "C", 119))


def bank_text(name: str) -> str:
    """口座名義の文字 A name in the letters that banks use: half-width kana and capitals, small kana large, ー as -."""
    return z2h(katakana(name), kana=True, ascii=True, digit=True).upper().translate(SMALL).replace("　", " ")


def totals(debits: Sequence[Debit], *, returned: bool) -> dict[str, int]:
    """トレーラー Counts and yen of all; in a returned file, of those paid and not."""
    paid = [one for one in debits if one.result == Result.PAID] if returned else []
    failed = [one for one in debits if one.result != Result.PAID] if returned else []
    sums = {}
    for part, some in (("all", debits), ("paid", paid), ("failed", failed)):
        sums |= {f"{part}_count": len(some), f"{part}_yen": sum(one.yen for one in some)}
    return sums


def write(file: Debits, *, code: str = "jis", newline: str = "") -> bytes:
    """口座振替ファイルの作成 The bytes of a file; `code` jis or ebcdic. ValueError for what does not fit."""
    header = vars(file.header) | vars(file.header.account) | {"code": int(code == "ebcdic")}
    records = [HEADER.write(header)]
    records += [DATA.write(vars(one) | vars(one.account)) for one in file.debits]
    records += [TRAILER.write(totals(file.debits, returned=file.returned)), END.write({})]
    return "".join(record + newline for record in records).encode(CODECS[code])


def read(data: bytes) -> Debits:
    """口座振替ファイルの読込み A whole file in either code. Refusals: FileRefused with line and column."""
    records = list(_records(data))
    kinds = "".join(record[0] for record in records)
    if kinds != f"1{'2' * (len(records) - 3)}89":
        raise FileRefused(_out_of_order(kinds), 1, ORDER)
    header = HEADER.read(records[0], line=1)
    debits = tuple(_debit(DATA.read(record, line=line), line) for line, record in enumerate(records[1:-2], 2))
    _check_customers(debits)
    said = TRAILER.read(records[-2], line=len(records) - 1)
    END.read(records[-1], line=len(records))
    returned = bool(said["paid_count"] or said["failed_count"])
    for name, value in totals(debits, returned=returned).items():
        if said[name] != value:
            raise FileRefused(len(records) - 1, TRAILER.column(name), TOTALS)
    client, client_name, day = (str(header[name]) for name in ("client", "client_name", "day"))
    return Debits(Header(client, client_name, day, _account(header)), debits, returned)


def _records(data: bytes) -> Iterator[str]:
    if not data:
        raise FileRefused(1, 1, EMPTY)
    codec = CODECS["ebcdic" if data[:1] == b"\xf1" else "jis"]
    for line, raw in enumerate(_pieces(data, "\r\n".encode(codec), "\x1a".encode(codec)), 1):
        if len(raw) != WIDTH:
            raise FileRefused(line, min(len(raw), WIDTH) + 1, LENGTH)
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError as error:
            raise FileRefused(line, error.start + 1, CHARACTER) from error
        if len(text) != WIDTH:  # a character of two bytes
            raise FileRefused(line, next(at for at, one in enumerate(text, 1) if one not in ALLOWED), CHARACTER)
        yield text


def _pieces(data: bytes, line_end: bytes, file_end: bytes) -> list[bytes]:
    """Records in lines, or one after the other; the mark of a file's end is nobody's."""
    body = data.rstrip(file_end)
    carriage, feed = line_end[:1], line_end[1:]
    if feed in body:
        lines = body.split(feed)
        return [line.removesuffix(carriage) for line in (lines[:-1] if not lines[-1] else lines)]
    return [body[at : at + WIDTH] for at in range(0, len(body), WIDTH)]


def _out_of_order(kinds: str) -> int:
    """The first line at which a file goes wrong: a header only at the start, an end only after a trailer."""
    after = {"": "1", "1": "28", "2": "28", "8": "9", "9": ""}
    before = ""
    for line, kind in enumerate(kinds, 1):
        if kind not in after[before] or not kind.strip():
            return line
        before = kind
    return len(kinds) + 1


def _account(row: Row) -> Account:
    bank, bank_name, branch, branch_name, number = (
        str(row[name]) for name in ("bank", "bank_name", "branch", "branch_name", "number")
    )
    return Account(bank, bank_name, branch, branch_name, int(row["type"]), number)


def _debit(row: Row, line: int) -> Debit:
    if row["first"] not in set(First):
        raise FileRefused(line, DATA.column("first"), KIND)
    if row["result"] not in set(Result):
        raise FileRefused(line, DATA.column("result"), RESULT)
    first, result = First(str(row["first"])), Result(str(row["result"]))
    return Debit(_account(row), str(row["holder"]), int(row["yen"]), str(row["customer"]), first, result)


def _check_customers(debits: Sequence[Debit]) -> None:
    seen: set[str] = set()
    for line, one in enumerate(debits, 2):
        if one.customer in seen:
            raise FileRefused(line, DATA.column("customer"), TWICE)
        seen.add(one.customer)
