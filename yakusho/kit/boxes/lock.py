"""錠 The house's key for its boxes, locked by a passphrase that people keep; whoever has lost it has lost the backups."""

from __future__ import annotations

import hashlib
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "yakusho-lock-1"
COST = 2**17  # scrypt's N, with r 8 and p 1: 128 MB and some tenths of a second a try (OWASP's first choice of 2024)
DEAREST = 2**20  # what a lock from elsewhere may ask of this machine
SHORTEST = 16


class Wrong(Exception):
    """合言葉が違います。 / The passphrase is wrong, or the lock is damaged."""


def _derived(passphrase: str, salt: bytes, cost: int) -> AESGCM:
    if not COST <= cost <= DEAREST:
        raise ValueError(f"a lock of cost {cost}")
    word = "".join(passphrase.split()).encode()
    return AESGCM(hashlib.scrypt(word, salt=salt, n=cost, r=8, p=1, maxmem=2**11 * cost, dklen=32))


def made(passphrase: str) -> tuple[bytes, str]:
    """A new key, and the text of its lock."""
    if len("".join(passphrase.split())) < SHORTEST:
        raise ValueError(f"a passphrase has at least {SHORTEST} characters")
    key, salt, nonce = os.urandom(32), os.urandom(16), os.urandom(12)
    sealed = _derived(passphrase, salt, COST).encrypt(nonce, key, FORMAT.encode())
    return key, json.dumps(
        {"format": FORMAT, "cost": COST, "salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}
    )


def unlocked(lock: str, passphrase: str) -> bytes:
    """The key. Raises Wrong."""
    try:
        parts = json.loads(lock)
        salt, nonce, sealed = (bytes.fromhex(parts[name]) for name in ("salt", "nonce", "sealed"))
        return _derived(passphrase, salt, parts["cost"]).decrypt(nonce, sealed, FORMAT.encode())
    except (ValueError, KeyError, TypeError, InvalidTag) as error:
        raise Wrong("passphrase or lock") from error
