"""出口の照合 The release gate: reads the finished bytes and compares them with what the register says now.

It knows neither template nor renderer nor sealing code. Nothing but what is wanted may stand on the paper: every page is
read by two readers, the frame is taken away, and what is left must be the wanted texts, in order, without remainder.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509

from yakusho.blocks.documents._internal.readers import Unreadable, read_glyphs, read_pdfium
from yakusho.blocks.documents._internal.signature import BadSeal, confirm

LINE = re.compile(r"ECP1\*([0-9a-f]{32})\*([0-9a-f]{24})\*(v[0-9a-f]{8})\*([0-9]{1,4})/([0-9]{1,4})\*")
SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
LOST = re.compile(r"[\s\u200b\u00ad\ufffe\u0002\-‐]+")  # white space, and hyphens that a line's end swallows
ALIKE = str.maketrans("～", "〜")  # one glyph, one entry: readers cannot tell them apart


@dataclass(frozen=True)
class Wanted:
    """照合の基準 What one paper must be, fetched from the register after it was rendered. All texts, no objects."""

    rid: str
    subject: str
    version: str
    number: str
    address: str
    city: str
    title: str
    code: str
    texts: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    number_unused: bool = True
    note: str = "電子署名された原本は、二次元コードの先で確かめられます。"


@dataclass(frozen=True, order=True)
class Doubt:
    """疑い What is wrong, without personal data: a code, and where."""

    code: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.where}".strip()


def loose(text: str) -> str:
    """What all readers agree on: NFC, no white space, no line-end hyphens, no variation selectors."""
    plain = LOST.sub("", unicodedata.normalize("NFC", text)).translate(ALIKE)
    return SELECTOR.sub("", plain)


def check(pdf: bytes, wanted: Wanted, certificate: x509.Certificate) -> list[Doubt]:
    """照合 Every doubt about the paper; an empty list releases it."""
    doubts = [] if wanted.number_unused else [Doubt("number", "used before")]
    try:
        confirm(pdf, certificate)
    except BadSeal as error:
        doubts.append(Doubt("seal", str(error)))
    try:
        doubts += _contents(pdf, wanted)
    except Unreadable as error:
        doubts.append(Doubt("unreadable", type(error.__cause__ or error).__name__))
    return sorted(set(doubts))


def _contents(pdf: bytes, wanted: Wanted) -> Iterator[Doubt]:
    glyphs, drawn = read_glyphs(pdf), read_pdfium(pdf)
    if glyphs.empty_box:
        yield Doubt("glyph", "an empty box was printed")
    if not glyphs.pages or len(glyphs.pages) != len(drawn.pages):
        yield Doubt("pages", "the readers disagree")
    for name, pages in (("own", glyphs.pages), ("pdfium", drawn.pages)):
        yield from _read(name, pages, wanted)
    for entry in (f"rid={wanted.rid}", f"subj={wanted.subject}", f"number={wanted.number}"):
        if entry not in glyphs.keywords:
            yield Doubt("metadata", entry.partition("=")[0])
    if drawn.codes != [wanted.address]:
        yield Doubt("qr", f"{len(drawn.codes)} codes, not the wanted one")


def _read(reader: str, pages: list[str], wanted: Wanted) -> Iterator[Doubt]:
    body = []
    for number, page in enumerate(pages, 1):
        text = loose(page)
        doubts = list(_line(text, number, len(pages), wanted))
        rest, missing = _without_frame(text, number, len(pages), wanted)
        body.append(rest)
        for doubt in (*doubts, *missing):
            yield Doubt(doubt.code, f"{reader} page {number}: {doubt.where}")
    printed = "".join(body)
    yield from (Doubt(code, f"{reader}: {where}") for code, where in _walk(printed, wanted))
    everything = unicodedata.normalize("NFKC", loose("".join(pages)))
    if any(unicodedata.normalize("NFKC", loose(text)) in everything for text in wanted.forbidden if loose(text)):
        yield Doubt("forbidden", reader)


def _line(text: str, page: int, pages: int, wanted: Wanted) -> Iterator[Doubt]:
    lines = LINE.findall(text)
    if len(lines) != 1 or text.count("ECP1") != 1:
        yield Doubt("line", f"{len(lines)} machine lines")
        return
    rid, subject, version, here, total = lines[0]
    for code, printed, right in (
        ("request", rid, wanted.rid),
        ("subject", subject, wanted.subject),
        ("version", version, wanted.version),
    ):
        if printed != right:
            yield Doubt(code, "another one")
    if (int(here), int(total)) != (page, pages):
        yield Doubt("pages", f"{here}/{total} as {page} of {pages}")


def _without_frame(text: str, page: int, pages: int, wanted: Wanted) -> tuple[str, list[Doubt]]:
    """The page without header and footer, each of which must stand there exactly once."""
    line = f"ECP1*{wanted.rid}*{wanted.subject}*{wanted.version}*{page}/{pages}*"
    head = f"{wanted.city}交付番号{wanted.number}請求番号{wanted.rid}"
    doubts = []
    for name, part in (("header", head), ("footer", line + f"{page}/{pages}頁" + wanted.note)):
        before, found, after = text.partition(loose(part))
        text = before + after
        if not found:
            doubts.append(Doubt("frame", name))
    return text, doubts


def _walk(printed: str, wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Take the wanted texts off the front, one after the other; whatever does not fit is a doubt."""
    expected = [wanted.title, f"確認番号{wanted.code}", *wanted.texts]
    at = 0
    for place, text in enumerate(expected):
        piece = loose(text)
        if not printed.startswith(piece, at):
            missing = printed.find(piece, at) < 0
            yield "text", f"{'missing' if missing else 'extra before'} text {place + 1} of {len(expected)}"
            return
        at += len(piece)
    if at != len(printed):
        yield "text", f"{len(printed) - at} characters too many at the end"
