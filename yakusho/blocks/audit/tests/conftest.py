"""A database of its own whose commits last, with a log folder and keys, and other people's connections to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests import house
from yakusho.blocks.audit._internal import sequencer

CLEAN = """
alter table audit_entry disable trigger all; alter table audit_leaf disable trigger all;
alter table audit_checkpoint disable trigger all;
truncate audit_entry, audit_leaf, audit_checkpoint restart identity;
alter table audit_entry enable always trigger append_only; alter table audit_leaf enable always trigger append_only;
alter table audit_checkpoint enable always trigger append_only;
update audit_logcursor set epoch = 1, system = '', after = 0, xid = '0', entry = 0, size = 0;
"""


@pytest.fixture(scope="session")
def log_database() -> Iterator[str]:
    """A database in which tests commit: the log reads only what is committed."""
    name = house.clone(f"test_log_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}")
    with house.owner() as maker:
        maker.execute(SQL("alter database {} set synchronous_commit = off").format(Identifier(name)))
    yield name
    house.drop(name)


@pytest.fixture
def committed(
    log_database: str, django_db_blocker: Any, settings: Any, tmp_path: Path, owner: psycopg.Connection[Any]
) -> Iterator[None]:
    """The application's connection to that database, emptied; log folder and keys of this test alone."""
    owner.execute(CLEAN)
    settings.STATE, settings.RECORD = tmp_path, ""
    settings.SECRETS = tmp_path / "secrets"
    settings.SECRETS.mkdir()
    (settings.SECRETS / "subject_key").write_text("5b" * 32 + "\n", "ascii")
    (settings.SECRETS / "log_key").write_text("10" * 32 + "\n", "ascii")
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = log_database
        yield
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture
def alone(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes in this database, so that tests of other databases in the cluster need not be waited for."""
    monkeypatch.setattr(sequencer, "PASS", sequencer.PASS.replace("pg_snapshot_xmin", "pg_snapshot_xmax"))


@pytest.fixture
def owner(log_database: str) -> Iterator[psycopg.Connection[Any]]:
    """The owner of the tables: a database administrator who means ill."""
    with house.owner() as maker:
        known = maker.info
        connected = psycopg.connect(
            host=known.host, dbname=log_database, user=known.user, password=known.password, autocommit=True
        )
    with connected:
        yield connected


@pytest.fixture
def as_owner(committed: None, owner: psycopg.Connection[Any]) -> Callable[[], AbstractContextManager[None]]:
    """Within this, the program itself runs with the owner's rights, as migrations do."""

    @contextmanager
    def owning() -> Iterator[None]:
        given = {"USER": owner.info.user, "PASSWORD": owner.info.password}
        before = {name: connection.settings_dict[name] for name in given}
        connection.close()
        connection.settings_dict.update(given)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)

    return owning


@pytest.fixture
def another(committed: None) -> Iterator[Callable[[], psycopg.Connection[Any]]]:
    """Further connections as the application's role, each with a transaction of its own."""
    opened: list[psycopg.Connection[Any]] = []

    def connect() -> psycopg.Connection[Any]:
        at = connection.settings_dict
        made = psycopg.connect(host=at["HOST"], dbname=at["NAME"], user=at["USER"], password=at.get("PASSWORD"))
        opened.append(made)
        return made

    yield connect
    for made in opened:
        made.close()
