"""閲覧記録 Reading the record: what happened around a person, and what an auditor asks. Plain reads; doors decide who may."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from yakusho.blocks.audit._internal import leaf
from yakusho.blocks.audit.record import subject_key

MOST = 1_000


@dataclass(frozen=True)
class EntryRow:
    """監査記録 An entry as it stands in the table; ``subjects`` are keyed hashes."""

    id: int
    at: datetime
    kind: str
    door: str
    actor: int
    actor_name: str
    role: str
    office: str
    purpose: str
    case: str
    subjects: tuple[bytes, ...]
    node: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Filter:
    """条件 What an auditor looks for; empty fields do not narrow. ``until`` is exclusive."""

    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    door: str = ""
    actor: int | None = None
    office: str = ""
    case: str = ""
    person: int | None = None

    def clauses(self) -> tuple[list[str], list[Any]]:
        """SQL conditions and their values."""
        asked: list[tuple[str, Any]] = [
            ("e.at >= %s", self.since),
            ("e.at < %s", self.until),
            ("e.kind = %s", self.kind or None),
            ("e.door = %s", self.door or None),
            ("e.actor = %s", self.actor),
            ("e.office = %s", self.office or None),
            ('e."case" = %s', self.case or None),
            ("e.subjects @> array[%s]", None if self.person is None else subject_key(self.person)),
        ]
        used = [(sql, value) for sql, value in asked if value is not None]
        return [sql for sql, _ in used], [value for _, value in used]


@dataclass(frozen=True)
class Page:
    """A page of entries, newest first; ``after`` continues it, None at the end."""

    rows: tuple[EntryRow, ...]
    after: tuple[datetime, int] | None


def entries_about(
    person_id: int, *, since: datetime | None = None, until: datetime | None = None, limit: int = 100
) -> tuple[EntryRow, ...]:
    """閲覧者の確認 Who did or saw something about a person in [since, until), newest first. What must be hidden is not known here."""
    return entries_for(Filter(since=since, until=until, person=person_id), limit=limit).rows


def entries_for(asked: Filter, *, after: tuple[datetime, int] | None = None, limit: int = 100) -> Page:
    """監査 Entries that fit, newest first, in pages that stay right while new entries come in. One statement."""
    clauses, values = asked.clauses()
    if after is not None:
        clauses.append("(e.at, e.id) < (%s, %s)")
        values += after
    limit = min(limit, MOST)
    where = f"where {' and '.join(clauses)}" if clauses else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {leaf.COLUMNS} from audit_entry e {where} order by e.at desc, e.id desc limit %s",  # noqa: S608
            [*values, limit + 1],
        )
        rows = [_row(row) for row in cursor.fetchall()]
    shown = tuple(rows[:limit])
    return Page(shown, (shown[-1].at, shown[-1].id) if len(rows) > limit else None)


def _row(row: tuple[Any, ...]) -> EntryRow:
    values = dict(zip(leaf.NAMES, row, strict=True))
    values.pop("xid")
    values["subjects"] = tuple(bytes(subject) for subject in values["subjects"])
    values["body"] = json.loads(values["body"])
    return EntryRow(**values)
