"""Secrets: made at random at the first start, one file each, readable by their owner alone."""

import os
import secrets
from pathlib import Path

from yakusho.launch.say import Stop

# what each is for; a name that is not here cannot be asked for
NAMES = {
    "db_superuser": "database administrator (postgres), used by the launcher alone",
    "db_owner": "owner of the tables: migrations",
    "db_app": "the serving programs",
    "db_render": "the paper renderer",
    "django_key": "signing of cookies and forms",
    "subject_key": "keyed hash of persons in the record",
    "number_key": "encryption of individual numbers",
    "identity_key": "encryption of sign-in secrets (one-time codes, recovery)",
    "seal_key": "seed of the city's seal",
    "log_key": "Ed25519 seed that signs checkpoints of the record",
    "hook_key": "signing of outgoing webhooks",
}
BYTES = 32


def secret(folder: Path, name: str) -> str:
    """The secret of that name, 64 hexadecimal digits (32 random bytes); made when it is not there yet."""
    if name not in NAMES:
        raise KeyError(f"no such secret: {name}")
    path = folder / name
    if not path.exists():
        _write_once(path, secrets.token_hex(BYTES))
    return path.read_text("ascii").strip()


def read(folder: Path, name: str) -> str:
    """The secret of that name; never made here, so that a lost key is noticed instead of replaced."""
    try:
        return (folder / name).read_text("ascii").strip()
    except FileNotFoundError:
        raise Stop(f"秘密 {name} がありません。 / The secret {name} is missing: `bin/yakusho secrets`.", 2) from None
    except PermissionError:
        raise Stop(
            f"秘密 {name} を読めません。 / The secret {name} is another user's; start as that user.", 2
        ) from None


def make_all(folder: Path) -> list[str]:
    """Make every missing secret; returns the names that were made."""
    missing = [name for name in NAMES if not (folder / name).exists()]
    for name in missing:
        secret(folder, name)
    return missing


def weaknesses(folder: Path) -> list[str]:
    """One sentence for each secret that is missing, guessable or open to others."""
    return [f"{name}: {fault}" for name in NAMES if (fault := _fault(folder / name))]


def _fault(path: Path) -> str:
    if not path.is_file():
        return "missing"
    if path.stat().st_mode & 0o077:
        return "open to other users"
    text = path.read_text("utf-8", "replace").strip()
    if len(text) < BYTES or len(set(text)) < 8:
        return "too weak, perhaps a default"
    return ""


def _write_once(path: Path, text: str) -> None:
    """Whole or not at all, also when interrupted; the first of two writers wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
