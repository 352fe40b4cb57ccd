"""A served city for each module of journeys: what one journey does, the next one in the file sees."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import house


@pytest.fixture(scope="module")
def city(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a database with an invented city of 400 people."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = house.served(f"journey_{request.module.__name__.rpartition('.')[2]}_{worker}")
    yield name
    house.drop(name)


@pytest.fixture(scope="module")
def site(city: str) -> Iterator[str]:
    """The address at which the city is served."""
    with house.open_city(city) as address:
        yield address


@pytest.fixture(scope="module")
def command(city: str) -> Callable[..., Any]:
    """The command line: ``command("do", "room.act", {...}, by="clerk1")`` gives the JSON that it prints."""

    def run(verb: str, door: str, given: dict[str, Any] | None = None, *, by: str) -> Any:
        arguments = [verb, door, "--json", json.dumps(given or {}, ensure_ascii=False), "--as", by]
        return json.loads(house.manage(*arguments, database=city, user="yakusho_app", ok=(0, 1)) or "null")

    return run
