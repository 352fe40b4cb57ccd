"""What happens in these tests: entries are put, and the log takes them in."""

from __future__ import annotations

import time
from typing import Any

from yakusho.blocks.audit import log, record


def put(number: int = 1, **values: Any) -> list[int]:
    """Some entries, each in a transaction of its own."""
    given = {"kind": "action", "door": "room.act", "actor": 1, "actor_name": "佐藤", **values}
    return [record.write(**given) for _ in range(number)]


def settle(size: int, seconds: float = 60) -> int:
    """Integrate until the log has so many leaves: other databases of the cluster may hold the horizon back a while."""
    end = time.monotonic() + seconds
    while log.published_head().size < size:
        log.integrate()
        if time.monotonic() > end:
            raise TimeoutError(f"the log stands at {log.published_head().size}, not {size}")
        if log.published_head().size < size:
            time.sleep(0.05)
    return log.published_head().size
