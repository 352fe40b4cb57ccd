"""Keys of the record, kept outside the database: files that the launcher makes and their owner alone reads."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yakusho.blocks.audit._internal.note import Signer

BYTES = 32


class NoKey(RuntimeError):
    """監査記録の鍵がありません。 / A key of the record is missing or damaged.

    Without it there is no evidence, so nothing may be done.
    """


def subject_key() -> bytes:
    """The key of the keyed hashes that stand for people in the record.

    Never made here: a second key would split each person in two.
    """
    return _read(f"{settings.SECRETS}/subject_key")


def signer() -> Signer:
    """The key that signs checkpoints, under the log's name; made at first use where the launcher has made none."""
    path = Path(settings.SECRETS) / "log_key"
    if not path.exists():
        _make(path)
    return Signer(origin(), _read(str(path)))


def origin() -> str:
    """The log's name, first line of each checkpoint."""
    return f"yakusho/{Path(settings.CITY_DIR).name}/audit"


@lru_cache(maxsize=8)
def _read(name: str) -> bytes:
    path = Path(name)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise NoKey(f"{path.name} is missing or not hexadecimal") from error
    if len(key) != BYTES:
        raise NoKey(f"{path.name} has {len(key)} bytes, not {BYTES}")
    return key


def _make(path: Path) -> None:
    """Whole or not at all; the first of two makers wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
