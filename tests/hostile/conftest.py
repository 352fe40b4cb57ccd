"""One small city for all attacks of a process; each file of tests works on it through the process's own connections."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests import house
from tests.hostile.attackers import PEOPLE, Faults, Visitor, pointed_at


@pytest.fixture(scope="session")
def hostile_city() -> Iterator[str]:
    """Name of the database."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = house.served(f"hostile_{worker}_{os.getpid()}")
    yield name
    house.drop(name)


@pytest.fixture(scope="module")
def city(hostile_city: str, django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The city, open to this process for one file of tests."""
    beside = house.beside(hostile_city)
    with (
        django_db_blocker.unblock(),
        override_settings(SAMPLE_CARDS=beside / "cards", RECORD=str(beside / "record")),
        pointed_at(hostile_city),
    ):
        yield hostile_city


@pytest.fixture(scope="module")
def visitors(city: str) -> dict[str, Visitor]:
    """One browser for each kind of person, signed in."""
    return {login: Visitor(login) for login in PEOPLE}


@pytest.fixture
def faults() -> Iterator[Faults]:
    """What failed inside the house during a test."""
    with Faults().watched() as found:
        yield found
