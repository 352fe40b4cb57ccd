"""確認コード One-time codes (RFC 6238): the secret encrypted at rest, each code good for one use."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from yakusho.blocks.identity.models import TotpDevice
from yakusho.blocks.identity.refusals import SignInFailed

STEP = 30  # seconds
NEIGHBOURS = (0, -1, 1)  # a step early or late: phones' clocks differ


def new_secret() -> str:
    """秘密 A new secret (base32, 160 bits)."""
    return pyotp.random_base32()


def address(secret: str, *, login: str, city: str) -> str:
    """登録用アドレス The otpauth:// address for the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=city)


def seal(secret: str, *, account: int) -> bytes:
    """暗号化 The secret encrypted for one account (AES-GCM)."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(_key()).encrypt(nonce, secret.encode(), b"totp:%d" % account)


def opened(sealed: bytes, *, account: int) -> str:
    """復号 The secret in clear. Refusals: SignInFailed."""
    try:
        return AESGCM(_key()).decrypt(sealed[:12], sealed[12:], b"totp:%d" % account).decode()
    except InvalidTag as error:
        raise SignInFailed from error


def use(account: int, code: str, *, at: datetime, confirming: bool) -> None:
    """使用 Accept a code that is right and newer than the last one. Refusals: SignInFailed."""
    device = TotpDevice.objects.select_for_update().filter(account=account, confirmed_at__isnull=confirming).first()
    if device is None:
        raise SignInFailed
    totp = pyotp.TOTP(opened(bytes(device.secret), account=account))
    now = int(at.timestamp()) // STEP
    given = "".join(code.split())
    step = next((now + n for n in NEIGHBOURS if pyotp.utils.strings_equal(totp.at((now + n) * STEP), given)), None)
    if step is None or step <= device.step:
        raise SignInFailed
    device.step, device.confirmed_at = step, device.confirmed_at or at
    device.save(update_fields=["step", "confirmed_at"])


def _key() -> bytes:
    stored = (settings.SECRETS / "identity_key").read_bytes()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"identity one-time codes").derive(stored)
