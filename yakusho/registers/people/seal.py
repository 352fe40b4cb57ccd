"""封 Individual numbers and resident codes are kept encrypted, and found again by a keyed hash.

One secret (``number_key``) outside the database gives two keys: for AES-256-GCM and for HMAC-SHA-256. The person and the
kind are authenticated with the text, so that a number cannot be moved to another row.
"""

import hmac
from functools import cache
from secrets import token_bytes

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from yakusho.kit.numbers import individual_number, resident_code
from yakusho.registers.people.models.persons import NONCE
from yakusho.registers.people.terms import NumberKind

CHECKED = {NumberKind.INDIVIDUAL: individual_number, NumberKind.RESIDENT_CODE: resident_code}


@cache
def _key(use: bytes) -> bytes:
    secret = bytes.fromhex((settings.SECRETS / "number_key").read_text("ascii").strip())
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"yakusho people " + use).derive(secret)


def checked(number: str, *, kind: NumberKind) -> str:
    """検査 The plain digits; refuses WrongIndividualNumber, WrongResidentCode."""
    return CHECKED[kind](number)


def seal(number: str, *, person: int, kind: NumberKind) -> bytes:
    """暗号化 Nonce, digits encrypted, tag; refuses a wrong check digit before anything is encrypted."""
    return _seal(checked(number, kind=kind), person, kind)


def both(number: str, *, person: int, kind: NumberKind) -> tuple[bytes, bytes]:
    """暗号文と鍵付きハッシュ What :func:`seal` and :func:`digest` give, the number being checked once."""
    plain = checked(number, kind=kind)
    return _seal(plain, person, kind), _digest(plain, kind)


def opened(sealed: bytes, *, person: int, kind: NumberKind) -> str:
    """復号 The digits; raises InvalidTag when the text was changed or belongs to another person."""
    return _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], _about(person, kind)).decode("ascii")


def digest(number: str, *, kind: NumberKind) -> bytes:
    """鍵付きハッシュ 32 bytes that are equal for equal numbers and say nothing without the key."""
    return _digest(checked(number, kind=kind), kind)


@cache
def _cipher() -> AESGCM:
    return AESGCM(_key(b"seal"))


def _seal(plain: str, person: int, kind: NumberKind) -> bytes:
    nonce = token_bytes(NONCE)
    return nonce + _cipher().encrypt(nonce, plain.encode("ascii"), _about(person, kind))


def _digest(plain: str, kind: NumberKind) -> bytes:
    return hmac.digest(_key(b"find"), f"{kind.value}:{plain}".encode(), "sha256")


def _about(person: int, kind: NumberKind) -> bytes:
    return f"{kind.value}:{person}".encode()
