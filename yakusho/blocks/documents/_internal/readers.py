"""読み取り Two readers of a finished PDF: PDFium for text and picture, and an own one over the glyph streams. They share no code.

The own reader follows each font's ToUnicode table, knows nothing of ActualText or layout, and sees glyph 0 (the empty box).
"""

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp

BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.S)
TOKEN = re.compile(rb"<([0-9a-fA-F\s]*)>|\[(.*?)\]", re.S)
QR_CORNER = (370.0, 640.0, 0.0, 30.0)  # left, bottom, right, top of the first page cut away, in points
QR_SCALE = 150 / 72
DEPTH = 4  # forms within forms
OPERATORS = "q Q Tf Tj TJ ' \" Do"


class Unreadable(ValueError):
    """The PDF could not be read, or holds what a paper never holds."""


@dataclass
class Glyphs:
    """読み取った文字 Text of each page, in the order it was written, and whether an empty box was printed."""

    pages: list[str] = field(default_factory=list)
    empty_box: bool = False
    keywords: str = ""


def _text(digits: bytes | None) -> str:
    if digits is None:
        raise ValueError("a list stands where one text belongs")
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def _table(stream: bytes) -> dict[int, str]:
    """Glyph code → text, from a ToUnicode table."""
    found: dict[int, str] = {}
    for kind, body in BLOCK.findall(stream):
        tokens = [(token[1], token[2]) for token in TOKEN.finditer(body)]
        if kind == b"bfchar":
            for (source, _), (target, _) in zip(tokens[::2], tokens[1::2], strict=True):
                found[int(source, 16)] = _text(target)
            continue
        for (first, _), (last, _), (target, several) in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=True):
            found.update(_range(int(first, 16), int(last, 16), target, several))
    return found


def _range(first: int, last: int, target: bytes | None, several: bytes | None) -> dict[int, str]:
    if several is not None:
        return dict(enumerate((_text(one[1]) for one in TOKEN.finditer(several)), first))
    start = _text(target or b"")
    return {code: start[:-1] + chr(ord(start[-1]) + code - first) for code in range(first, last + 1)}


class _Own:
    """One document; fonts are read once."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[int, int], dict[int, str]] = {}
        self.glyphs = Glyphs()

    def font(self, resources: Any, name: str) -> dict[int, str]:
        entry = resources.Font[name]
        if entry.objgen not in self.fonts:
            self.fonts[entry.objgen] = _table(entry.ToUnicode.read_bytes())
        return self.fonts[entry.objgen]

    def shown(self, operands: Any, font: dict[int, str]) -> Iterator[str]:
        for piece in operands[0] if isinstance(operands[0], pikepdf.Array) else operands:
            if isinstance(piece, pikepdf.String):
                raw = bytes(piece)
                half = len(raw) // 2
                codes = (*struct.unpack(f">{half}H", raw[: 2 * half]), *raw[2 * half :])
                self.glyphs.empty_box |= 0 in codes
                yield "".join([font.get(code, "\ufffd") for code in codes])

    def text(self, stream: Any, resources: Any, depth: int = 0) -> Iterator[str]:
        font: dict[int, str] = {}
        stack = []
        for operands, operator in pikepdf.parse_content_stream(stream, OPERATORS):
            match str(operator):
                case "Tf":
                    font = self.font(resources, str(operands[0]))
                case "q":
                    stack.append(font)
                case "Q":
                    font = stack.pop()
                case "Tj" | "TJ":
                    yield from self.shown(operands, font)
                case "'" | '"':
                    raise Unreadable("a way of writing text that our papers never use")
                case "Do":
                    yield from self.inside(resources.XObject[str(operands[0])], depth + 1)

    def inside(self, form: Any, depth: int) -> Iterator[str]:
        if depth > DEPTH:
            raise Unreadable("forms nested too deeply")
        if form.get("/Subtype") == "/Form":
            yield from self.text(form, form.get("/Resources", pikepdf.Dictionary()), depth)


def read_glyphs(pdf: bytes) -> Glyphs:
    """読み取り（自前） Text by glyph streams and ToUnicode. Raises Unreadable."""
    own = _Own()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            own.glyphs.keywords = str(document.docinfo.get("/Keywords", ""))
            for page in document.pages:
                own.glyphs.pages.append("".join(own.text(page, page.obj.get("/Resources"))))
    except Unreadable:
        raise
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError, IndexError, TypeError) as error:
        raise Unreadable(str(error)) from error
    return own.glyphs


@dataclass(frozen=True)
class Drawn:
    """読み取った文字と絵 Text of each page by PDFium, and the QR codes as they are drawn on the first page."""

    pages: list[str]
    codes: list[str]


def read_pdfium(pdf: bytes) -> Drawn:
    """読み取り（PDFium） Text of each page, QR codes from the rendered corner. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            first, *others = list(document)
            codes = _codes(first)
            return Drawn([_page_text(page) for page in (first, *others)], codes)
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise Unreadable(str(error)) from error


def _codes(page: Any) -> list[str]:
    picture = page.render(scale=QR_SCALE, crop=QR_CORNER, grayscale=True).to_numpy()
    return [code.text for code in zxingcpp.read_barcodes(picture.squeeze())]


def _page_text(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()
