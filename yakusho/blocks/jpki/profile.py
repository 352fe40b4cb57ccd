"""JPKIの証明書 The shape of the two certificates on a My Number card (公的個人認証法; J-LIS profile).

OIDs, era-coded birth dates and 0/1 position strings as published code reads them from real cards. The list of accepted
policies is data of the trust list, because phones and test cards have their own.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat import asn1
from cryptography.x509.oid import ExtendedKeyUsageOID

from yakusho.kit.eras import era_on

_ARC = "1.2.392.200149.8.5"
ITEMS = {
    "name": x509.ObjectIdentifier(f"{_ARC}.5.1"),
    "name_substituted": x509.ObjectIdentifier(f"{_ARC}.5.2"),
    "sex": x509.ObjectIdentifier(f"{_ARC}.5.3"),
    "born": x509.ObjectIdentifier(f"{_ARC}.5.4"),
    "address": x509.ObjectIdentifier(f"{_ARC}.5.5"),
    "address_substituted": x509.ObjectIdentifier(f"{_ARC}.5.6"),
}
ERA_LETTERS = "MTSHR"  # 元号1桁: 1 is 明治
CLIENT_AUTH = ExtendedKeyUsageOID.CLIENT_AUTH


# What the parsers of the library raise when somebody sends something else than a certificate, a list or an answer.
UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


class Kind(StrEnum):
    """証明書の種類 Which of the two certificates: 署名用 (names its holder) or 利用者証明用 (names nobody)."""

    SIGNATURE = "signature"
    AUTHENTICATION = "authentication"


POLICIES = {
    Kind.SIGNATURE: frozenset({f"{_ARC}.1.1.20"}),
    Kind.AUTHENTICATION: frozenset({f"{_ARC}.1.3.30"}),
}


@dataclass(frozen=True)
class FourItems:
    """基本4情報 Name, birth date, sex and address in a signature certificate, and where characters were substituted.

    `sex` is 1 男, 2 女, 3 不明. `name_substituted` and `address_substituted` hold one "0" or "1" a character:
    1 marks a 代替文字, which stands for a character that the certificate cannot carry.
    """

    name: str
    born: date
    sex: str
    address: str
    name_substituted: str = ""
    address_substituted: str = ""


def read_born(text: str) -> date:
    """生年月日 Read the era digit and eight western digits ("319900102" → 1990-01-02); ValueError when incomplete."""
    if len(text) != 9 or not text.isascii() or not text.isdigit() or not 1 <= int(text[0]) <= len(ERA_LETTERS):
        raise ValueError("birth date is not an era digit and eight digits")
    return date(int(text[1:5]), int(text[5:7]), int(text[7:9]))


def write_born(born: date) -> str:
    """生年月日 The era digit and eight western digits of a birth date."""
    era = era_on(born)
    digit = ERA_LETTERS.index(era.letter) + 1 if era else 1
    return f"{digit}{born:%Y%m%d}"


def read_items(certificate: x509.Certificate) -> FourItems:
    """基本4情報 Read the six otherName items; ValueError when one is missing, doubled or malformed."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found: dict[x509.ObjectIdentifier, str] = {}
    for other in names.get_values_for_type(x509.OtherName):
        if other.type_id in found:
            raise ValueError("an item stands twice")
        found[other.type_id] = asn1.decode_der(str, other.value)
    missing = [name for name, oid in ITEMS.items() if oid not in found]
    if missing:
        raise ValueError(f"items missing: {', '.join(missing)}")
    text = {name: found[oid] for name, oid in ITEMS.items()}
    born = read_born(text.pop("born"))
    if text["sex"] not in {"1", "2", "3"}:
        raise ValueError("sex is not 1, 2 or 3")
    return FourItems(born=born, **text)


def write_items(items: FourItems) -> x509.SubjectAlternativeName:
    """基本4情報 The subjectAltName that carries six items (for a test authority)."""
    text = {
        "name": items.name,
        "name_substituted": items.name_substituted or "0" * len(items.name),
        "sex": items.sex,
        "born": write_born(items.born),
        "address": items.address,
        "address_substituted": items.address_substituted or "0" * len(items.address),
    }
    return x509.SubjectAlternativeName(
        [x509.OtherName(ITEMS[name], asn1.encode_der(value)) for name, value in text.items()]
    )
