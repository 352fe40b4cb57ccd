"""Databases for tests: one migrated template for each state of the migrations, cloned in a moment."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

os.environ["YAKUSHO_BUILD"] = "tests"  # files may be edited while tests run
ROOT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("YAKUSHO_STATE", ROOT / "var"))
HOST = os.environ.get("YAKUSHO_DB_HOST", str(STATE / "pg" / "run"))


def owner() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of the owner that may make databases."""
    password = (STATE / "secrets" / "db_owner").read_text("utf-8").strip()
    return psycopg.connect(host=HOST, dbname="city", user="yakusho_owner", password=password, autocommit=True)


def _print_of_migrations() -> str:
    digest = hashlib.sha256()
    made_from = (ROOT / "yakusho").glob("**/migrations/*.py"), (ROOT / "yakusho" / "web" / "sample").rglob("*.py")
    for path in sorted(path for paths in made_from for path in paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    with (STATE / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def beside(database: str) -> Path:
    """What a city has outside its database: its published log, and the sample cards of its people."""
    return STATE / "tests" / database


def surroundings(database: str, user: str = "yakusho_app") -> dict[str, str]:
    """The environment of a process over a test database, with a published log of its own."""
    return dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "yakusho.web.settings"),
        "YAKUSHO_DB_NAME": database,
        "YAKUSHO_DB_USER": user,
        "YAKUSHO_RECORD": str(beside(database) / "record"),
        "YAKUSHO_SAMPLE_CARDS": str(beside(database) / "cards"),
    }


def manage(*arguments: str, database: str, user: str = "yakusho_owner", ok: tuple[int, ...] = (0,), **more: str) -> str:
    """Run a management command against a database and return what it printed."""
    env = surroundings(database, user) | more
    command = [sys.executable, "-m", "django", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode not in ok:
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
            manage("make_seal", database=draft)
            connection.execute(
                sql.SQL("alter database {} rename to {}").format(sql.Identifier(draft), sql.Identifier(name))
            )
    return name


def clone(name: str, *, of: str | None = None, lasting: bool = False) -> str:
    """A fresh database, copied from the template or from another database that nobody is connected to.

    No test cuts this server's power (those have one of their own), so nobody waits for the disk; what is measured does.
    """
    source = of or template()
    shutil.rmtree(beside(name), ignore_errors=True)
    if beside(source).exists():
        shutil.copytree(beside(source), beside(name))
    with _alone(), owner() as connection:
        _away(connection, name)
        connection.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(source))
        )
        if not lasting:
            connection.execute(sql.SQL("alter database {} set synchronous_commit = off").format(sql.Identifier(name)))
    return name


def drop(name: str) -> None:
    """Remove a test database and its published log."""
    shutil.rmtree(beside(name), ignore_errors=True)
    with owner() as connection:
        _away(connection, name)


def _away(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    for patience in (1, 2, 4, 8, 16, 32, 0):  # autovacuum may be in it, which the owner may not end
        try:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
            return
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            if not patience:
                raise
            time.sleep(patience)


def served(name: str, *, population: int = 400, seed: int = 7) -> str:
    """A database with towns, offices, invented residents and sample sign-ins; made once for each state of the code."""
    base = f"city_{_print_of_migrations()}_{population}_signed"
    source = template()
    with _alone(), owner() as connection:
        if not _exists(connection, base):
            draft = f"{base}_draft"
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(draft)))
            connection.execute(
                sql.SQL("create database {} template {}").format(sql.Identifier(draft), sql.Identifier(source))
            )
            beside(draft).mkdir(parents=True, exist_ok=True)
            manage("city", "build", "--population", str(population), "--seed", str(seed), database=draft)
            # a base may be copied tomorrow: what waits for its signature by then would stop papers
            manage("audit", "integrate", database=draft, user="yakusho_app")
            shutil.rmtree(beside(base), ignore_errors=True)
            beside(draft).rename(beside(base))
            connection.execute(
                sql.SQL("alter database {} rename to {}").format(sql.Identifier(draft), sql.Identifier(base))
            )
    return clone(name, of=base)


@contextmanager
def open_city(name: str, **more: str) -> Iterator[str]:
    """Serve a database as in service (gunicorn, the application's role), every statement watched; yields the address."""
    with open_server(name, **more) as (address, _):
        yield address


@contextmanager
def open_server(name: str, *, workers: int = 1, **more: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same, with its first process, whose children answer."""
    port = _free_port()
    env = surroundings(name) | {"YAKUSHO_WATCH": "1"} | more
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "yakusho.web.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", "4", "--log-level", "warning"]
    beside(name).mkdir(parents=True, exist_ok=True)
    with (beside(name) / "web.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://localhost:{port}", server
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        if server.poll() is not None:
            raise RuntimeError("the server ended at its start")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")
