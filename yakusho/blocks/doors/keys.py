"""冪等キー Idempotency keys: the same request sent twice has one effect and one answer."""

from __future__ import annotations

from django.db import connection

from yakusho.blocks.audit import record
from yakusho.kit.refusal import Refusal

KEPT_DAYS = 30  # a client that was offline for longer has to ask first what became of its request


class KeyReused(Refusal):
    """この受付キーは、別の内容ですでに使われています。もう一度はじめからお願いします。
    / This request key was already used for something else. Please start again."""

    status = 422


class ShownOnce(Refusal):
    """この受付は済んでいます。結果は一度だけお見せし、控えは残していません。必要な場合は、新しく作ってください。
    / This request was done. Its result was shown once and is not kept; if you need it, please make a new one."""


def fingerprint(door: str, given: str) -> str:
    """Keyed hash over the door's name and its input as JSON: without the key, nobody can try inputs against it."""
    return record.fingerprint(f"{door}\n{given}".encode())


def claim(*, key: str, actor: int, door: str, print_: str) -> str | None:
    """Take the key and return None, or wait for its first use and return that result (JSON).

    Refusals: KeyReused when another actor, door or input used the key. READ COMMITTED only: the second statement
    must see what the first sender has committed while we waited.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into doors_key (key, actor, door, fingerprint) values (%s, %s, %s, %s)"
            " on conflict (key) do nothing returning key",
            [key, actor, door, print_],
        )
        if cursor.fetchone():
            return None
        cursor.execute("select actor, door, fingerprint, result from doors_key where key = %s", [key])
        row = cursor.fetchone()
    if row is None or (row[0], row[1], row[2]) != (actor, door, print_):
        raise KeyReused
    return str(row[3])


def keep(*, key: str, result: str) -> None:
    """Store the first result (JSON) beside its key, in the action's own transaction."""
    with connection.cursor() as cursor:
        cursor.execute("update doors_key set result = %s where key = %s", [result, key])


def forget() -> int:
    """Delete keys older than KEPT_DAYS with their results, which hold people's data; how many."""
    with connection.cursor() as cursor:
        cursor.execute("delete from doors_key where at < now() - make_interval(days => %s)", [KEPT_DAYS])
        return int(cursor.rowcount)
