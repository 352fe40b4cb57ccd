"""For tests that issue papers, here and in rooms: a database of their own where everything is committed, and a seal.

The press works on connections of its own, so the usual test transaction hides everything from it. Use::

    @pytest.fixture(scope="module")
    def city(django_db_setup, django_db_blocker, tmp_path_factory):
        with support.committed(django_db_blocker, tmp_path_factory.mktemp("secrets")) as name:
            yield name
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.db import connections
from django.test import override_settings

from tests import house
from yakusho.blocks.documents._internal import city_seal, gatehouse
from yakusho.blocks.documents.actions import press
from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.doors.frames import opened

R = TypeVar("R")
AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def within(door: Callable[..., R], **given: Any) -> R:
    """Knock from inside another door, as rooms and the press do."""
    with opened("toy.inside", "action", SYSTEM):
        return door(by=SYSTEM, **given)


def secrets_with_seal(folder: Path) -> Path:
    """A folder with this house's secrets and a sample seal of its own."""
    for secret in Path(settings.SECRETS).iterdir():
        if not secret.name.startswith("city_seal") and secret.is_file():
            (folder / secret.name).write_bytes(secret.read_bytes())
    city_seal.make(folder, city="盛岡市", label="盛岡市長之印", at=AT)
    return folder


def owner(database: str) -> psycopg.Connection:
    """A connection of the owner of the tables."""
    password = (Path(settings.SECRETS) / "db_owner").read_text("utf-8").strip()
    return psycopg.connect(host=house.HOST, dbname=database, user="yakusho_owner", password=password, autocommit=True)


@contextmanager
def committed(
    blocker, secrets: Path, *, gatekeeper: Mapping[str, str] | None = None, suffix: str = "papers"
) -> Iterator[str]:
    """A cloned database that stays until the end of the block; the gatekeeper runs beside it."""
    name = house.clone(f"test_{suffix}_{os.getpid()}")
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with blocker.unblock(), override_settings(SECRETS=secrets_with_seal(secrets)):
        _point(dict.fromkeys(before, name))
        environment = {**gatehouse.gatehouse().environment, **(gatekeeper or {})}
        gatehouse._houses[os.getpid(), name] = gatehouse.Gatehouse(environment)
        try:
            yield name
        finally:
            gatehouse.close_all()
            _point(before)
    house.drop(name)


def _point(names: dict[str, str]) -> None:
    press.stop()  # its threads hold connections to where this process pointed before
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
