"""兼職の禁止 The matrix of duties that exclude each other, as data."""

from functools import cache
from pathlib import Path

import yaml

from yakusho.blocks.identity.rules import Conflict

MATRIX = Path(__file__).resolve().parent.parent / "conflicts.yaml"


@cache
def conflicts() -> tuple[Conflict, ...]:
    """兼職の禁止 Every ban of `conflicts.yaml`."""
    return tuple(Conflict(**entry) for entry in yaml.safe_load(MATRIX.read_text("utf-8")))
