"""Small cities in databases of their own."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests import house


class Cities(NamedTuple):
    """The same city twice, and an empty one."""

    built: str
    again: str
    empty: str


@pytest.fixture(scope="module")
def cities() -> Iterator[Cities]:
    """Made once for a file of tests."""
    names = Cities(*(house.clone(f"sample_{name}") for name in Cities._fields))
    for name in (names.built, names.again):
        house.manage("city", "build", "--population", "300", "--seed", "5", database=name)
    yield names
    for name in names:
        house.drop(name)
