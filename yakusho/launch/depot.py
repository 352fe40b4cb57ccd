"""Where backups lie: one folder of boxes for the data, another for the keys; what is whole and what is not."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from yakusho.launch.say import Stop, line
from yakusho.launch.sealing import Key

JAPAN = timezone(timedelta(hours=9))
STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"\d{8}T\d{6}Z")
SEGMENT = re.compile(r"[0-9A-F]{24}")


@dataclass(frozen=True)
class Depot:
    """The folder of the data, and the folder of what opens it."""

    data: Path
    keys: Path

    @property
    def checkpoints(self) -> Path:
        return self.data / "checkpoints"

    def wal(self, system: str) -> Path:
        return self.data / "wal" / system

    @property
    def lock(self) -> Path:
        return self.keys / "lock.json"


@dataclass(frozen=True)
class Backup:
    """One whole backup and what it says of itself; no person is named there."""

    folder: Path
    facts: dict[str, Any]

    @property
    def ended(self) -> datetime:
        return datetime.fromisoformat(self.facts["ended"])

    def box(self, name: str) -> Path:
        return self.folder / f"{name}.box"


def keys_of(data: Path) -> Path:
    """The folder of the keys where none is named: beside the data's, so that whoever takes the one has not the other."""
    return data.with_name(f"{data.name}.keys")


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime(STAMP)


def write_manifest(folder: Path, facts: dict[str, Any], key: Key) -> None:
    """Last of all, and lasting: with it a backup is whole."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    put(folder / "manifest.json", json.dumps({"facts": facts, "tag": key.tag(text)}, ensure_ascii=False, indent=2))


def check_manifest(backup: Backup, key: Key) -> None:
    """Was it written by this house, and are its boxes there in their size?"""
    written = json.loads((backup.folder / "manifest.json").read_text("utf-8"))
    if written.get("tag") != key.tag(json.dumps(backup.facts, ensure_ascii=False, sort_keys=True)):
        raise Stop(f"目録が書き換えられています。 / The manifest was changed: {backup.folder / 'manifest.json'}")
    for name, box in backup.facts["boxes"].items():
        if not backup.box(name).is_file() or backup.box(name).stat().st_size != box["bytes"]:
            raise Stop(f"控えの箱がないか、欠けています。 / A box is missing or cut off: {backup.box(name)}")


def read(folder: Path) -> Backup | None:
    """The backup in this folder; none where it is not whole."""
    try:
        facts = json.loads((folder / "manifest.json").read_text("utf-8"))["facts"]
        return Backup(folder, facts) if NAME.fullmatch(folder.name) and facts["ended"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def backups(data: Path) -> list[Backup]:
    """All whole backups, the oldest first."""
    return [found for folder in sorted(data.glob("*T*Z")) if (found := read(folder))]


def choose(path: Path, until: datetime | None) -> Backup:
    """The backup of that folder; of a depot the last one that had ended by then."""
    if not path.is_dir():
        raise Stop(f"控えがありません。 / There is no backup: {path}", 2)
    if NAME.fullmatch(path.name):
        if found := read(path):
            return _ended_by(found, until)
        raise Stop(f"この控えは完成していないか、目録が壊れています。 / Not a whole backup: {path}", 2)
    found_all = backups(path)
    if not found_all:
        raise Stop(f"完成した控えがありません。 / No whole backup is in {path}", 2)
    before = [one for one in found_all if until is None or one.ended <= until]
    return before[-1] if before else _ended_by(found_all[0], until)


def _ended_by(backup: Backup, until: datetime | None) -> Backup:
    if until is not None and until < backup.ended:
        raise Stop(
            f"その時刻はこの控えより前です（控えの終わり {local(backup.ended)}）。 / "
            f"That minute is before the backup, which ended at {local(backup.ended)}; choose an older one.",
            2,
        )
    return backup


def local(at: datetime) -> str:
    return at.astimezone(JAPAN).isoformat(sep=" ", timespec="seconds")


def retain(depot: Depot, keep: int) -> list[str]:
    """Drop the oldest backups beyond so many, then what only they needed; the names of the dropped ones."""
    found = backups(depot.data)
    old, kept = found[:-keep], found[-keep:]
    for backup in old:
        draft = backup.folder.with_suffix(".draft")
        backup.folder.rename(draft)  # never a half backup that looks whole
        shutil.rmtree(draft)
    needed = {(one.facts["system"], one.facts["first_segment"]) for one in kept}
    for folder in (depot.data / "wal").glob("*"):
        first = min((segment for system, segment in needed if system == folder.name), default="~")
        _drop(path for path in folder.glob("*.box") if path.name[:24] < first)
    oldest = stamp(kept[0].ended)
    spare = [path for path in sorted(depot.keys.glob("secrets-*.box")) if path.stem[8:] < oldest]
    _drop(iter(spare[:-1]))  # the newest from before the oldest backup belongs to it
    _drop(path for path in depot.checkpoints.glob("*") if int(path.name) < kept[0].facts["record"]["size"])
    return [one.folder.name for one in old]


def _drop(paths: Iterator[Path]) -> None:
    for path in paths:
        path.unlink()


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """A folder that gets its name when all that belongs into it is there; otherwise it is gone."""
    draft = folder.with_suffix(".draft")
    try:
        draft.mkdir(mode=0o700)
        yield draft
        sync(draft)
        draft.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def sweep(data: Path) -> None:
    """Remains of a backup that was cut off."""
    for path in data.glob("*T*Z.draft"):
        shutil.rmtree(path, ignore_errors=True)
        line(f"  途中で切れた控えを片づけました。 / Cleared away an interrupted backup: {path.stem}")


def put(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk."""
    draft = path.with_name(f".{path.name}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
