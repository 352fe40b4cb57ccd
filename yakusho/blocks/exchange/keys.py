"""署名鍵 Keys of endpoints, derived from the house's secret: the database holds none."""

import hmac
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def _house(path: Path) -> bytes:
    return bytes.fromhex(path.read_text("ascii").strip())


def key(*, endpoint: int, version: int) -> bytes:
    """32 bytes, the same whenever asked, telling nothing of any other key."""
    return hmac.digest(_house(settings.SECRETS / "hook_key"), f"webhook:{endpoint}:{version}".encode(), "sha256")


def keys(*, endpoint: int, versions: Iterable[int]) -> list[bytes]:
    """All keys in force of an endpoint, newest first."""
    return [key(endpoint=endpoint, version=version) for version in sorted(versions, reverse=True)]
