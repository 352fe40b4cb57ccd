"""Gives each entry its place in the log, without a lock that writers would feel and without missing a late commit.

Every transaction below the snapshot's horizon is finished. A pass takes the entries of finished transactions, in the
order (transaction, entry), and moves the cursor to the horizon; whoever commits later stands above it. A reader of
"id greater than the last one" would miss entries whose transaction took its id early and committed late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

BELOW = "(e.xid, e.id) > (%s::text::xid8, %s) and e.id > %s"

PASS = f"""
with h as (select pg_snapshot_xmin(pg_current_snapshot()) as x),
 b as (select e.xid, e.id, row_number() over (order by e.xid, e.id) as k from audit_entry e, h
       where {BELOW} and e.xid < h.x order by e.xid, e.id limit %s),
 i as (insert into audit_leaf (leaf, entry) select %s + b.k - 1, b.id from b)
select h.x::text, last.k, last.xid::text, last.id
  from h left join (select * from b order by k desc limit 1) last on true
"""  # noqa: S608


class EpochEnded(RuntimeError):
    """データベースが別のクラスタに移されました。 / The record was moved to another database cluster.

    Transaction numbers start again there: an owner must begin a new epoch.
    """


@dataclass(frozen=True)
class Cursor:
    """Where the log stands: ``size`` places are given, up to entry (xid, entry) of the epoch."""

    epoch: int
    system: str
    after: int
    xid: str
    entry: int
    size: int


def lock() -> Cursor | None:
    """Take the cursor until the end of the transaction; None while somebody else holds it. Raises EpochEnded."""
    cursor = _cursor("for update skip locked")
    return cursor and _of_this_cluster(cursor)


def _of_this_cluster(cursor: Cursor | None) -> Cursor:
    if cursor is None or cursor.system not in ("", cluster()):
        raise EpochEnded("the log does not belong to this cluster")
    return cursor


def _cursor(lock: str) -> Cursor | None:
    with connection.cursor() as db:
        db.execute(f"select epoch, system, after, xid::text, entry, size from audit_logcursor {lock}")  # noqa: S608
        row = db.fetchone()
    return Cursor(*row) if row else None


def cluster() -> str:
    """The identity of the database cluster; a restored dump lives in another one."""
    with connection.cursor() as db:
        db.execute("select system_identifier::text from pg_control_system()")
        return str(db.fetchone()[0])


def advance(cursor: Cursor, *, limit: int) -> Cursor:
    """Give places to at most ``limit`` further entries; the caller holds the cursor's lock."""
    with connection.cursor() as db:
        db.execute(PASS, [cursor.xid, cursor.entry, cursor.after, limit, cursor.size])
        horizon, count, xid, entry = db.fetchone()
        if (count or 0) < limit:
            xid, entry = horizon, 0
        moved = Cursor(cursor.epoch, cluster(), cursor.after, xid, entry, cursor.size + (count or 0))
        _store(moved)
    return moved


def begin_epoch() -> Cursor | None:
    """Place all entries of the old cluster and count transactions anew; None while somebody else holds the cursor.

    Needs the owner's rights. The table lock waits for writers and keeps new ones out, so that what is there now is exactly the old epoch.
    """
    with connection.cursor() as db:
        db.execute("lock table audit_entry in share row exclusive mode")
    cursor = _cursor("for update skip locked")
    if cursor is None:
        return None
    with connection.cursor() as db:
        db.execute(
            "with i as (insert into audit_leaf (leaf, entry)"
            " select %s + row_number() over (order by e.id) - 1, e.id from audit_entry e"
            " where not exists (select from audit_leaf l where l.entry = e.id) returning 1)"
            " select count(*), (select coalesce(max(id), 0) from audit_entry),"
            " pg_snapshot_xmin(pg_current_snapshot())::text from i",
            [cursor.size],
        )
        count, newest, horizon = db.fetchone()
    fresh = Cursor(cursor.epoch + 1, cluster(), newest, horizon, 0, cursor.size + count)
    _store(fresh)
    return fresh


def _store(cursor: Cursor) -> None:
    with connection.cursor() as db:
        db.execute(
            "update audit_logcursor set epoch = %s, system = %s, after = %s, xid = %s::text::xid8, entry = %s, size = %s",
            [cursor.epoch, cursor.system, cursor.after, cursor.xid, cursor.entry, cursor.size],
        )


def waiting() -> tuple[int, timedelta]:
    """How many committed entries have no place yet, and the age of the oldest. Raises EpochEnded."""
    cursor = _of_this_cluster(_cursor(""))
    with connection.cursor() as db:
        db.execute(
            f"select count(*), coalesce(clock_timestamp() - min(e.at), interval '0') from audit_entry e where {BELOW}",  # noqa: S608
            [cursor.xid, cursor.entry, cursor.after],
        )
        count, age = db.fetchone()
    return int(count), age


def overlooked(limit: int) -> list[int]:
    """Entries behind the cursor without a place: they were put there by other means than an insert of the day."""
    with connection.cursor() as db:
        db.execute(
            "select e.id from audit_entry e cross join audit_logcursor c left join audit_leaf l on l.entry = e.id"
            " where l.entry is null and ((e.xid, e.id) <= (c.xid, c.entry) or e.id <= c.after) order by e.id limit %s",
            [limit],
        )
        return [row[0] for row in db.fetchall()]
