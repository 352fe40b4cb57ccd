"""Our parsers fuzzed, led by the lines that they reach: what is typed is read or refused, never anything else.

`python -m tests.hostile.keep TARGET SECONDS` fuzzes one of them for longer and keeps what reached new lines in `corpus/`.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

from tests.hostile.attackers import SEED
from tests.hostile.targets import TARGETS, attempt
from tests.sizes import sized

CORPUS = Path(__file__).parent / "corpus"
ROUNDS = sized(1_500, 20_000, 200_000)
PIECES = (
    b"", b"\0", b"-", b"/", b".", b",", b'"', b"\n", b"\r\n", b"\xff", b"9" * 40, b"<", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"<D800>",
    *(piece.encode() for piece in ("元", "年", "月", "日", "令和", "昭和64", "丁目", "番地", "号", "\u3099", "\U000e0100", "ｶﾞ", "−", "①", "㈱", "\u202e", "《", "》", "〇", "十")),
)  # fmt: skip


class Lines:
    """Which lines of the house an attempt reaches."""

    def __init__(self) -> None:
        self.seen: set[tuple[object, int]] = set()

    def attempt(self, name: str, data: bytes) -> bool:
        """Try; whether lines were reached that nothing reached before."""
        before = len(self.seen)
        sys.settrace(self._call)
        try:
            attempt(name, data)
        finally:
            sys.settrace(None)
        return len(self.seen) > before

    def _call(self, frame, event, argument):
        return self._line if "/yakusho/" in frame.f_code.co_filename else None

    def _line(self, frame, event, argument):
        self.seen.add((frame.f_code, frame.f_lineno))
        return self._line


def kept(name: str) -> list[bytes]:
    """The seeds of a target and what was kept of earlier runs."""
    return [*TARGETS[name][1], *(path.read_bytes() for path in sorted((CORPUS / name).glob("*")))]


def changed(draw: random.Random, pool: list[bytes]) -> bytes:
    """One of the pool with a few wounds."""
    data = bytearray(draw.choice(pool))
    for _ in range(draw.randrange(1, 5)):
        place = draw.randrange(len(data) + 1)
        match draw.randrange(5):
            case 0:
                data[place:place] = draw.choice(PIECES)
            case 1:
                del data[place : place + draw.randrange(1, 8)]
            case 2 if place < len(data):
                data[place] = draw.randrange(256)
            case 3:
                data[place:place] = draw.choice(pool)[: draw.randrange(1, 40)]
            case _:
                data += data[place : place + 20]
    return bytes(data[:4000])


def fuzz(name: str, *, rounds: int, seed: int, until: float = 0.0) -> list[bytes]:
    """Attempts that reached new lines; the one that fails is named in the error."""
    draw, lines, pool, found = random.Random(f"{name}{seed}"), Lines(), kept(name), []
    for data in pool:
        lines.attempt(name, data)
    while rounds > 0 or time.monotonic() < until:
        rounds -= 1
        data = changed(draw, pool)
        try:
            new = lines.attempt(name, data)
        except Exception as error:
            raise AssertionError(f"{name} seed {seed}: {data!r} → {type(error).__name__}: {error}") from error
        if new:
            pool.append(data)
            found.append(data)
    return found


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_reads_or_refuses(name, record_property):
    found = fuzz(name, rounds=ROUNDS, seed=SEED)
    record_property(f"{name} reached new lines", len(found))
    assert len(found) < ROUNDS


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_kept_is_still_read_or_refused(name):
    assert {attempt(name, data) for data in kept(name)} <= {True, False}
