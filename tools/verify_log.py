#!/usr/bin/env python3
"""監査記録の検証 Verify an exported record of a city hall, with Python's standard library alone.

Shares no code with the program that wrote the record; written from RFC 9162 (Merkle tree), RFC 8032 (Ed25519) and C2SP
signed-note, tlog-checkpoint and tlog-tiles. What it proves: the checkpoint is signed by the key, every entry is in the
signed tree, one entry's place in it, and that an older checkpoint is its beginning. What it cannot prove: that the
checkpoint shown to you is the one shown to others. Keep checkpoints, and compare.

    python3 verify_log.py FOLDER [--key KEY] [--older CHECKPOINT] [--entry N] [--without-entries]

Exit 0: everything holds. Exit 1: it does not, or cannot be read; the reason is printed.
"""

import argparse
import base64
import binascii
import hashlib
import json
import sys
from pathlib import Path

WIDTH = 256
HASH = 32


class Bad(Exception):
    """Something does not hold; a sentence in Japanese and English."""


def need(holds, sentence):
    if not holds:
        raise Bad(sentence)


# ---- Ed25519, RFC 8032 section 5.1 ------------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)


def _add(a, b):
    """Sum of two points in extended coordinates (X, Y, Z, T), x = X/Z, y = Y/Z, xy = T/Z."""
    left, right = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    both, scale = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = right - left, scale - both, scale + both, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number, point):
    total = ZERO
    while number:
        if number & 1:
            total = _add(total, point)
        point, number = _add(point, point), number >> 1
    return total


def _point(data):
    """The point of an encoding of 32 bytes, or None where there is none."""
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = _point(bytes([0x58] + [0x66] * 31))


def ed25519_holds(key, message, signature):
    """Whether the signature (64 bytes) of the message is by this public key (32 bytes)."""
    if len(key) != HASH or len(signature) != 2 * HASH:
        return False
    public, commitment = _point(key), _point(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if None in (public, commitment) or answer >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(answer, BASE), _add(commitment, _times(challenge, public))
    return all((left[axis] * right[2] - right[axis] * left[2]) % P == 0 for axis in (0, 1))


# ---- Merkle tree, RFC 9162 section 2.1 --------------------------------------------------------------------------------


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def above(level):
    """The next level up; a last hash without a neighbour rises as it is."""
    pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return pairs + level[len(level) // 2 * 2 :]


def root(hashes):
    while len(hashes) > 1:
        hashes = above(hashes)
    return hashes[0] if hashes else hashlib.sha256(b"").digest()


def inclusion_path(level, index):
    """The neighbours on the way from a leaf to the root, each with the side on which it stands."""
    path = []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(("left" if index & 1 else "right", level[index ^ 1]))
        level, index = above(level), index // 2
    return path


def follow(leaf, path):
    """The root to which a path leads."""
    for side, neighbour in path:
        leaf = node_hash(neighbour, leaf) if side == "left" else node_hash(leaf, neighbour)
    return leaf


# ---- Signed checkpoints and tiles, C2SP -------------------------------------------------------------------------------


def _decoded(text):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def read_key(text):
    """(name, key id, public key) of `name+hash+base64`."""
    name, _, rest = text.strip().partition("+")
    key_id, _, coded = rest.partition("+")
    data = _decoded(coded)
    need(len(data) == 1 + HASH and data[0] == 1, "公開鍵が読めません。 / The public key cannot be read.")
    claimed = hashlib.sha256(f"{name}\n".encode() + data).digest()[:4]
    need(claimed.hex() == key_id, "公開鍵の識別子が合いません。 / The key does not have the id it claims.")
    return name, claimed, data[1:]


def open_checkpoint(note, key):
    """(size, root) that the note states, its signature proved."""
    name, key_id, public = key
    text, _, lines = note.rpartition("\n\n")
    text, signatures = text + "\n", []
    for line in lines.splitlines():
        parts = line.split(" ")
        data = _decoded(parts[-1])
        if len(parts) == 3 and parts[0] == "\u2014" and parts[1] == name and data[:4] == key_id:
            signatures.append(data[4:])
    need(signatures, "この鍵による署名がありません。 / There is no signature by this key.")
    for signature in signatures:
        holds = ed25519_holds(public, text.encode(), signature)
        need(holds, "署名が正しくありません。 / The signature is wrong.")
    origin, size, coded, *_ = [*text.split("\n"), "", "", ""]
    formed = origin == name and size.isascii() and size.isdigit() and len(_decoded(coded)) == HASH
    need(formed, "チェックポイントの形式が正しくありません。 / The checkpoint is malformed.")
    return int(size), _decoded(coded)


def tile_path(level, index, width):
    """tile/0/x001/x234/067 or, of less than 256, tile/0/x001/x234/067.p/8."""
    digits = str(index)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{path}" + ("" if width == WIDTH else f".p/{width}")


def tiles_of(count):
    """(index, width) of the tiles that hold so many hashes or entries."""
    return [(at // WIDTH, min(WIDTH, count - at)) for at in range(0, count, WIDTH)]


def read_file(path):
    try:
        return Path(path).read_bytes()
    except OSError:
        raise Bad(f"{path} が読めません。 / {path} cannot be read.") from None


def text_of(path):
    return read_file(path).decode("utf-8", "replace")


def read_entries(folder, size):
    """Every entry, in the order of the log."""
    entries = []
    for index, width in tiles_of(size):
        name = tile_path("entries", index, width)
        data, at, found = read_file(folder / name), 0, 0
        while at < len(data):
            end = at + 2 + int.from_bytes(data[at : at + 2], "big")
            entries.append(data[at + 2 : end])
            at, found = end, found + 1
        need(at == len(data) and found == width, f"{name} が壊れています。 / {name} is damaged.")
    return entries


def read_level(folder, level, count):
    """Every hash of a level of tiles."""
    hashes = []
    for index, width in tiles_of(count):
        name = tile_path(level, index, width)
        data = read_file(folder / name)
        need(len(data) == width * HASH, f"{name} が壊れています。 / {name} is damaged.")
        hashes += [data[at : at + HASH] for at in range(0, len(data), HASH)]
    return hashes


def check_tiles(folder, leaves):
    """The tiles of every level hold what follows from the leaves."""
    level, expected = 0, leaves
    while expected:
        agrees = read_level(folder, level, len(expected)) == expected
        need(agrees, f"tile/{level} が記録と合いません。 / tile/{level} does not agree with the entries.")
        full = len(expected) // WIDTH
        expected = [root(expected[at * WIDTH : (at + 1) * WIDTH]) for at in range(full)]
        level += 1


# ---- The command ------------------------------------------------------------------------------------------------------


def chosen_key(folder, given):
    """The key the caller trusts, or the export's own with a warning."""
    if given:
        return read_key(given if given.count("+") >= 2 else text_of(given))
    print("注意: 書き出しに付いていた鍵を使います。 / Note: this key came with the export; confirm it elsewhere.")
    return read_key(text_of(folder / "log.pub"))


def check_older(note, key, size, leaves):
    old, old_root = open_checkpoint(note, key)
    need(old <= size, f"{old} 件あった記録が {size} 件です。 / There were {old} entries; now there are {size}.")
    agrees = root(leaves[:old]) == old_root
    need(agrees, f"以前の {old} 件が書き換えられています。 / The first {old} entries have been rewritten.")
    print(f"以前の {old} 件はそのままです。 / The older checkpoint ({old} entries) is the beginning of this log.")


def show_entry(number, entries, leaves, expected):
    need(0 <= number < len(leaves), f"{number} 番の記録はありません。 / There is no entry {number}.")
    path = inclusion_path(leaves, number)
    holds = follow(leaves[number], path) == expected
    need(holds, f"{number} 番は署名された木にありません。 / Entry {number} is not in the signed tree.")
    print(f"{number} 番は署名された木にあります。 / Entry {number} is in the signed tree; its path:")
    for side, neighbour in path:
        print(f"  {side:5} {neighbour.hex()}")
    if entries:
        print(json.dumps(json.loads(entries[number]), ensure_ascii=False, indent=2))


def verify(arguments):
    """All checks in turn; the first that fails raises Bad."""
    folder = Path(arguments.folder)
    key = chosen_key(folder, arguments.key)
    size, expected = open_checkpoint(text_of(folder / "checkpoint"), key)
    print(f"署名は正しい。記録 {size} 件。 / The signature holds; {size} entries.")
    entries = [] if arguments.without_entries else read_entries(folder, size)
    leaves = [leaf_hash(entry) for entry in entries] or read_level(folder, 0, size)
    need(root(leaves) == expected, "記録が署名されたものと違います。 / The entries are not those that were signed.")
    check_tiles(folder, leaves)
    print("記録とタイルは署名どおりです。 / Entries and tiles are as signed.")
    if arguments.older:
        check_older(text_of(arguments.older), key, size, leaves)
    if arguments.entry is not None:
        show_entry(arguments.entry, entries, leaves, expected)


def main():
    parser = argparse.ArgumentParser(description="監査記録の検証 / Verify an exported record.")
    parser.add_argument("folder", help="書き出しのフォルダ / folder of the export")
    parser.add_argument("--key", help="公開鍵またはそのファイル / public key or its file")
    parser.add_argument("--older", help="以前のチェックポイント / a checkpoint kept earlier")
    parser.add_argument("--entry", type=int, help="示す記録の番号（0から） / place of an entry to show, from 0")
    parser.add_argument("--without-entries", action="store_true", help="記録を読まない / tiles alone")
    try:
        verify(parser.parse_args())
    except (Bad, ValueError) as problem:
        print(f"検証できません / NOT VERIFIED: {problem}")
        return 1
    print("検証できました / VERIFIED")
    return 0


if __name__ == "__main__":
    sys.exit(main())
