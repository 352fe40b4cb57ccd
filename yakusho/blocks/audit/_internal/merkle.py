"""Merkle tree of RFC 9162, section 2.1: hashes, roots and proofs. Knows no files and no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
Node = Callable[[int, int], bytes]  # (level, index) -> hash of the complete subtree over leaves index<<level …


def leaf_hash(data: bytes) -> bytes:
    """Hash of one entry; the prefix keeps an entry from posing as a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: enough to append and to give the root, whatever the size.

    ``hashes`` are the roots of the complete subtrees that make up the tree, the largest first: one for each 1 in the
    binary form of ``size``.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size, self.hashes = size, list(hashes)
        if size.bit_count() != len(self.hashes):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees")

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        carry = self.size
        while carry & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            carry >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Root of the tree so far."""
        if not self.hashes:
            return EMPTY_ROOT
        *left, root = self.hashes
        for subtree in reversed(left):
            root = node_hash(subtree, root)
        return root


def frontier(size: int, node: Node) -> Frontier:
    """The right edge of a tree whose complete subtrees are kept elsewhere."""
    hashes, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            hashes.append(node(level, start >> level))
            start += 1 << level
    return Frontier(size, hashes)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Root over the hashes of all leaves."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def _split(count: int) -> int:
    """The largest power of two below a count of two or more."""
    return 1 << (count - 1).bit_length() - 1


def _subtree(start: int, end: int, node: Node) -> bytes:
    """Root over the leaves [start, end), where start is a multiple of the power of two that covers the range."""
    count = end - start
    if count & (count - 1) == 0:
        return node(count.bit_length() - 1, start // count)
    half = start + _split(count)
    return node_hash(_subtree(start, half, node), _subtree(half, end, node))


def inclusion_proof(leaf: int, size: int, node: Node) -> list[bytes]:
    """The hashes that lead from a leaf to the root of a tree of this size, from the bottom up."""
    if not 0 <= leaf < size:
        raise ValueError(f"no leaf {leaf} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        half = start + _split(end - start)
        if leaf < half:
            path.append(_subtree(half, end, node))
            end = half
        else:
            path.append(_subtree(start, half, node))
            start = half
    return path[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The hashes that show a tree of ``old`` leaves to be the beginning of one of ``new`` leaves."""
    if not 0 < old <= new:
        raise ValueError(f"no proof from {old} to {new}")
    start, end, whole, path = 0, new, True, []
    while old != end:
        half = start + _split(end - start)
        if old <= half:
            path.append(_subtree(half, end, node))
            end = half
        else:
            path.append(_subtree(start, half, node))
            start, whole = half, False
    if not whole:
        path.append(_subtree(start, end, node))
    return path[::-1]


def inclusion_holds(*, leaf: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= leaf < size:
        return False
    index, last, found = leaf, size - 1, leaf_hash
    for step in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            found = node_hash(step, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = node_hash(found, step)
        index, last = index >> 1, last >> 1
    return last == 0 and found == root


def consistency_holds(*, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the old tree to be the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if old == new or not 0 < old < new:
        return old == new and not proof and old_root == new_root
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        return False
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            second = node_hash(second, step)
        index, last = index >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
