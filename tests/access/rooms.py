"""What the rooms declare about their doors, in `tests/access.py` beside `tests/knocks.py`.

- ``SAMPLES``: a sample input for each query, and for each action that has no knock; a value `Of("person")` stands for an object
- ``OBJECTS``: noun → maker of such an object about a person; ``PERSONAL``: nouns of objects that belong to an account
- ``NAMES``: fields that name an object by another word than its noun
- ``HOUSEMATES``: doors that also answer those who live with the person
- ``FINDERS``: door → who of those let in finds the object; ``OWN_ONLY``: door → roles that find only what is their own
- ``OPEN_ONLY``: doors that find nothing about somebody whose record is closed
- ``PAGES``: address → who may open it, where the page is not the page of one door
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from tests import house


@dataclass(frozen=True)
class Of:
    """Stands in a sample for an object of the kind that is asked about."""

    noun: str


@cache
def modules() -> dict[str, ModuleType]:
    """`tests/access.py` of every floor and room that has one, by the name of its doors."""
    found = {}
    for path in sorted((house.ROOT / "yakusho").glob("**/tests/access.py")):
        name = ".".join(path.relative_to(house.ROOT).with_suffix("").parts)
        found[path.parent.parent.name] = importlib.import_module(name)
    return found


def declared(door: str, what: str, default: Any = None) -> Any:
    """What the room of a door declares about it."""
    room, _, name = door.partition(".")
    table = getattr(modules().get(room), what, {})
    return (name in table) if isinstance(table, (set, frozenset)) else table.get(name, default)


def everything(what: str) -> Any:
    """A table of all rooms together."""
    tables = [getattr(module, what) for module in modules().values() if hasattr(module, what)]
    if tables and isinstance(tables[0], dict):
        return {key: value for table in tables for key, value in table.items()}
    return [one for table in tables for one in table]
