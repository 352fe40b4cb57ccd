"""支援措置の照会 For officers only; nothing here shows an address."""

from datetime import date

from yakusho.blocks.doors import Actor, PersonId, query
from yakusho.registers.people import queries as people
from yakusho.registers.people.values import DueMark, Protection, Release
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK, RESIDENT_MANAGER

OFFICER = RESIDENT_CLERK | RESIDENT_MANAGER


@query(allowed=OFFICER)
def protections(*, person: PersonId, by: Actor) -> list[Protection]:
    """支援措置の一覧 All measures of one person, the newest first."""
    return people.protections(person=person, by=by)


@query(allowed=OFFICER)
def due_protections(*, after: DueMark | None = None, by: Actor, on: date) -> list[Protection]:
    """延長の案内 Measures that end within a month, or have passed their year and wait for a decision, the first to end first:
    a page and the first of the next, ``after`` a measure with its end.
    """
    return people.due_protections(on=on, after=after, by=by)


@query(allowed=OFFICER)
def release(*, release: int, by: Actor) -> Release:
    """解除の照会 One release: who asked, who agreed, until when, and whether it was used. Refusals: NotFound."""
    return people.release(release=release, by=by)
