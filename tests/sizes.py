"""How much is tried: what everybody waits for (`test`), what a proof takes (`prove`), and as long as it takes (`prove --long`)."""

import os
from typing import TypeVar

Size = TypeVar("Size")
LONG = bool(os.environ.get("YAKUSHO_LONG"))
PROVE = LONG or bool(os.environ.get("YAKUSHO_PROVE"))


def sized(test: Size, prove: Size, long: Size | None = None) -> Size:
    """The size of this run; a long proof takes that of a proof where it has none of its own."""
    return long if LONG and long is not None else prove if PROVE else test
