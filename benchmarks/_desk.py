"""Who asks in the benchmarks of the desk, and about whom."""

from __future__ import annotations

import random
from datetime import date

from django.db import connection

from yakusho.blocks.doors import Actor, Grant

ON = date(2026, 11, 23)
CLERK = Actor(7, "計測", frozenset({Grant("resident_clerk", "citizen_registration")}), purpose="計測")
DRAWN = """
select n.person_id, n.family, n.given, n.family_kana, n.given_kana, n.born from people_naming n
join people_residence r on r.person_id = n.person_id and upper(r.known) is null and upper(r.valid) is null
where n.family <> '' and n.person_id = any(%s)
"""


def residents(number: int) -> list[tuple[int, str, str, str, str, date]]:
    """Residents drawn at random (the same at each run), with their names and birth dates."""
    chance = random.Random(1)
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from people_person")
        last = cursor.fetchone()[0]
        cursor.execute(DRAWN, [[chance.randint(1, last) for _ in range(number)]])
        return cursor.fetchall()


def by_key(person: int) -> object:
    """The bound: one row by its primary key."""
    with connection.cursor() as cursor:
        cursor.execute("select id from people_person where id = %s", [person])
        return cursor.fetchone()
