"""One small city for all attacks of a process; each file of tests works on it through the process's own connections."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import override_settings

from tests import house
from tests.hostile.attackers import PEOPLE, Faults, Visitor, furnish, pointed_at


@pytest.fixture(scope="session")
def hostile_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Name of the database, in which there is something behind every number that an address can name."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = house.served(f"hostile_{worker}_{os.getpid()}")
    with _open(name, django_db_blocker):
        furnish()
    yield name
    house.drop(name)


@pytest.fixture(scope="module")
def city(hostile_city: str, django_db_blocker: Any) -> Iterator[str]:
    """The city, open to this process for one file of tests."""
    with _open(hostile_city, django_db_blocker):
        yield hostile_city


@contextmanager
def _open(name: str, blocker: Any) -> Iterator[None]:
    beside = house.beside(name)
    with (
        blocker.unblock(),
        override_settings(SAMPLE_CARDS=beside / "cards", RECORD=str(beside / "record")),
        pointed_at(name),
    ):
        yield


@pytest.fixture(scope="module")
def visitors(city: str) -> dict[str, Visitor]:
    """One browser for each kind of person, signed in."""
    return {login: Visitor(login) for login in PEOPLE}


@pytest.fixture
def faults() -> Iterator[Faults]:
    """What failed inside the house during a test."""
    with Faults().watched() as found:
        yield found
