"""金庫 Files that wait to be imported hold individual numbers: they lie encrypted in the database, with a key that does not."""

import hmac
from secrets import token_bytes

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


def closed(data: bytes) -> bytes:
    """暗号化 Nonce, encrypted content, tag."""
    nonce = token_bytes(NONCE)
    return nonce + AESGCM(_key()).encrypt(nonce, data, b"upload")


def opened(sealed: bytes) -> bytes:
    """復号 The content; raises InvalidTag when it was changed."""
    return AESGCM(_key()).decrypt(sealed[:NONCE], sealed[NONCE:], b"upload")


def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"resident_exchange.upload", "sha256")
