"""事実の読取り What is believed about people, read for one day by one statement, whatever their number."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection

from yakusho.blocks.history.models import Fact
from yakusho.registers.people import models

# The last that had begun by the day, whether it still holds or not; the one that holds; the one that holds or is planned.
BEGUN = "lower(f.valid) <= %(on)s order by f.valid desc limit 1"
HOLDING = "f.valid @> %(on)s::date limit 1"
CLOSING = "(f.valid @> %(on)s::date or (f.planned and lower(f.valid) > %(on)s)) order by f.valid limit 1"
KINDS: dict[type[Fact], str] = {
    models.Naming: BEGUN,
    models.Residence: BEGUN,
    models.Closing: CLOSING,
    models.Origin: HOLDING,
    models.ForeignStatus: HOLDING,
}
NOW, THEN = "upper(f.known) is null", "f.known @> %(known_at)s::timestamptz"
PROTECTED = "exists (select from people_protection f where f.person_id = one.id and f.ended_on is null)"


@dataclass(frozen=True)
class Belief:
    """事実 One person's facts for one day, and whether they are protected now, whatever day is asked about."""

    protected: bool
    naming: models.Naming | None
    residence: models.Residence | None
    closing: models.Closing | None
    origin: models.Origin | None
    foreign: models.ForeignStatus | None


def about(people: Collection[int], *, on: date, known_at: datetime | None) -> dict[int, Belief]:
    """事実の読取り Of each of these people, as of a day, as believed now or as believed at an instant."""
    given: dict[str, Any] = {"people": list(people), "on": on, "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(_statement(THEN if known_at else NOW), given)
        rows = cursor.fetchall() if people else []
    return {person: Belief(protected, *_facts(columns)) for person, protected, *columns in rows}


@cache
def _statement(known: str) -> str:
    facts = [
        f"left join lateral (select {', '.join(_columns(kind))} from {kind._meta.db_table} f "  # noqa: S608 - our own names
        f"where f.person_id = one.id and {known} and {chosen}) {kind.__name__} on true"
        for kind, chosen in KINDS.items()
    ]
    shown = [PROTECTED, *(f"{kind.__name__}.{column}" for kind in KINDS for column in _columns(kind))]
    people = "unnest(%(people)s::bigint[]) one(id)"
    return f"select one.id, {', '.join(shown)} from {people} {' '.join(facts)}"  # noqa: S608 - our own names


@cache
def _columns(kind: type[Fact]) -> tuple[str, ...]:
    return ("valid", "person_id", *kind.own_fields())


@cache
def _stored_as_text(kind: type[Fact]) -> tuple[tuple[int, Any], ...]:
    """Places of the columns that Django reads in a way of its own (JSON)."""
    fields = [kind._meta.get_field(name) for name in _columns(kind)]
    return tuple((place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value"))


def _facts(columns: list[Any]) -> Iterator[Any]:
    start = 0
    for kind in KINDS:
        names = _columns(kind)
        values = columns[start : start + len(names)]
        start += len(names)
        if values[0] is None:
            yield None
            continue
        for place, read in _stored_as_text(kind):
            values[place] = read(values[place], None, connection)
        yield kind.from_db(None, names, values)
