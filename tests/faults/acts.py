"""What the rig can do besides knocking: prepare a sample, integrate the log, write on and on."""

from __future__ import annotations

import select
import subprocess
import time
from collections.abc import Callable
from typing import Any

from tests.faults import days
from tests.faults.samples import prepared
from tests.faults.writers import write
from yakusho.blocks.audit import log
from yakusho.blocks.audit.verify import verify


def prepare(*, door: str) -> dict[str, Any]:
    """Do everything that an action needs to find, and say how to knock."""
    return prepared(door).order()


def integrate() -> int:
    """Bring entries into the signed log, as soon as others' transactions let any pass; how many came in."""
    end = time.monotonic() + 120
    while not (count := log.integrate()) and log.waiting()[0] and time.monotonic() < end:
        select.select([], [], [], 0.05)  # time.sleep fails under libfaketime
    return count


def settle() -> dict[str, Any]:
    """Bring in all entries, waiting for transactions of others, and verify the log from its first entry."""
    end = time.monotonic() + 120
    while log.waiting()[0] and time.monotonic() < end:
        log.integrate()
        select.select([], [], [], 0.05)  # time.sleep fails under libfaketime
    report = verify()
    return {
        "waiting": log.waiting()[0],
        "ok": report.ok,
        "size": report.size,
        "findings": [str(f) for f in report.findings],
    }


def shell(*, command: list[str]) -> str:
    """Run a program in the rig's own name space (mounts)."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


ACTS: dict[str, Callable[..., Any]] = {
    "prepare": prepare,
    "integrate": integrate,
    "settle": settle,
    "shell": shell,
    "write": write,
    "day": days.day,
    "sign_in": days.sign_in,
    "who": days.who,
}
