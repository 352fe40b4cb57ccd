"""大量の照会 Many people at once: who of a list is already here, and everybody page by page. A few statements, whatever the number."""

from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from yakusho.blocks.doors import WITHIN, query
from yakusho.blocks.history import record
from yakusho.registers.people import models, reading, seal
from yakusho.registers.people.terms import NumberKind
from yakusho.registers.people.values.bulk import Likeness, Namesake, Page

# A protected person's search row has no address: nobody learns here whether an address is theirs.
NAMESAKES = """
with asked as (
  select place, born, kanji_fold(name) as writing, kana_fold(reading) as reading, latin_fold(alphabet) as latin,
    address_fold(address) || case when building = '' then '' else ' ' || address_fold(building) end as address
  from unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[])
    as given (place, name, reading, alphabet, born, address, building))
select a.place - 1, s.person_id, bool_or(s.address <> '' and s.address = a.address)
from asked a join people_personsearch s on s.born = a.born
  and ((a.writing <> '' and s.writing = a.writing and s.reading = a.reading) or (a.writing = '' and s.writing = '' and s.reading = a.latin))
group by 1, 2 order by 1, 2
"""


@query(allowed=WITHIN)
def namesakes(*, people: list[Likeness]) -> list[Namesake]:
    """同名・同生年月日の照合 Who of a list is registered with the same name, reading and birth date. One statement."""
    columns = [
        list(range(1, len(people) + 1)),
        *(
            [getattr(one, name) for one in people]
            for name in ("name", "reading", "alphabet", "born", "address", "building")
        ),
    ]
    with connection.cursor() as cursor:
        cursor.execute(NAMESAKES, columns)
        found = cursor.fetchall()
    return [Namesake(place=place, person=person, same_address=same) for place, person, same in found]


@query(allowed=WITHIN)
def held_numbers(*, numbers: list[str]) -> list[int]:
    """記録済みの個人番号 Places in the list of numbers that are already recorded; the numbers themselves are not said."""
    digests = [seal.digest(number, kind=NumberKind.INDIVIDUAL) for number in numbers]
    rows = models.PersonNumber.objects.filter(kind=NumberKind.INDIVIDUAL.value, digest__in=digests)
    held = {bytes(digest) for digest in rows.values_list("digest", flat=True)}
    return [place for place, digest in enumerate(digests) if digest in held]


@query(allowed=WITHIN)
def residents(
    *, on: date, known_at: datetime | None = None, towns: list[str] | None = None, after: int = 0, limit: int = 1000
) -> Page:
    """住民一覧 Residents of a day by number, the next ones after a number; seven statements a page.

    A list of towns never holds a protected person: the town would be their address.
    """
    rows = record.as_of(models.Residence.objects.filter(person__gt=after), on=on, known_at=known_at)
    if towns is not None:
        protected = models.Protection.objects.filter(person=OuterRef("person"), ended_on__isnull=True)
        rows = rows.filter(~Exists(protected), town__in=towns)
    people = list(rows.order_by("person").values_list("person", flat=True)[:limit])
    last = people[-1] if len(people) == limit else None
    return Page(people=reading.views(people, on=on, known_at=known_at), after=last)
