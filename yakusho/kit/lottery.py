"""公開抽選 A draw that nobody can steer and anybody can replay with a standard library.

1. When entries close, the city publishes `commit(seed, entries, rule)`: a SHA-256 over a secret seed, the list
   of entries and the rule that names a public value still unknown (the beacon, 日経平均株価の終値 of a later day).
2. When the beacon is known, `draw(seed, entries, beacon)` is the only possible order; the city publishes the seed.
3. Anyone checks with `verify`, or with the twenty lines in this folder's README.

The city cannot choose the seed after it knows the beacon, and nobody knows the order before. Entries are
receipt numbers, not names. There is no randomness here: the caller brings 32 secret bytes.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from yakusho.kit.refusal import BadInput, Refusal

_TITLE = "yakusho-lottery/1"
_SEED_BYTES = 32


class NotAnEntry(BadInput):
    """受付番号「{entry}」は抽選に使えません（空、改行等を含む、又は重複）。
    / The entry "{entry}" cannot be drawn: it is empty, has a line break or unprintable character, or is there twice.
    """


class WeakSeed(BadInput):
    """抽選の種は{length}バイトでなければなりません。 / The seed of a draw must have {length} bytes."""


class BeaconMissing(BadInput):
    """抽選に使う公開の値とその決め方を入力してください。 / Enter the public value of the draw and the rule that names it."""


class CommitmentDiffers(Refusal):
    """公表済みの約束値と一致しません。種・受付番号・決め方のいずれかが変わっています。
    / This does not match the published commitment: the seed, the entries or the rule have changed.
    """


class OrderDiffers(Refusal):
    """抽選結果が再計算と一致しません（{place}番目から）。 / The order differs from the replay from place {place} on."""


@dataclass(frozen=True)
class Draw:
    """抽選結果 All entries in the drawn order; the first win, the rest wait in that order."""

    order: tuple[str, ...]

    def winners(self, places: int) -> tuple[str, ...]:
        """当選 The entries that get the given number of places."""
        return self.order[:places]

    def waiting(self, places: int) -> tuple[str, ...]:
        """補欠 The entries that wait, next first."""
        return self.order[places:]


def document(seed: bytes, entries: Sequence[str], rule: str) -> bytes:
    """約束の原文 What the commitment is the SHA-256 of: title, rule, seed in hex, entries sorted by code point.

    One a line, UTF-8, each line ended by LF, so that `sha256sum` gives the same value.
    Refuses NotAnEntry, WeakSeed, BeaconMissing.
    """
    if len(seed) != _SEED_BYTES:
        raise WeakSeed(length=_SEED_BYTES)
    return "".join(f"{line}\n" for line in (_TITLE, _line(rule), seed.hex(), *_sorted(entries))).encode()


def commit(seed: bytes, entries: Sequence[str], rule: str) -> str:
    """約束値 The hex SHA-256 to publish before the beacon is known; refuses as document does."""
    return hashlib.sha256(document(seed, entries, rule)).hexdigest()


def draw(seed: bytes, entries: Sequence[str], beacon: str) -> Draw:
    """抽選 The order that seed, entries and beacon give; refuses NotAnEntry, WeakSeed, BeaconMissing.

    Fisher-Yates from the last place down, over the entries sorted by code point, with unbiased numbers of
    HMAC-DRBG (NIST SP 800-90A, SHA-256): entropy = seed, nonce = SHA-256 of the entries (each ended by LF),
    personalisation = beacon in UTF-8.
    """
    if len(seed) != _SEED_BYTES:
        raise WeakSeed(length=_SEED_BYTES)
    order = _sorted(entries)
    nonce = hashlib.sha256("".join(f"{entry}\n" for entry in order).encode()).digest()
    numbers = Drbg(seed + nonce + _line(beacon).encode())
    for last in range(len(order) - 1, 0, -1):
        chosen = numbers.below(last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return Draw(tuple(order))


def verify(
    commitment: str, *, seed: bytes, entries: Sequence[str], rule: str, beacon: str, order: Sequence[str]
) -> None:
    """検証 Nothing if the published draw is right; refuses CommitmentDiffers or OrderDiffers, and as draw does."""
    if not hmac.compare_digest(commit(seed, entries, rule).encode(), commitment.strip().lower().encode()):
        raise CommitmentDiffers
    replayed = draw(seed, entries, beacon).order
    if tuple(order) != replayed:
        same = zip(order, replayed, strict=False)
        place = next((place for place, (one, other) in enumerate(same) if one != other), min(len(order), len(replayed)))
        raise OrderDiffers(place=place + 1)


class Drbg:
    """擬似乱数 HMAC-DRBG with SHA-256 (NIST SP 800-90A 10.1.2), without reseeding."""

    def __init__(self, seed_material: bytes) -> None:
        self._key, self._value = bytes(32), b"\x01" * 32
        self._update(seed_material)

    def generate(self, length: int) -> bytes:
        """One request for so many bytes."""
        made = b""
        while len(made) < length:
            self._value = self._mac(self._value)
            made += self._value
        self._update(b"")
        return made[:length]

    def below(self, bound: int) -> int:
        """A number 0 <= n < bound, all equally likely: 8 bytes a try, tries over the largest multiple thrown away."""
        limit = 2**64 - 2**64 % bound
        while (number := int.from_bytes(self.generate(8), "big")) >= limit:
            pass
        return number % bound

    def _mac(self, message: bytes) -> bytes:
        return hmac.digest(self._key, message, "sha256")

    def _update(self, material: bytes) -> None:
        for separator in (b"\x00", b"\x01")[: 2 if material else 1]:
            self._key = self._mac(self._value + separator + material)
            self._value = self._mac(self._value)


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise BeaconMissing
    return text


def _sorted(entries: Sequence[str]) -> list[str]:
    order = sorted(entries)
    twice = (entry for entry, following in pairwise(order) if entry == following)
    unusable = (entry for entry in order if not entry.strip() or not entry.isprintable())
    wrong = next(unusable, next(twice, None))
    if wrong is not None:
        raise NotAnEntry(entry=wrong)
    return order
