"""照合 The question "which resident does this card name?", asked of the register that stands above this block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from yakusho.blocks.identity.rules import same_but_for_substitutes
from yakusho.blocks.jpki.profile import FourItems

__all__ = ["FourItems", "Matcher", "candidates", "find_by", "same_but_for_substitutes"]

Matcher = Callable[[FourItems, date], Iterable[int]]
Guard = Callable[[FourItems], bool]
_registered: list[Matcher] = []
_guards: list[Guard] = []


def find_by(matcher: Matcher) -> None:
    """照合の登録 The register of residents says here how it finds people by the four items (called when it starts).

    The matcher returns the numbers (宛名番号) of all living residents on that day whose name, birth date, sex and address
    agree, with `same_but_for_substitutes` for name and address; never a best guess.
    """
    _registered[:] = [matcher]


def guard_by(guard: Guard) -> None:
    """照会制限の登録 The register says here whether what a card tells may be about a protected person (支援措置)."""
    _guards[:] = [guard]


def is_guarded(items: FourItems) -> bool:
    """照会制限 Whether the address on such a card is shown to nobody."""
    return any(guard(items) for guard in _guards)


def candidates(items: FourItems, on: date) -> list[int]:
    """候補 Residents who may be meant, each once; nobody without a register."""
    return sorted({person for matcher in _registered for person in matcher(items, on)})
