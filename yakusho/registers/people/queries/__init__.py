"""What systems can ask the register; every door opens only from inside another one, or for the house."""

from yakusho.registers.people.queries.bulk import held_numbers, namesakes, residents
from yakusho.registers.people.queries.counts import census, months
from yakusho.registers.people.queries.matches import guarded, named
from yakusho.registers.people.queries.persons import (
    alike,
    at_same_address,
    housemates,
    last_change,
    locked,
    members,
    person,
    persons,
    still,
    together,
)
from yakusho.registers.people.queries.protections import (
    DUE,
    due_protections,
    is_opponent,
    protected_from,
    protection,
    protections,
    release,
)
from yakusho.registers.people.queries.searches import search

__all__ = [
    "DUE",
    "alike",
    "at_same_address",
    "census",
    "due_protections",
    "guarded",
    "held_numbers",
    "housemates",
    "is_opponent",
    "last_change",
    "locked",
    "members",
    "months",
    "named",
    "namesakes",
    "person",
    "persons",
    "protected_from",
    "protection",
    "protections",
    "release",
    "residents",
    "search",
    "still",
    "together",
]
