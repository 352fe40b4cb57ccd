"""Databases for tests: one migrated template for each state of the migrations, cloned in a moment."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("YAKUSHO_STATE", ROOT / "var"))
HOST = os.environ.get("YAKUSHO_DB_HOST", str(STATE / "pg" / "run"))


def owner() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of the owner that may make databases."""
    password = (STATE / "secrets" / "db_owner").read_text("utf-8").strip()
    return psycopg.connect(host=HOST, dbname="city", user="yakusho_owner", password=password, autocommit=True)


def _print_of_migrations() -> str:
    digest = hashlib.sha256()
    for path in [*sorted((ROOT / "yakusho").glob("**/migrations/*.py")), ROOT / "requirements" / "run.txt"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    with (STATE / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def manage(*arguments: str, database: str, user: str = "yakusho_owner", **more: str) -> str:
    """Run a management command against a database and return what it printed."""
    env = (
        {"DJANGO_SETTINGS_MODULE": "yakusho.web.settings"}
        | dict(os.environ)
        | {
            "YAKUSHO_DB_NAME": database,
            "YAKUSHO_DB_USER": user,
            **more,
        }
    )
    command = [sys.executable, "-m", "django", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _exists(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def template() -> str:
    """Name of a migrated, empty database; made once for each state of the migrations."""
    name = f"template_{_print_of_migrations()}"
    with _alone(), owner() as connection:
        if not _exists(connection, name):
            draft = f"{name}_draft"
            connection.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(draft)))
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(draft)))
            manage("prepare", database=draft)
            connection.execute(
                sql.SQL("alter database {} rename to {}").format(sql.Identifier(draft), sql.Identifier(name))
            )
    return name


def clone(name: str, *, of: str | None = None) -> str:
    """A fresh database, copied from the template or from another database that nobody is connected to."""
    source = of or template()
    with _alone(), owner() as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(source))
        )
    return name


def drop(name: str) -> None:
    """Remove a test database."""
    with owner() as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
