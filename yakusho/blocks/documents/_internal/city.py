"""発行者 Who issues: names and keys of the city, from its configuration and its folder of secrets."""

import hmac
import os
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from yakusho.blocks.documents._internal import city_seal
from yakusho.blocks.documents._internal.seal import Seal


@dataclass(frozen=True)
class Issuer:
    """発行者 What every paper of this city says about the city."""

    city: str
    mayor: str
    seal: str
    sample: bool
    address: str


def issuer() -> Issuer:
    """The city of this house."""
    city = settings.CITY
    mayor = f"{city['mayor']['title']} {city['mayor']['name']}"
    return Issuer(city["name"], mayor, city["signing"]["label"], settings.SAMPLE_CITY, address())


def address() -> str:
    """Where papers are verified: the public host by TLS, or this machine's own address in a sample city."""
    given = os.environ.get("YAKUSHO_ADDRESS", "")
    host = os.environ.get("YAKUSHO_HOST", "")
    return given or (f"https://{host}" if host else f"http://localhost:{os.environ.get('YAKUSHO_PORT', '8000')}")


@cache
def _seed(folder: Path, name: str) -> bytes:
    return bytes.fromhex((folder / name).read_text("ascii").strip())


def key(name: str, use: str) -> bytes:
    """A key for one use, derived from a secret of the house."""
    return hmac.digest(_seed(Path(settings.SECRETS), name), f"documents:{use}".encode(), "sha256")


def state() -> Path:
    """The folder of this machine's state."""
    return Path(settings.STATE)


def seal(at: datetime | None = None) -> Seal:
    """The city's seal that is in force. A sample city makes its own when the first paper is sealed. Raises SealMissing."""
    folder = Path(settings.SECRETS)
    if at is not None and settings.SAMPLE_CITY and not (folder / city_seal.KEY).exists():
        city_seal.make(folder, city=settings.CITY["name"], label=settings.CITY["signing"]["label"], at=at)
    return city_seal.load(folder)
