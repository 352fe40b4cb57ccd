"""住民記録の照会 What clerks and residents can ask. A resident sees their own record and household; all else does not exist."""

from yakusho.systems.city.resident_records.queries.forms import deadline, relations
from yakusho.systems.city.resident_records.queries.looks import who_looked
from yakusho.systems.city.resident_records.queries.protections import due_protections, protections, release
from yakusho.systems.city.resident_records.queries.records import history, household, last_change, person, search

__all__ = [
    "deadline",
    "due_protections",
    "history",
    "household",
    "last_change",
    "person",
    "protections",
    "relations",
    "release",
    "search",
    "who_looked",
]
