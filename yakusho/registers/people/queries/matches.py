"""照合 Which resident a card names: the answer of this register to the question of identity."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db import connection

from yakusho.blocks.doors import HOUSE, SYSTEM, Actor, PersonId, Value, query
from yakusho.blocks.identity.matching import FourItems, find_by, guard_by, same_but_for_substitutes
from yakusho.registers.people.terms import Sex

SEXES = {"1": Sex.MALE, "2": Sex.FEMALE, "3": Sex.UNKNOWN}

# Whoever was born on the day and lives here; name and address are compared in full, character by character.
BORN = """
select n.person_id, n.family || n.given, n.alphabet, n.alias, r.town_name || r.block || r.building
from people_naming n join people_residence r on r.person_id = n.person_id and upper(r.known) is null and r.valid @> %(on)s
where upper(n.known) is null and n.valid @> %(on)s and n.born = %(born)s and n.born_precision = '年月日' and n.sex = %(sex)s
order by n.person_id
"""
# Whoever is protected and was ever registered with the birth date.
PROTECTED = """
select n.family || n.given, n.alphabet, n.alias from people_naming n
where n.born = %s and exists (select 1 from people_protection p where p.person_id = n.person_id and p.ended_on is null)
"""


class Items(Value):
    """基本4情報 As they stand in a signature certificate."""

    name: str
    born: date
    sex: str
    address: str
    name_substituted: str = ""
    address_substituted: str = ""


@query(allowed=HOUSE)
def named(*, items: Items, on: date, by: Actor) -> list[PersonId]:
    """4情報の照合 All residents of a day whose four items agree; the caller takes one, or nobody."""
    with connection.cursor() as cursor:
        cursor.execute(BORN, {"on": on, "born": items.born, "sex": SEXES[items.sex].value})
        return [row[0] for row in cursor.fetchall() if _same(items, row)]


@query(allowed=HOUSE)
def guarded(*, items: Items, by: Actor) -> bool:
    """照会制限 Whether somebody who is protected was ever registered with this name and birth date."""
    with connection.cursor() as cursor:
        cursor.execute(PROTECTED, [items.born])
        return any(_same_name(items, names) for names in cursor.fetchall())


def _same_name(items: Items, names: tuple[str, ...]) -> bool:
    return any(same_but_for_substitutes(items.name, items.name_substituted, one) for one in names if one)


def _same(items: Items, row: tuple[int, str, str, str, str]) -> bool:
    _, name, alphabet, alias, address = row
    city = settings.CITY["prefecture"] + settings.CITY["name"]
    return _same_name(items, (name, alphabet, alias)) and any(
        same_but_for_substitutes(items.address, items.address_substituted, front + address)
        for front in (city, settings.CITY["name"], "")
    )


def residents_named(items: FourItems, on: date) -> Iterator[int]:
    """照合 Registered with identity when the house starts."""
    yield from named(items=_told(items), on=on, by=SYSTEM)


def may_be_protected(items: FourItems) -> bool:
    """照会制限 Registered with identity when the house starts."""
    return guarded(items=_told(items), by=SYSTEM)


def _told(items: FourItems) -> Items:
    return Items.model_validate({name: getattr(items, name) for name in Items.model_fields})


find_by(residents_named)
guard_by(may_be_protected)
