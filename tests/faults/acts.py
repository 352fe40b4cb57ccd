"""What the rig can do besides knocking: prepare a sample, integrate the log, write on and on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.faults.samples import prepared
from tests.faults.writers import write
from yakusho.blocks.audit import log


def prepare(*, door: str) -> dict[str, Any]:
    """Do everything that an action needs to find, and say how to knock."""
    return prepared(door).order()


def integrate() -> int:
    """Bring the entries into the signed log."""
    return log.integrate()


ACTS: dict[str, Callable[..., Any]] = {"prepare": prepare, "integrate": integrate, "write": write}
