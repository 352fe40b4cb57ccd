"""閲覧の記録 Who looked at my data, without what the law lets the city withhold."""

from yakusho.blocks.audit.reading import EntryRow, entries_about
from yakusho.blocks.audit.record import subject_key
from yakusho.blocks.doors import RESIDENT, Actor, PersonId, query, registry
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import queries as people
from yakusho.systems.city.resident_records.rules.looks import Look, told
from yakusho.systems.city.resident_records.values import Looked

MOST = 200


@query(allowed=RESIDENT)
def who_looked(*, person: PersonId, by: Actor) -> list[Looked]:
    """閲覧の記録 Who saw or changed my record: when, which office, why; the newest 200. Refusals: NotFound (not oneself)."""
    if by.person != person:
        raise NotFound
    protected = {subject_key(other) for other in people.protected_from(person=person, by=by)}
    rows = entries_about(person, limit=MOST)
    return [_line(row) for row in rows if told(_look(row), protected=protected)]


def _look(row: EntryRow) -> Look:
    return Look(row.door, row.kind, row.purpose, row.case, frozenset(row.subjects))


def _line(row: EntryRow) -> Looked:
    door = registry.actions.get(row.door) or registry.queries.get(row.door)
    return Looked(at=row.at, office=row.office, purpose=row.purpose, act=door.title if door else row.door)
