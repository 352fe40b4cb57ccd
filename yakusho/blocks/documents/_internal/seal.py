"""電子公印 The city's seal on a finished PDF: PAdES-B-B, one incremental update, a kept key (some 1,500 a second).

It works on what Typst writes (one classic xref table, plain dictionaries) and refuses everything else loudly.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from yakusho.blocks.documents._internal.der import OCTETS, SEQUENCE, SET, algorithm, integer, oid, tlv

DATA, SIGNED_DATA, SHA256, RSA_SHA256 = (
    "1.2.840.113549.1.7.1",
    "1.2.840.113549.1.7.2",
    "2.16.840.1.101.3.4.2.1",
    "1.2.840.113549.1.1.11",
)
CONTENT_TYPE, MESSAGE_DIGEST, CERTIFICATE_V2 = (
    "1.2.840.113549.1.9.3",
    "1.2.840.113549.1.9.4",
    "1.2.840.113549.1.9.16.2.47",
)
ROOM = 8192  # hexadecimal digits kept for the signature
RANGE_WIDTH = 44
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.S)


class NotSealable(ValueError):
    """The PDF is not of the one shape that the seal extends."""


@dataclass(frozen=True)
class Seal:
    """公印の鍵 The key, its certificate and the issuers."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()

    @cached_property
    def _attributes(self) -> tuple[bytes, ...]:
        print_ = hashlib.sha256(self.certificate.public_bytes(Encoding.DER)).digest()
        v2 = tlv(SEQUENCE, tlv(SEQUENCE, tlv(SEQUENCE, tlv(OCTETS, print_))))
        return (
            tlv(SEQUENCE, oid(CONTENT_TYPE), tlv(SET, oid(DATA))),
            tlv(SEQUENCE, oid(CERTIFICATE_V2), tlv(SET, v2)),
        )

    @cached_property
    def _signer(self) -> bytes:
        return tlv(SEQUENCE, self.certificate.issuer.public_bytes(), integer(self.certificate.serial_number))

    @cached_property
    def _certificates(self) -> bytes:
        return tlv(0xA0, *sorted(c.public_bytes(Encoding.DER) for c in (self.certificate, *self.issuers)))

    def cms(self, digest: bytes) -> bytes:
        """署名 The detached CMS signature over a SHA-256 digest; the same digest gives the same bytes."""
        own = tlv(SEQUENCE, oid(MESSAGE_DIGEST), tlv(SET, tlv(OCTETS, digest)))
        body = b"".join(sorted((*self._attributes, own)))  # DER wants a SET OF in order
        signature = self.key.sign(tlv(SET, body), padding.PKCS1v15(), hashes.SHA256())
        signer = tlv(
            SEQUENCE,
            integer(1),
            self._signer,
            algorithm(SHA256),
            tlv(0xA0, body),  # signed as a SET, stored as [0]
            algorithm(RSA_SHA256),
            tlv(OCTETS, signature),
        )
        signed = tlv(
            SEQUENCE,
            integer(1),
            tlv(SET, algorithm(SHA256)),
            tlv(SEQUENCE, oid(DATA)),
            self._certificates,
            tlv(SET, signer),
        )
        return tlv(SEQUENCE, oid(SIGNED_DATA), tlv(0xA0, signed))

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """公印を押す The PDF with the city's signature over the entire file. Raises NotSealable."""
        update, hole, range_at = _update(pdf, at)
        parts = (0, len(pdf) + hole, len(pdf) + hole + ROOM + 2, len(update) - hole - ROOM - 2)
        written = b"[%d %d %d %d]" % parts
        update[range_at : range_at + RANGE_WIDTH] = written.ljust(RANGE_WIDTH)
        digest = hashlib.sha256(pdf)
        digest.update(memoryview(update)[:hole])
        digest.update(memoryview(update)[hole + ROOM + 2 :])
        signature = self.cms(digest.digest()).hex().encode()
        if len(signature) > ROOM:
            raise NotSealable("the signature does not fit its room")
        update[hole + 1 : hole + 1 + len(signature)] = signature
        return pdf + bytes(update)


@dataclass(frozen=True)
class _Structure:
    size: int
    root: int
    kept: bytes  # trailer entries that go on: Info, ID
    xref: int
    objects: dict[int, int]  # number → offset

    def dictionary(self, pdf: bytes, number: int) -> bytes:
        found = re.compile(rb"%d 0 obj\s*<<(.*?)>>\s*endobj" % number, re.S).match(
            pdf, self.objects.get(number, len(pdf))
        )
        if not found:
            raise NotSealable(f"object {number} is not a plain dictionary")
        return found[1]


def _structure(pdf: bytes) -> _Structure:
    end = TRAILER.search(pdf, max(0, len(pdf) - 2048))
    if not end or pdf.count(b"startxref") != 1 or b"/Prev" in end[1] or b"/Encrypt" in end[1]:
        raise NotSealable("not a single plain revision")
    table = re.compile(rb"xref\s+0 (\d+)\s+((?:\d{10} \d{5} [nf]\s*)+)trailer").match(pdf, int(end[2]))
    size, root = re.search(rb"/Size (\d+)", end[1]), re.search(rb"/Root (\d+) 0 R", end[1])
    if not table or not size or not root or table[1] != size[1]:
        raise NotSealable("the table of objects does not stand alone")
    lines = re.findall(rb"(\d{10}) \d{5} ([nf])", table[2])
    objects = {number: int(offset) for number, (offset, kind) in enumerate(lines) if kind == b"n"}
    kept = re.sub(rb"/Size \d+|/Root \d+ 0 R", b"", end[1])
    return _Structure(int(size[1]), int(root[1]), kept, int(end[2]), objects)


def _first_page(pdf: bytes, structure: _Structure, catalog: bytes) -> int:
    pages = re.search(rb"/Pages (\d+) 0 R", catalog)
    number = int(pages[1]) if pages else 0
    while (entry := structure.dictionary(pdf, number)) and b"/Kids" in entry:
        first = re.search(rb"/Kids\s*\[\s*(\d+) 0 R", entry)
        if not first:
            raise NotSealable("a page tree without pages")
        number = int(first[1])
    return number


def _update(pdf: bytes, at: datetime) -> tuple[bytearray, int, int]:
    """The incremental update, the place of the hole for the signature in it, and that of the byte range."""
    structure = _structure(pdf)
    catalog = structure.dictionary(pdf, structure.root)
    page_number = _first_page(pdf, structure, catalog)
    page = structure.dictionary(pdf, page_number)
    if b"/AcroForm" in catalog or b"/Annots" in page:
        raise NotSealable("forms and links cannot be sealed")
    widget, signature = structure.size, structure.size + 1
    form = b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>" % widget
    head = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(%s)/ByteRange" % _moment(at)
    objects = {
        structure.root: b"<<%s%s>>" % (catalog, form),
        page_number: b"<<%s/Annots[%d 0 R]>>" % (page, widget),
        widget: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/Rect[0 0 0 0]/F 132/P %d 0 R/V %d 0 R>>"
        % (page_number, signature),
        signature: head + b" " * RANGE_WIDTH + b"/Contents<" + b"0" * ROOM + b">>>",
    }
    update, offsets = bytearray(b"\n"), {}
    for number, body in objects.items():
        offsets[number] = len(pdf) + len(update)
        update += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    range_at = update.index(b"/ByteRange") + len(b"/ByteRange")
    hole = update.index(b"/Contents<") + len(b"/Contents")
    xref = len(pdf) + len(update)
    update += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n\r\n" % entry for entry in sorted(offsets.items()))
    trailer = (structure.size + 2, structure.root, structure.kept, structure.xref, xref)
    update += b"trailer\n<</Size %d/Root %d 0 R%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % trailer
    return update, hole, range_at


def _moment(at: datetime) -> bytes:
    zone = at.strftime("%z")
    return (at.strftime("D:%Y%m%d%H%M%S") + (f"{zone[:3]}'{zone[3:]}'" if zone else "Z")).encode()
