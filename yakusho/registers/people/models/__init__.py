"""Tables of the register; nobody outside reads or writes them."""

from yakusho.registers.people.models.facts import Closing, ForeignStatus, Naming, Origin, Residence
from yakusho.registers.people.models.persons import Household, Person, PersonNumber
from yakusho.registers.people.models.protections import Opponent, Protection, Release
from yakusho.registers.people.models.searches import PersonSearch

FACTS = (Naming, Residence, Closing, Origin, ForeignStatus)

__all__ = [
    "FACTS",
    "Closing",
    "ForeignStatus",
    "Household",
    "Naming",
    "Opponent",
    "Origin",
    "Person",
    "PersonNumber",
    "PersonSearch",
    "Protection",
    "Release",
    "Residence",
]
