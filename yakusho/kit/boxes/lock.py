"""錠 The house's key for its boxes, locked by a passphrase that people keep; whoever has lost it has lost the backups."""

from __future__ import annotations

import hashlib
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "yakusho-lock-1"
COST = 2**16  # scrypt: 64 MB and a fifth of a second a try
SHORTEST = 16


class Wrong(Exception):
    """合言葉が違います。 / The passphrase is wrong, or the lock is damaged."""


def _derived(passphrase: str, salt: bytes) -> AESGCM:
    word = "".join(passphrase.split()).encode()
    return AESGCM(hashlib.scrypt(word, salt=salt, n=COST, r=8, p=1, maxmem=2**27, dklen=32))


def made(passphrase: str) -> tuple[bytes, str]:
    """A new key, and the text of its lock."""
    if len("".join(passphrase.split())) < SHORTEST:
        raise ValueError(f"a passphrase has at least {SHORTEST} characters")
    key, salt, nonce = os.urandom(32), os.urandom(16), os.urandom(12)
    sealed = _derived(passphrase, salt).encrypt(nonce, key, FORMAT.encode())
    return key, json.dumps({"format": FORMAT, "salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()})


def unlocked(lock: str, passphrase: str) -> bytes:
    """The key. Raises Wrong."""
    try:
        parts = json.loads(lock)
        salt, nonce, sealed = (bytes.fromhex(parts[name]) for name in ("salt", "nonce", "sealed"))
        return _derived(passphrase, salt).decrypt(nonce, sealed, FORMAT.encode())
    except (ValueError, KeyError, TypeError, InvalidTag) as error:
        raise Wrong("passphrase or lock") from error
