"""荷 Files and whole folders in boxes."""

from __future__ import annotations

import os
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yakusho.kit.boxes.box import PIECE, Broken, Sealer, opened

BLOCK = 2**16
EMPTY = bytes(BLOCK)


class Stream:
    """Pieces of a box as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._waiting = pieces, bytearray()

    def read(self, size: int) -> bytes:
        """So many bytes, fewer only at the end."""
        while len(self._waiting) < size and (piece := next(self._pieces, b"")):
            self._waiting += piece
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken

    def finish(self) -> None:
        """Read what is left, so that the end of the box is proved too."""
        for _ in self._pieces:
            self._waiting.clear()


def pack(folder: Path, box: Path, *, key: bytes, name: str) -> dict[str, int | str]:
    """Everything below a folder into one box: plain files and folders, nothing else is there."""
    files = 0
    with box.open("xb") as target:
        sealer = Sealer(target, key=key, name=name)
        sink: Any = sealer
        with tarfile.open(mode="w|", fileobj=sink, bufsize=PIECE, format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(folder.rglob("*")):
                mode = path.lstat().st_mode
                if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                    raise Broken(f"{path} is neither a file nor a folder")
                tar.add(path, str(path.relative_to(folder)), recursive=False)
                files += stat.S_ISREG(mode)
        sealer.close()
    return {"bytes": sealer.bytes, "sha256": sealer.digest.hexdigest(), "files": files, "plain": sealer.plain}


def unpack(box: Path, folder: Path, *, key: bytes, name: str) -> int:
    """Put a packed folder back, readable by its owner alone; how many files. Raises Broken."""
    files = 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with box.open("rb") as source:
        stream: Any = Stream(opened(source, key=key, name=name))
        with tarfile.open(mode="r|", fileobj=stream, bufsize=PIECE) as tar:
            for member in tar:
                target = folder / member.name
                if member.name.startswith("/") or ".." in Path(member.name).parts:
                    raise Broken(f"{member.name} leads out of the folder")
                if member.isdir():
                    target.mkdir(mode=0o700, exist_ok=True)
                elif member.isreg() and (data := tar.extractfile(member)):
                    _write(target, iter(lambda data=data: data.read(PIECE), b""))
                    files += 1
        stream.finish()
    return files


def seal(source: Path, box: Path, *, key: bytes, name: str) -> None:
    """One file into one box, which appears when it is whole."""
    draft = box.with_name(f".{box.name}.draft")
    with source.open("rb") as data, draft.open("wb") as target:
        sealer = Sealer(target, key=key, name=name)
        for piece in iter(lambda: data.read(PIECE), b""):
            sealer.write(piece)
        sealer.close()
    draft.replace(box)


def unseal(box: Path, target: Path, *, key: bytes, name: str) -> None:
    """One file out of its box. Raises Broken; then there is no file."""
    draft = target.with_name(f".{target.name}.draft")
    try:
        with box.open("rb") as source:
            _write(draft, opened(source, key=key, name=name))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    """A file with holes where nothing but zeros is: a log segment is mostly empty."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            for start in range(0, len(piece), BLOCK):
                block = piece[start : start + BLOCK]
                if block == EMPTY:
                    file.seek(BLOCK, os.SEEK_CUR)
                else:
                    file.write(block)
        file.truncate()
