"""The tree's hashes as files in the layout of C2SP tlog-tiles: 256 hashes a file, one level for each 8 of the tree.

Files are written aside, synced and renamed, so that after a crash each one is whole or absent. Writing the same leaves
again gives the same files; only a signed checkpoint says which of them count.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from yakusho.blocks.audit._internal import merkle

WIDTH = 256
HEIGHT = 8
HASH = 32


class BadTile(Exception):
    """A tile that the tree needs is missing, short or unreadable."""


def name(level: int | str, index: int, width: int = WIDTH) -> str:
    """Path of a tile (or of an entry bundle: level "entries"): 1234067 is x001/x234/067."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{path}" + ("" if width == WIDTH else f".p/{width}")


def write(path: Path, data: bytes) -> None:
    """The file, whole or not at all, and still there after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def shape(size: int) -> list[tuple[int, int, int]]:
    """(level, index, width) of the rightmost tile of each level in a tree of this size."""
    found, level = [], 0
    while count := size >> HEIGHT * level:
        found.append((level, (count - 1) // WIDTH, (count - 1) % WIDTH + 1))
        level += 1
    return found


class Tiles:
    """The tiles of a tree of a known size, in a folder."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size

    def width(self, level: int, index: int) -> int:
        """How many hashes the tile has in a tree of this size."""
        return min(WIDTH, (self.size >> HEIGHT * level) - index * WIDTH)

    def read(self, level: int, index: int) -> bytes:
        """A tile as the tree of this size has it; a tile that has grown since begins with the same hashes."""
        width = self.width(level, index)
        for kept in dict.fromkeys((width, WIDTH)):
            path = self.folder / name(level, index, kept)
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                continue
            if width < 1 or len(data) != kept * HASH:
                raise BadTile(name(level, index, kept))
            return data[: width * HASH]
        raise BadTile(name(level, index, width))

    def hashes(self, level: int, index: int) -> list[bytes]:
        """The hashes of a tile one by one."""
        data = self.read(level, index)
        return [data[at : at + HASH] for at in range(0, len(data), HASH)]

    def node(self, level: int, index: int) -> bytes:
        """Hash of a complete subtree: between the levels that are kept it is computed from at most 128 hashes."""
        kept, rise = divmod(level, HEIGHT)
        first = index << rise
        tile = self.hashes(kept, first // WIDTH)
        part = tile[first % WIDTH : first % WIDTH + (1 << rise)]
        if len(part) != 1 << rise:
            raise BadTile(name(kept, first // WIDTH, len(tile)))
        return merkle.root_of(part)

    def frontier(self) -> merkle.Frontier:
        """The right edge, read from at most one tile a level."""
        return merkle.frontier(self.size, self.node)

    def grow(self, leaves: Sequence[bytes]) -> Tiles:
        """Write the tiles that these new leaf hashes touch; returns the larger tree. Nothing counts until signed."""
        larger = Tiles(self.folder, self.size + len(leaves))
        level, fresh = 0, list(leaves)
        while fresh:
            fresh = self._grow_level(larger, level, fresh)
            level += 1
        return larger

    def _grow_level(self, larger: Tiles, level: int, fresh: list[bytes]) -> list[bytes]:
        """Write one level; returns the hashes of the tiles that became full, which are new in the level above."""
        count = self.size >> HEIGHT * level
        index, filled = divmod(count, WIDTH)
        hashes = (self.hashes(level, index) if filled else []) + fresh
        full = []
        for at in range(0, len(hashes), WIDTH):
            tile = hashes[at : at + WIDTH]
            write(self.folder / name(level, index + at // WIDTH, len(tile)), b"".join(tile))
            if len(tile) == WIDTH:
                full.append(merkle.root_of(tile))
        return full

    def tidy(self, since: int) -> None:
        """Remove partial tiles whose full tile has come since the tree had ``since`` leaves, and is signed now."""
        for level, index, width in shape(since):
            if width < WIDTH and self.width(level, index) == WIDTH:
                partial = self.folder / name(level, index, 1)
                shutil.rmtree(partial.parent, ignore_errors=True)
