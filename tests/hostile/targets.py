"""Our own parsers as functions of bytes: each gives something or refuses; anything else is a finding."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from yakusho.blocks.collection.formats import store_files, zengin
from yakusho.blocks.collection.formats.refusals import FileRefused
from yakusho.blocks.documents._internal import qr, readers, signature
from yakusho.blocks.exchange import rules as hooks
from yakusho.blocks.jpki import cms, verification
from yakusho.blocks.pages import furigana
from yakusho.blocks.pages.forms import repair
from yakusho.kit import addresses, cells, names, numbers
from yakusho.kit.calendar import candidates, parse_day, parse_span
from yakusho.kit.refusal import Refusal
from yakusho.systems.city.resident_exchange.formats.columns import mapped
from yakusho.systems.city.resident_exchange.formats.persons_csv import read_sheet

AT = datetime(2026, 11, 23, tzinfo=UTC)
KEY = b"k" * 32
TOWNS = addresses.TownIndex(
    [
        addresses.TownName("内丸", "", "0200023", "0144000"),
        addresses.TownName("大通三丁目", "", "0200022", "0088003"),
        addresses.TownName("ケ", "", "", "1"),
    ],
    prefecture="岩手県",
    city="盛岡市",
)
BANK = zengin.Account("0122", "ｲﾜﾃ", "001", "ﾎﾝﾃﾝ", 1, "1234567")
REQUEST = zengin.Debits(
    zengin.Header("0000012345", "ﾓﾘｵｶｼ", "0601", BANK), (zengin.Debit(BANK, "ﾐﾎﾝ ﾊﾅｺ", 12_900, "R08-1"),)
)
Target = Callable[[bytes], object]


def text(data: bytes) -> str:
    """Bytes as somebody's typing."""
    return data.decode("utf-8", "replace")


def days(data: bytes) -> object:
    """日付 Typed in any way: what is read lies within what every reading says."""
    typed = text(data)
    every = candidates(typed)
    day = parse_day(typed)
    if day not in every:
        raise AssertionError(f"{typed!r}: {day} is no candidate")
    return parse_span(typed)


def places(data: bytes) -> object:
    """住所"""
    return addresses.normalise(text(data), TOWNS)


def called(data: bytes) -> object:
    """氏名と振り仮名 Folding twice changes nothing more."""
    typed = text(data)
    for fold in (names.kana_fold, names.kana_loose, names.kanji_fold, names.latin_fold, names.address_fold):
        once = fold(typed)
        if fold(once) != once:
            raise AssertionError(f"{fold.__name__}({typed!r}) is not settled: {once!r}")
    return names.name_text(typed), names.furigana(typed)


def sheets(data: bytes) -> object:
    """取込みCSV What is read can be written and read again."""
    sheet = read_sheet(data)
    again = read_sheet(cells.written([sheet.headings, *(row for _, row in sheet.rows)]).encode())
    if len(again.rows) != len(sheet.rows):
        raise AssertionError("rows were lost")
    return mapped(sheet.headings, {})


def digits(data: bytes) -> object:
    """検査数字"""
    typed = text(data)
    for read in (
        numbers.individual_number,
        numbers.corporate_number,
        numbers.local_government_code,
        numbers.insurer_number,
    ):
        try:
            read(typed)
        except Refusal:
            continue
    return numbers.residence_card_number(typed)


def signatures(data: bytes) -> object:
    """Webhookの署名"""
    id_, sent, signed, body = (data.split(b"\n", 3) + [b""] * 4)[:4]
    given = {"webhook-id": text(id_), "webhook-timestamp": text(sent), "webhook-signature": text(signed)}
    return hooks.verify(given, body, [hooks.secret_text(KEY), text(signed)], AT)


def targets_of_hooks(data: bytes) -> object:
    """Webhookの送り先"""
    host, port = hooks.check_url(text(data), allow_private=False)
    if not host or not 0 < port < 65_536:
        raise AssertionError((host, port))
    return host


def codes(data: bytes) -> object:
    """確認番号 Nobody guesses one."""
    number = qr.number_of(text(data), KEY)
    raise AssertionError(f"{data!r} was taken for {number}")


def certificates(data: bytes) -> object:
    """X.509"""
    return verification.read_certificate(data)


def documents(data: bytes) -> object:
    """CMS"""
    try:
        return cms.read(data, content=b"x")
    except ValueError as error:  # what verify_document turns into a refusal
        raise Refused from error


def tables_of_fonts(data: bytes) -> object:
    """ToUnicode"""
    try:
        return readers._table(data)
    except (ValueError, IndexError, TypeError) as error:  # what read_glyphs turns into Unreadable
        raise Refused from error


def elements(data: bytes) -> object:
    """DER of a seal"""
    try:
        return signature._signer(data)
    except (IndexError, ValueError) as error:  # what confirm turns into BadSeal
        raise Refused from error


def typing(data: bytes) -> object:
    """入力の補正 Mending twice changes nothing more."""
    typed = text(data)
    for mend in (repair.words, repair.lines, repair.kana, repair.digits, repair.code):
        once = mend(typed)
        if mend(once) != once:
            raise AssertionError(f"{mend.__name__}({typed!r}) is not settled: {once!r}")
    return repair.whole(typed)


def readings(data: bytes) -> object:
    """ふりがな"""
    return furigana.with_ruby(text(data))


def debits(data: bytes) -> object:
    """全銀 What is read is written and read again as the same."""
    found = zengin.read(data)
    if zengin.read(zengin.write(found)) != found:
        raise AssertionError(f"{data!r} is not settled")
    return found


def takings(data: bytes) -> object:
    """コンビニ収納データ One file in each of its forms; the last one has the last word."""
    for variant in store_files.VARIANTS:
        with suppress(FileRefused):
            return store_files.read_records(data, variant=variant)
    return store_files.read_csv(data)


class Refused(Exception):
    """Refused by a parser whose caller says the sentence."""


TARGETS: dict[str, tuple[Target, list[bytes]]] = {
    "days": (days, ["昭和45年3月5日".encode(), b"S45.3.5", b"1970-3-5", "令和元年５月１日".encode(), b"R8.11.23", b"5 March 1970", "明治33年頃".encode()]),
    "places": (places, ["盛岡市内丸12番2号".encode(), "岩手県盛岡市大通3-5-12 コーポ101".encode(), "〒020-0023内丸".encode()]),
    "called": (called, ["髙﨑".encode(), "葛\U000e0100城".encode(), "ﾀｶﾊｼ".encode(), "か\u3099".encode(), b"Smith"]),
    "sheets": (sheets, ["世帯番号,氏名\r\n1,髙﨑\r\n".encode(), b'"a\nb",c\n', "氏名\t性別\n".encode("cp932")]),
    "digits": (digits, [b"123456789018", b"8700110005901", b"032018", b"AB12345678CD"]),
    "signatures": (signatures, [b"msg_1\n1795392000\nv1,AAAA\n{}", b"a\n99999999999\nv1,x v2,y\n"]),
    "targets_of_hooks": (targets_of_hooks, [b"https://8.8.8.8/hook", b"https://[::1]:443/", b"https://a@b:c/"]),
    "codes": (codes, [b"0000-0000-0000-AAAA-AAAA-AAAA-AAAA", b"https://x/VERIFY/000000000000AAAAAAAAAAAAAAAA"]),
    "certificates": (certificates, [bytes.fromhex("3082010a3081b3a003020102020101300506032b6570"), b"-----BEGIN CERTIFICATE-----\n"]),
    "documents": (documents, [bytes.fromhex("308006092a864886f70d010702a0803080020101"), b"0\x80"]),
    "tables_of_fonts": (tables_of_fonts, [b"1 beginbfchar <0001> <0041> endbfchar", b"1 beginbfrange <0000> <0002> <0041> endbfrange"]),
    "elements": (elements, [bytes.fromhex("300d06092a864886f70d010702a000")]),
    "typing": (typing, ["１，０００円".encode(), "〒020-0866".encode(), "ﾀｶﾞﾊｼ".encode()]),
    "readings": (readings, ["<p>住民票《じゅうみんひょう》</p>".encode(), b"<script>x</script>"]),
    "debits": (debits, [zengin.write(REQUEST), zengin.write(REQUEST, code="ebcdic", newline="\r\n")]),
    "takings": (takings, ["種別,収納日,収納時刻,バーコード情報,コンビニ本部コード,店舗コード,振込日\r\n01,20260525,1931,EAN91929023252070000010123499900199999900106050,010,1,0\r\n".encode("cp932"), b"1".ljust(120) + b"2012026052519319192902325207000001012349990019999990010605000000".ljust(120) + b"9".ljust(120)]),
}  # fmt: skip


def attempt(name: str, data: bytes) -> bool:
    """Whether a target took these bytes; a refusal is an answer too, everything else is raised."""
    try:
        TARGETS[name][0](data)
    except (Refusal, Refused):
        return False
    return True
