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

from dataclasses import dataclass
from typing import Any

from tests.faults.samples import modules


@dataclass(frozen=True)
class Of:
    """Stands in a sample for an object of the kind that is asked about."""

    noun: str


def declared(door: str, what: str, default: Any = None) -> Any:
    """What the room of a door declares about it."""
    room, _, name = door.partition(".")
    table = getattr(modules("access").get(room), what, {})
    return (name in table) if isinstance(table, (set, frozenset)) else table.get(name, default)


def everything(what: str) -> Any:
    """A table of all rooms together."""
    tables = [getattr(module, what) for module in modules("access").values() if hasattr(module, what)]
    if tables and isinstance(tables[0], dict):
        return {key: value for table in tables for key, value in table.items()}
    return [one for table in tables for one in table]
