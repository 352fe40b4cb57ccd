"""A server over a copy: brought to the end of its backup, standing still there, and counted."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yakusho.launch import cluster as pg
from yakusho.launch import database
from yakusho.launch.cluster import SUPERUSER, Cluster
from yakusho.launch.place import DATABASE, Place
from yakusho.launch.process import run
from yakusho.launch.say import Stop

PATIENCE = 4 * 3600  # seconds that a recovery may take
NOWHERE = "false"
END = {"recovery_target": "immediate", "recovery_target_action": "pause"}
TABLES = """
SELECT coalesce(string_agg(format(
  'SELECT %L, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM %I.%I t', nspname || '.' || relname, nspname, relname),
  ' UNION ALL ' ORDER BY nspname, relname) || ' ORDER BY 1', '')
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind = 'r' AND relpersistence = 'p' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
"""
FORMS = "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 1; SET bytea_output = 'hex';\n"
RECORD = "SELECT size || ' ' || encode(root, 'hex') FROM audit_checkpoint ORDER BY size DESC LIMIT 1"
Figures = dict[str, list[str]]


def figures(place: Place, cluster: Cluster) -> Figures:
    """Rows and the sum over all contents of every table of the city."""
    counting = _ask(place, cluster, TABLES)
    rows = _ask(place, cluster, FORMS + counting).splitlines() if counting else []
    return {name: [count, total] for name, count, total in (row.split("|") for row in rows)}


def record(place: Place, cluster: Cluster) -> dict[str, Any]:
    """Size and Merkle root of the last signed state of the record."""
    if _ask(place, cluster, "SELECT to_regclass('audit_checkpoint') IS NOT NULL") != "t":
        raise Stop("市のデータがまだありません。 / There is no city in the database yet: `bin/yakusho up`.", 2)
    size, _, root = _ask(place, cluster, RECORD).partition(" ")
    return {"size": int(size or 0), "root": root}


def _ask(place: Place, cluster: Cluster, sql: str) -> str:
    return database.query(place, cluster, sql, user=SUPERUSER, database=DATABASE)


def copy_beside(cluster: Cluster) -> Cluster:
    """A folder for a copy of the data, of the same user on the same disk."""
    root = cluster.root / "copy"
    return Cluster(root, pg.socket_folder(root, cluster.account), cluster.account, cluster.programs)


@contextmanager
def standing(place: Place, cluster: Cluster, *, feed: str = NOWHERE) -> Iterator[None]:
    """The server recovered to the very end of its backup and stopped there, for reading alone."""
    cheap = {"shared_buffers": "64MB", "fsync": "off"}  # what is interrupted here is thrown away
    with recovering(cluster, {"restore_command": feed, **cheap, **END}):
        until = time.monotonic() + PATIENCE
        while _ask(place, cluster, "SELECT pg_get_wal_replay_pause_state()") != "paused":
            if time.monotonic() > until:
                raise Stop("控えの終わりまで復元できません。 / The end of the backup is not reached.")
            time.sleep(0.05)
        yield


@contextmanager
def recovering(cluster: Cluster, settings: dict[str, str]) -> Iterator[None]:
    """The server in recovery under these settings; stopped afterwards, its settings as they were."""
    auto = cluster.data / "postgresql.auto.conf"
    kept = auto.read_bytes()
    lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    auto.write_bytes(kept + b"\n" + lines.encode())
    signal = cluster.data / "recovery.signal"
    signal.touch(mode=0o600)
    os.chown(signal, cluster.account.number, -1)
    try:
        _start(cluster)
        yield
    finally:
        pg.stop(cluster)
        auto.write_bytes(kept)


def _start(cluster: Cluster) -> None:
    """Start once, wait as long as it recovers; when it gives up, its own last words are told."""
    pg.own_folder(cluster.socket, cluster.account)
    pg.configure(cluster)
    cluster.log.unlink(missing_ok=True)
    command = [cluster.programs / "pg_ctl", "start", "-W", "-D", cluster.data, "-l", cluster.log]
    run(command, cwd=Path("/"), account=cluster.account)
    begun = time.monotonic()
    while cluster.answers():
        if _ended(cluster, time.monotonic() - begun):
            raise Stop(
                f"復元用のデータベースが止まりました。 / The database ended while recovering:\n{last_words(cluster)}"
            )
        time.sleep(0.05)


def _ended(cluster: Cluster, seconds: float) -> bool:
    """Is it gone again? In its first moments it may not have put down its number yet."""
    if seconds > PATIENCE:
        return True
    status = [cluster.programs / "pg_ctl", "status", "-D", cluster.data]
    began = cluster.log.exists() and "starting PostgreSQL" in cluster.log.read_text("utf-8", "replace")
    return (began or seconds > 10) and run(status, cwd=Path("/"), account=cluster.account, check=False).returncode != 0


def last_words(cluster: Cluster) -> str:
    text = cluster.log.read_text("utf-8", "replace") if cluster.log.exists() else ""
    said = [line for line in text.splitlines() if any(word in line for word in ("FATAL", "PANIC", "ERROR"))]
    return "\n".join(said[-3:] or text.splitlines()[-5:])


def write_figures(path: Path, found: Figures) -> None:
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


def differences(before: Figures, after: Figures) -> list[str]:
    """Names of the tables whose rows or contents are not the same."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
