"""One walk over a whole log: entries against tiles, tiles against each other, roots against signed heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yakusho.blocks.audit._internal import leaf, merkle
from yakusho.blocks.audit._internal.note import Head
from yakusho.blocks.audit._internal.tiles import BadTile, Tiles, name

LOST = bytes(32)  # stands for a hash that nobody has any more
Found = tuple[str, str]  # (kind, where)


class Walk:
    """Rebuilds the tree from the tiles while it compares each leaf with its entry in the database.

    A head is a root that must come out at its size: of a checkpoint, the published file, a witness.
    """

    def __init__(self, kept: Tiles, heads: Iterable[tuple[str, Head]]) -> None:
        self.kept, self.tree = kept, merkle.Frontier()
        self.heads: dict[int, list[tuple[str, bytes]]] = {}
        for where, head in heads:
            self.heads.setdefault(head.size, []).append((where, head.root))
        self.full: list[bytes] = []  # roots of the full tiles so far

    def run(self) -> Iterator[Found]:
        """Everything that does not agree, in the order of the log."""
        for start in range(0, self.kept.size, leaf.PAGE):
            end = min(start + leaf.PAGE, self.kept.size)
            entries = {placed.leaf: placed for placed in leaf.placed(start, end)}
            for first in range(start, end, 256):
                yield from self._tile(first // 256, entries)
        yield from self._upper_tiles()

    def _tile(self, index: int, entries: dict[int, leaf.Placed]) -> Iterator[Found]:
        places = range(index * 256, index * 256 + self.kept.width(0, index))
        told = [_told(entries.get(place)) for place in places]
        try:
            hashes = self.kept.hashes(0, index)
        except BadTile as error:
            yield "tile", str(error)
            hashes = [entry or LOST for entry in told]
        for place, entry, stored in zip(places, told, hashes, strict=True):
            if entry != stored:
                yield _difference(place, entries.get(place))
            self.tree.append(stored)
            yield from self._roots()
        if len(hashes) == 256:
            self.full.append(merkle.root_of(hashes))

    def _roots(self) -> Iterator[Found]:
        for where, root in self.heads.pop(self.tree.size, []):
            if self.tree.root() != root:
                yield "root", where

    def _upper_tiles(self) -> Iterator[Found]:
        """The levels above say again what the level below holds; proofs are made from them."""
        level, below = 1, self.full
        while below:
            above = []
            for index in range(-(-len(below) // 256)):
                expected = below[index * 256 : index * 256 + 256]
                try:
                    agrees = self.kept.hashes(level, index) == expected
                except BadTile:
                    agrees = False
                if not agrees:
                    yield "tile", name(level, index, len(expected))
                if len(expected) == 256:
                    above.append(merkle.root_of(expected))
            level, below = level + 1, above


def _told(placed: leaf.Placed | None) -> bytes | None:
    return merkle.leaf_hash(placed.data) if placed and placed.data is not None else None


def _difference(place: int, placed: leaf.Placed | None) -> Found:
    if placed is None:
        return "gap", f"leaf {place}"
    return ("missing" if placed.data is None else "changed"), f"leaf {place}, entry {placed.entry}"
