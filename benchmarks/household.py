"""世帯の照会 What the view of a household takes at three sizes, through its door with the row in the record; beside it, in the same run,
the least that tells as much (one statement that joins the facts, unchecked and unrecorded) and one row by its primary key.

    bin/yakusho bench household     or: .venv/bin/python benchmarks/household.py [RESIDENTS …] [--long]
"""

from __future__ import annotations

import _measure as measure
from _desk import CLERK, ON, by_key, residents
from django.db import connection

from yakusho.systems.city.resident_records import queries

SIZES = (10_000, 100_000, 285_000)
MILLION = 1_000_000
ROUNDS = 300
LEAST = """
select r.*, n.*, o.*, f.*, c.* from people_residence me
join people_residence r on r.household_id = me.household_id and upper(r.known) is null and r.valid @> %(on)s
join people_naming n on n.person_id = r.person_id and upper(n.known) is null and n.valid @> %(on)s
left join people_origin o on o.person_id = r.person_id and upper(o.known) is null and o.valid @> %(on)s
left join people_foreignstatus f on f.person_id = r.person_id and upper(f.known) is null and f.valid @> %(on)s
left join people_closing c on c.person_id = r.person_id and upper(c.known) is null
where me.person_id = %(person)s and upper(me.known) is null and me.valid @> %(on)s
"""


def least(person: int) -> object:
    """All facts of the household in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(LEAST, {"person": person, "on": ON})
        return cursor.fetchall()


def measured(size: int) -> tuple[float, ...]:
    """p50 and p95 of the view, p50 of the least, p50 of the key, processor time of the view."""
    with measure.city(size, name="bench_household"):
        people = [one[0] for one in residents(ROUNDS)]
        acts = {
            "own": lambda turn: queries.household(person=people[turn % len(people)], by=CLERK, on=ON),
            "least": lambda turn: least(people[turn % len(people)]),
            "bound": lambda turn: by_key(people[turn % len(people)]),
        }
        rounds = ROUNDS if size > 2_000 else 4
        spent, effort = measure.interleaved(acts, rounds), measure.effort(acts["own"], rounds)
    own, other, bound = spent.values()
    middle = (measure.share(times, 0.5) for times in (other, bound))
    return measure.share(own, 0.5), measure.share(own, 0.95), *middle, effort


def main() -> None:
    """One table."""
    chosen = measure.sizes(SIZES, long=MILLION)
    found = [measured(size) for size in chosen]
    grown = measure.growth([one[1] for one in found])
    lines = [
        (size, *one, one[0] / one[2], one[0] / one[3], by) for size, one, by in zip(chosen, found, grown, strict=True)
    ]
    headings = (
        "residents",
        "p50 ms",
        "p95 ms",
        "one join p50",
        "key p50",
        "CPU ms",
        "own/join",
        "own/key",
        "growth of p95",
    )
    measure.table("世帯の照会 household view, through its door", headings, lines)


if __name__ == "__main__":
    main()
