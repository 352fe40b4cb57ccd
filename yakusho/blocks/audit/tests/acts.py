"""What happens in these tests: entries are put, and the log takes them in."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection

from yakusho.blocks.audit import log, record
from yakusho.blocks.audit.models import Leaf

INSERT = (
    'insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body)'
    " values ('action', 'late', 1, '', '', '', '', '', '{}', 'node-2', '{}') returning id"
)
FILL = (
    'insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body)'
    " select 'query', 'room.ask', n, '髙橋', 'clerk', 'residents', '窓口', '', array[int8send(n)], 'node-1', '{\"count\": 1}'"
    " from generate_series(1, %s) n"
)


def put(number: int = 1, **values: Any) -> list[int]:
    """Some entries, each in a transaction of its own."""
    given = {"kind": "action", "door": "room.act", "actor": 1, "actor_name": "佐藤", **values}
    return [record.write(**given) for _ in range(number)]


def fill(number: int) -> None:
    """Many entries in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(FILL, [number])


def settle(size: int, seconds: float = 150) -> int:
    """Integrate until the log has so many leaves: other databases of the cluster may hold the horizon back a while."""
    end = time.monotonic() + seconds
    while log.published_head().size < size:
        log.integrate()
        if time.monotonic() > end:
            raise TimeoutError(f"the log stands at {log.published_head().size}, not {size}")
        if log.published_head().size < size:
            time.sleep(0.05)
    return log.published_head().size


def order() -> list[tuple[int, int]]:
    """Every place of the log and the entry that stands there."""
    return list(Leaf.objects.order_by("leaf").values_list("leaf", "entry"))
