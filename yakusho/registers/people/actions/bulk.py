"""大量の記載 Many new people in one transaction: staged by COPY, written by set operations, checked like every other entry."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from json import dumps
from typing import Any

from django.db import IntegrityError, connection

from yakusho.blocks.doors import WITHIN, action, note
from yakusho.registers.people import seal
from yakusho.registers.people.actions.movements import heads_settled
from yakusho.registers.people.actions.numbers import NumberTaken
from yakusho.registers.people.terms import HEAD, NumberKind
from yakusho.registers.people.values import ForeignEntry, NameEntry, OriginEntry
from yakusho.registers.people.values.bulk import Entered, Entrant

NAMING = tuple(NameEntry.model_fields)
ORIGIN = tuple(OriginEntry.model_fields)
FOREIGN = tuple(ForeignEntry.model_fields)
WHERE = ("relation", "town", "town_name", "block", "building", "resident_since", "address_since", "notified_on")
FROM = ("came_from", "moved_from")
SOME = 500
DAYS = {"born", "resident_since", "address_since", "notified_on", "expires_on", "foreign_since"}
JSON = {"alias_records", "glyphs"}
STAGED = ("person_id", "household_id", *NAMING, *WHERE, *FROM, *ORIGIN, *FOREIGN)
# The tables are under row-level security, into which PostgreSQL does not COPY: it goes into a table of this transaction.
STAGE = "create temporary table people_entering ({}) on commit drop"
ROWS = "insert into people_{table} (person_id, valid, known, {columns}) select person_id, {valid}, tstzrange(%s, null), {columns}"
# A household's past is not imported: its members hold their place from the day on which its head does, too.
RESIDENCES = """
with begun as (select *, greatest(coalesce(address_since, resident_since), resident_since) as own from people_entering),
heads as (select household_id as home, min(own) as head_since from begun where relation = %s group by 1)
insert into people_residence (person_id, household_id, valid, known, {columns})
select person_id, household_id, daterange(greatest(own, head_since), null), tstzrange(%s, null), {columns}
from begun left join heads on home = household_id
"""


@action(allowed=WITHIN)
def enter_many(*, people: list[Entrant]) -> Entered:
    """大量の記載 Enter new people and households at one instant; all or none. Their search keys follow.

    No movement stands behind these facts (``cause`` is empty): the room that imports keeps what it loaded.
    Refusals: HouseholdWithoutHead, HouseholdWithTwoHeads, NumberTaken.
    """
    persons = _allot("people_person", len(people))
    homes = _allot("people_household", 1 + max((one.home for one in people), default=-1))
    _stage(_line(one, person, homes[one.home]) for one, person in zip(people, persons, strict=True))
    with heads_settled():
        _write()
    _seal(zip(people, persons, strict=True))
    with connection.cursor() as cursor:
        # Past some hundreds of people it is faster to make everybody's keys anew than to look everybody up in the list.
        cursor.execute("select people_reindex(%s)", [persons if len(persons) <= SOME else None])
        cursor.execute("drop table people_entering")
    note(people=len(persons), households=len(homes))
    return Entered(people=persons, households=homes)


def _allot(table: str, number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} select nextval(pg_get_serial_sequence('{table}', 'id'))"  # noqa: S608 - own names
            " from generate_series(1, %s) returning id",
            [number],
        )
        return [row[0] for row in cursor.fetchall()]


def _line(one: Entrant, person: int, home: int) -> Iterator[Any]:
    said = {"person_id": person, "household_id": home, **one.model_dump(mode="json", include={*WHERE, *FROM})}
    for entry in (one.names, one.address, one.origin, one.foreign):
        said |= entry.model_dump(mode="json") if entry else {}
    for name in STAGED:
        value = said.get(name)
        yield dumps(value, ensure_ascii=False) if name in JSON else value


def _stage(lines: Iterable[Iterator[Any]]) -> None:
    types = {"person_id": "bigint", "household_id": "bigint", "kana_fixed": "boolean"}
    types |= dict.fromkeys(DAYS, "date") | dict.fromkeys(JSON, "jsonb")
    columns = ", ".join(f'"{name}" {types.get(name, "text")}' for name in STAGED)
    names = ", ".join(f'"{name}"' for name in STAGED)
    with connection.cursor() as cursor:
        cursor.execute(STAGE.format(columns))
        with cursor.copy(f"copy people_entering ({names}) from stdin") as sink:
            for line in lines:
                sink.write_row(tuple(line))


def _write() -> None:
    since = "daterange(resident_since, null)"
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        at = cursor.fetchone()[0]
        cursor.execute(_rows("naming", NAMING, since), [at])
        cursor.execute(RESIDENCES.format(columns=_names((*WHERE, *FROM))), [HEAD, at])
        cursor.execute(_rows("origin", ORIGIN, since) + " where state is not null", [at])
        begun = "daterange(greatest(foreign_since, resident_since), null)"
        cursor.execute(_rows("foreignstatus", FOREIGN, begun) + " where nationality is not null", [at])


def _rows(table: str, columns: Sequence[str], valid: str) -> str:
    return ROWS.format(table=table, columns=_names(columns), valid=valid) + " from people_entering"


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _seal(people: Iterable[tuple[Entrant, int]]) -> None:
    rows = [
        _sealed(one.individual_number, person, one.resident_since) for one, person in people if one.individual_number
    ]
    if not rows:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into people_personnumber (person_id, kind, sealed, digest, since)"
                " select * from unnest(%s::bigint[], %s::text[], %s::bytea[], %s::bytea[], %s::date[])",
                [list(column) for column in zip(*rows, strict=True)],
            )
    except IntegrityError as error:
        raise NumberTaken from error


def _sealed(number: str, person: int, since: date) -> tuple[int, str, bytes, bytes, date]:
    kind = NumberKind.INDIVIDUAL
    return person, kind.value, *seal.both(number, person=person, kind=kind), since
