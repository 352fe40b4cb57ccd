"""確認用コード The verification address: certificate number and a keyed code against guessing, as a small QR code."""

import base64
import hmac
import re

import zxingcpp

from yakusho.blocks.documents.refusals import NoSuchPaper

CODE = re.compile(r"[0-9]{12}[A-Z2-7]{16}")


def code(number: str, key: bytes) -> str:
    """確認番号 The 12 digits of the certificate and 80 bits of HMAC-SHA-256 in base32: 28 characters."""
    mac = hmac.digest(key, b"documents.verify:" + number.encode(), "sha256")[:10]
    return number + base64.b32encode(mac).decode()


def number_of(typed: str, key: bytes) -> str:
    """The certificate number of a code as people type or scan it (small letters, hyphens, spaces).

    Refusals: NoSuchPaper, the same for a malformed code and a wrong one.
    """
    bare = re.sub(r"[\s\-‐－ー]", "", typed).upper().translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if not CODE.fullmatch(bare) or not hmac.compare_digest(bare, code(bare[:12], key)):
        raise NoSuchPaper
    return bare[:12]


def grouped(written: str) -> str:
    """The code in groups of four, as printed for typing."""
    return "-".join(written[i : i + 4] for i in range(0, len(written), 4))


def address(base: str, written: str) -> str:
    """The address in capitals and digits only, which keeps the QR code at version 3 or 4."""
    return f"{base.rstrip('/')}/VERIFY/{written}".upper()


def svg(text: str) -> str:
    """The QR code (error correction M) as SVG paths."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(barcode.to_svg())
