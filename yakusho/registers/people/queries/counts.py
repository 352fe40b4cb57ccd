"""統計 Counts over the whole register by set operations: two statements a question, whatever its size. Numbers only."""

from datetime import date, datetime
from typing import Any

from django.db import connection

from yakusho.blocks.doors import WITHIN, query
from yakusho.registers.people.terms import HEAD, ClosingReason
from yakusho.registers.people.values.counts import Census, MonthCount, TownCount, TownHouseholds

PEOPLE = """
select r.town, max(r.town_name), n.sex, least(extract(year from age(%(on)s::date, n.born))::int / 5 * 5, %(last)s), count(*)
from people_residence r join people_naming n on n.person_id = r.person_id and n.valid @> %(on)s::date and {n}
where r.valid @> %(on)s::date and {r} group by 1, 3, 4 order by 1, 3, 4
"""
HOUSEHOLDS = """
select r.town, max(r.town_name), count(distinct r.household_id) from people_residence r
where r.relation = %(head)s and r.valid @> %(on)s::date and {r} group by 1 order by 1
"""
# A period counts for every first of a month that lies in it: it adds one at its beginning and takes one at its end.
MONTHS = """
with stays as (select lower(r.valid) as first, upper(r.valid) as last from people_residence r where {r}),
edges as materialized (
  select date_trunc('month', first + interval '1 month' - interval '1 day')::date as month, count(*) as change from stays group by 1
  union all
  select date_trunc('month', last + interval '1 month' - interval '1 day')::date, -count(*) from stays
  where last is not null group by 1)
select m::date, (select coalesce(sum(change), 0) from edges where edges.month <= m::date)
from generate_series(%(first)s::date, %(last)s::date, interval '1 month') m order by 1
"""
EVENTS = """
select month, kind, count(*) from (
  select date_trunc('month', lower(r.valid))::date as month,
    case when n.born = lower(r.valid) then 'births' else 'arrivals' end as kind
  from people_residence r
  join people_naming n on n.person_id = r.person_id and n.valid @> lower(r.valid) and {n}
  where {r} and lower(r.valid) = r.resident_since and lower(r.valid) >= %(first)s and lower(r.valid) < %(until)s
  union all
  select date_trunc('month', lower(c.valid))::date, case when c.reason = any(%(died)s) then 'deaths' else 'departures' end
  from people_closing c
  where {c} and c.reason = any(%(gone)s) and lower(c.valid) >= %(first)s and lower(c.valid) < %(until)s
) told group by 1, 2
"""
# What was written, as the database itself counts it after each commit (a sequence alone would grow before).
WRITTEN = "pg_stat_get_tuples_{how}('people_{table}'::regclass)"
STAMP = "select concat_ws(':', current_database(), {})".format(
    ", ".join(
        WRITTEN.format(how=how, table=table)
        for table in ("naming", "residence", "closing")
        for how in ("inserted", "updated")
    )
)
DIED = [ClosingReason.DIED.value, ClosingReason.DECLARED_MISSING.value]
MOVED = [ClosingReason.MOVED_OUT.value, ClosingReason.MOVED_ABROAD.value]
KINDS = ("births", "deaths", "arrivals", "departures")


@query(allowed=WITHIN)
def census(*, on: date, known_at: datetime | None = None, oldest: int = 85) -> Census:
    """人口の計数 People by town, sex and five years of age, and households by town, as of a day and as known at an instant.

    ``oldest`` is the first age of the last, open band. Two statements.
    """
    given = {"on": on, "known_at": known_at, "last": oldest, "head": HEAD}
    people = [
        TownCount(town=town, town_name=name, sex=sex, band=band, people=number)
        for town, name, sex, band, number in _rows(PEOPLE, given)
    ]
    households = [
        TownHouseholds(town=town, town_name=name, households=number) for town, name, number in _rows(HOUSEHOLDS, given)
    ]
    return Census(people=people, households=households)


@query(allowed=WITHIN)
def months(*, first: date, last: date, known_at: datetime | None = None) -> list[MonthCount]:
    """月別の計数 Population on the first of each month, and births, deaths, arrivals and departures of the month.

    ``first`` and ``last`` are firsts of months, both included. A notice withdrawn or corrected is not counted twice:
    only what is believed counts. Two statements.
    """
    until = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    given = {"first": first, "last": last, "until": until, "known_at": known_at, "died": DIED, "gone": [*DIED, *MOVED]}
    events: dict[date, dict[str, int]] = {}
    for month, kind, number in _rows(EVENTS, given):
        events.setdefault(month, {})[kind] = number
    return [
        MonthCount(month=month, population=number, **dict.fromkeys(KINDS, 0) | events.get(month, {}))
        for month, number in _rows(MONTHS, given)
    ]


@query(allowed=WITHIN)
def counted() -> str:
    """台帳の版 A word that changes when the counts may have changed; answers may be kept under it."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        found: str = cursor.fetchone()[0]
    return found


def _rows(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    known = "upper({0}.known) is null" if given["known_at"] is None else "{0}.known @> %(known_at)s::timestamptz"
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**{name: known.format(name) for name in "rnc"}), given)
        return cursor.fetchall()
