"""How much is tried: what everybody waits for (`test`), what a proof takes (`prove`), and as long as it takes (`prove --long`)."""

import os
import random
from collections.abc import Sequence
from typing import TypeVar

Size = TypeVar("Size")
LONG = bool(os.environ.get("YAKUSHO_LONG"))
PROVE = LONG or bool(os.environ.get("YAKUSHO_PROVE"))


def sized(test: Size, prove: Size, long: Size | None = None) -> Size:
    """The size of this run; a long proof takes that of a proof where it has none of its own."""
    return long if LONG and long is not None else prove if PROVE else test


def half(items: Sequence[Size]) -> list[Size]:
    """Half of the items in the fast run, by the chance that `bin/yakusho test` draws and tells (YAKUSHO_CHANCE); all in a proof."""
    if PROVE:
        return list(items)
    chosen = random.Random(os.environ.get("YAKUSHO_CHANCE", "1")).sample(range(len(items)), (len(items) + 1) // 2)
    return [items[at] for at in sorted(chosen)]
