"""封緘 A sealed box: compressed, encrypted and authenticated piece by piece, so that no size and no memory limits it.

One line of JSON, then frames: four bytes of length, then AES-256-GCM of a zlib piece. The key of a box is derived from the
house's key and a salt of its own; the number of the piece and "this is the last" are its nonce, the first line is
authenticated with each piece. Nothing can be changed, cut off, reordered, or put in the place of a box of another name.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = "yakusho-box-1"
PIECE = 2**20
LONGEST_LINE, LONGEST_FRAME = 4096, 2 * PIECE
HANDS, AHEAD = 2, 8  # zlib and AES let go of the interpreter: two pieces are worked on at a time


class Broken(Exception):
    """箱が壊れています。 / The box is damaged, cut off, of another name, or was not sealed with this key."""


def key_mark(key: bytes) -> str:
    """Which key this is, without telling it."""
    return hashlib.sha256(b"yakusho key " + key).hexdigest()[:16]


def _cipher(key: bytes, salt: bytes, name: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, f"{FORMAT} {name}".encode()).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """A file to write into; `close` ends the box, and a box without its end cannot be opened."""

    def __init__(self, target: BinaryIO, *, key: bytes, name: str) -> None:
        salt = os.urandom(32)
        self._line = json.dumps({"format": FORMAT, "name": name, "key": key_mark(key), "salt": salt.hex()}).encode()
        self._cipher = _cipher(key, salt, name)
        self._target, self._waiting, self._number = target, bytearray(), 0
        self._pool, self._working = ThreadPoolExecutor(HANDS), deque[Future[bytes]]()
        self.digest, self.bytes, self.plain = hashlib.sha256(), 0, 0
        self._put(self._line + b"\n")

    def write(self, data: bytes) -> int:
        """Take bytes; whole pieces go on their way, the last one waits for `close`."""
        self._waiting += data
        self.plain += len(data)
        while len(self._waiting) > PIECE:
            self._send(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """The last piece; what is sealed lies on the disk when this returns."""
        self._send(bytes(self._waiting), last=True)
        while self._working:
            self._frame()
        self._pool.shutdown()
        self._target.flush()
        os.fsync(self._target.fileno())

    def _send(self, piece: bytes, *, last: bool) -> None:
        self._working.append(self._pool.submit(self._sealed, piece, _nonce(self._number, last)))
        self._number += 1
        if len(self._working) >= AHEAD:
            self._frame()

    def _sealed(self, piece: bytes, nonce: bytes) -> bytes:
        return self._cipher.encrypt(nonce, zlib.compress(piece, 1), self._line)

    def _frame(self) -> None:
        sealed = self._working.popleft().result()
        self._put(len(sealed).to_bytes(4, "big") + sealed)

    def _put(self, data: bytes) -> None:
        self._target.write(data)
        self.digest.update(data)
        self.bytes += len(data)


def opened(source: BinaryIO, *, key: bytes, name: str) -> Iterator[bytes]:
    """The pieces of a box, each of them proved. Raises Broken, also at its very end when the end is missing."""
    line = source.readline(LONGEST_LINE)
    try:
        head = json.loads(line)
        salt = bytes.fromhex(head["salt"])
    except (ValueError, KeyError, TypeError) as error:
        raise Broken("no box") from error
    if (head.get("format"), head.get("name"), head.get("key")) != (FORMAT, name, key_mark(key)):
        raise Broken("another key, name or format")
    cipher, line = _cipher(key, salt, name), line.removesuffix(b"\n")

    def one(numbered: tuple[int, bytes, bool]) -> bytes:
        number, frame, last = numbered
        try:
            return zlib.decompress(cipher.decrypt(_nonce(number, last), frame, line))
        except (InvalidTag, zlib.error) as error:
            raise Broken(f"piece {number}") from error

    yield from _in_order(one, _frames(source))


def _frames(source: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Numbered frames; the one behind which nothing comes must be the last, which its nonce proves."""
    number, size = 0, source.read(4)
    while True:
        length = int.from_bytes(size, "big")
        frame = source.read(length) if length <= LONGEST_FRAME else b""
        if len(size) != 4 or len(frame) != length or not frame:
            raise Broken(f"piece {number} is cut off")
        size = source.read(4)
        yield number, frame, not size
        if not size:
            return
        number += 1


def _in_order(
    work: Callable[[tuple[int, bytes, bool]], bytes], items: Iterable[tuple[int, bytes, bool]]
) -> Iterator[bytes]:
    """Some pieces at a time, given out in their order."""
    with ThreadPoolExecutor(HANDS) as pool:
        working: deque[Future[bytes]] = deque()
        for item in items:
            working.append(pool.submit(work, item))
            if len(working) >= AHEAD:
                yield working.popleft().result()
        while working:
            yield working.popleft().result()
