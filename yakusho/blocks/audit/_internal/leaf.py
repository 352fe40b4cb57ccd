"""The bytes of an entry in the log, and reading them from the database in the order of the log.

Encoding, version 1: one JSON object as RFC 8785 writes it (keys sorted, UTF-8, no spaces, integers only) with the keys
``actor actor_name at body case door id kind node office purpose role subjects v xid``. ``at`` is UTC with six decimals
and Z, ``subjects`` are lower-case hexadecimal in the order of the row, ``xid`` is a string, ``v`` is 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

VERSION = 1
PAGE = 2_048  # whole tiles
COLUMNS = (
    'e.id, e.xid::text, e.at, e.kind, e.door, e.actor, e.actor_name, e.role, e.office, e.purpose, e."case",'
    " e.subjects, e.node, e.body::text"
)
NAMES = (
    *("id", "xid", "at", "kind", "door", "actor", "actor_name", "role"),
    *("office", "purpose", "case", "subjects", "node", "body"),
)


@dataclass(frozen=True)
class Placed:
    """What stands at a place of the log; ``data`` is None when the entry is no longer there."""

    leaf: int
    entry: int
    data: bytes | None


def encode(row: Sequence[Any]) -> bytes:
    """The bytes of an entry from the values of ``COLUMNS``."""
    values = dict(zip(NAMES, row, strict=True))
    values["at"] = instant(values["at"])
    values["subjects"] = [bytes(subject).hex() for subject in values["subjects"]]
    values["body"] = json.loads(values["body"])
    return canonical(values | {"v": VERSION})


def canonical(value: object) -> bytes:
    """RFC 8785 for what entries hold: text, integers, booleans, null, lists and objects with ASCII keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def instant(at: datetime) -> str:
    """An instant in UTC to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def placed(start: int, end: int) -> Iterator[Placed]:
    """The places [start, end) with their entries, in pages: memory does not grow with the log."""
    for first in range(start, end, PAGE):
        with connection.cursor() as cursor:
            cursor.execute(
                f"select l.leaf, l.entry, {COLUMNS} from audit_leaf l left join audit_entry e on e.id = l.entry"  # noqa: S608
                " where l.leaf >= %s and l.leaf < %s order by l.leaf",
                [first, min(first + PAGE, end)],
            )
            rows = cursor.fetchall()
        for leaf, entry, *row in rows:
            yield Placed(leaf, entry, encode(row) if row[0] is not None else None)
