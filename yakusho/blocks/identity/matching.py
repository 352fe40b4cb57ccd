"""照合 The question "which resident does this card name?", asked of the register that stands above this block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from yakusho.blocks.identity.rules import same_but_for_substitutes
from yakusho.blocks.jpki.profile import FourItems

__all__ = ["FourItems", "Matcher", "candidates", "find_by", "same_but_for_substitutes"]

Matcher = Callable[[FourItems, date], Iterable[int]]
_registered: list[Matcher] = []


def find_by(matcher: Matcher) -> None:
    """照合の登録 The register of residents says here how it finds people by the four items (called when it starts).

    The matcher returns the numbers (宛名番号) of all living residents on that day whose name, birth date, sex and address
    agree, with `same_but_for_substitutes` for name and address; never a best guess.
    """
    _registered[:] = [matcher]


def candidates(items: FourItems, on: date) -> list[int]:
    """候補 Residents who may be meant, each once; nobody without a register."""
    return sorted({person for matcher in _registered for person in matcher(items, on)})
