"""Stamps: small files that say for which sources a step was done; written last, so half-done is not done."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *, root: Path) -> str:
    """Of names and contents: changes when one of the files does."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def listing(paths: Iterable[Path], *, root: Path) -> str:
    """Of names, sizes and times: cheap, for many files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        found = path.stat()
        total.update(f"{path.relative_to(root)}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return total.hexdigest()


def read(stamp: Path) -> str:
    return stamp.read_text("utf-8").removesuffix("\n") if stamp.is_file() else ""


def put(stamp: Path, mark: str) -> None:
    draft = stamp.with_name(f"{stamp.name}.draft")
    draft.write_text(mark + "\n", "utf-8")
    draft.replace(stamp)
