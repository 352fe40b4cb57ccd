"""People and households, as of a day and as known at an instant."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from yakusho.blocks.doors import WITHIN, PersonId, query
from yakusho.blocks.doors.prepared import Prepared
from yakusho.blocks.history import record
from yakusho.kit.names import kana_fold, kanji_fold
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import models, reading
from yakusho.registers.people.queries.protections import open_releases
from yakusho.registers.people.values import Alike, NameEntry, Person

ALIKE = 20  # people of one name and birth date that are told: enough to make somebody look


@query(allowed=WITHIN)
def persons(
    *, people: list[PersonId], on: date, known_at: datetime | None = None, paper: str = "", at: datetime | None = None
) -> list[Person]:
    """住民の照会 People as of a day, in the order asked; those of whom nothing was known then are left out.

    A protected person's address is withheld, unless a release for exactly this ``paper`` is open ``at`` this instant.
    """
    shown = open_releases(people, paper=paper, at=at) if paper and at else ()
    return reading.views(people, on=on, known_at=known_at, shown=shown)


@query(allowed=WITHIN)
def person(
    *, person: PersonId, on: date, known_at: datetime | None = None, paper: str = "", at: datetime | None = None
) -> Person:
    """住民の照会 One person as of a day. Refusals: NotFound."""
    shown = open_releases([person], paper=paper, at=at) if paper and at else ()
    found = reading.views([person], on=on, known_at=known_at, shown=shown)
    if not found:
        raise NotFound
    return found[0]


@query(allowed=WITHIN)
def members(
    *, household: int, on: date, known_at: datetime | None = None, paper: str = "", at: datetime | None = None
) -> list[Person]:
    """世帯員 Who belonged to a household on a day, head first; empty when nobody did."""
    people = list(
        record.as_of(models.Residence.objects.filter(household=household), on=on, known_at=known_at).values_list(
            "person", flat=True
        )
    )
    shown = open_releases(people, paper=paper, at=at) if paper and at else ()
    return reading.in_order(reading.views(people, on=on, known_at=known_at, shown=shown))


@query(allowed=WITHIN)
def together(*, person: PersonId, on: date, known_at: datetime | None = None) -> list[Person]:
    """同じ世帯の人 The household that a person belonged to on a day, head first, themselves included; empty for none."""
    found = (
        TOGETHER_THEN.rows(person=person, on=on, known_at=known_at) if known_at else TOGETHER.rows(person=person, on=on)
    )
    return reading.in_order(reading.views([one for (one,) in found], on=on, known_at=known_at))


def _together(person: int, on: date, known_at: datetime | None = None) -> QuerySet[models.Residence, Any]:
    rows = record.as_of(models.Residence.objects.all(), on=on, known_at=known_at)
    return rows.filter(household__in=rows.filter(person=person).values("household")).values_list("person")


TOGETHER = Prepared(_together, person=-1, on=date.min)
TOGETHER_THEN = Prepared(_together, person=-1, on=date.min, known_at=datetime.min.replace(tzinfo=UTC))


@query(allowed=WITHIN)
def locked(*, households: list[int], people: list[PersonId], on: date) -> list[Person]:
    """記載のための照会 Lock households and people, then read these people and all members of the households, as of a day.

    Everything a movement decides on is read here, so that two clerks at one household wait for each other.
    """
    list(
        models.Household.objects.filter(pk__in=households)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk")
    )
    live = record.as_of(models.Residence.objects.filter(household__in=households), on=on).values_list(
        "person", flat=True
    )
    everybody = sorted({*people, *live})
    list(models.Person.objects.filter(pk__in=everybody).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return reading.in_order(reading.views(everybody, on=on, known_at=None))


@query(allowed=WITHIN)
def still(*, people: list[PersonId]) -> int:
    """動かない記録 Nothing about these people changes until the transaction ends: whoever would change it waits; how many."""
    with connection.cursor() as cursor:
        cursor.execute(STILL, [people])
        return len(cursor.fetchall())


STILL = "select id from people_person where id = any(%s) order by id for share"


@query(allowed=WITHIN)
def last_change(*, person: PersonId) -> datetime | None:
    """最後の変更 The instant of the last change that touches the person's paper, their household's included."""
    with connection.cursor() as cursor:
        cursor.execute("select people_last_change(%s)", [person])
        found: datetime | None = cursor.fetchone()[0]
    return found


@query(allowed=WITHIN)
def alike(*, names: list[NameEntry]) -> list[Alike]:
    """同名・同生年月日 People who are registered with the same name (as read or as written) and the same birth date.

    By the place in the list of names, then by number; the first twenty for each place. One statement.
    """
    asked = [
        (one.born, kana_fold(one.family_kana + one.given_kana), kanji_fold(one.family + one.given)) for one in names
    ]
    rows = models.PersonSearch.objects.filter(born__in={born for born, _, _ in asked})
    same = rows.filter(reading__in={reading for _, reading, _ in asked} - {""})
    same |= rows.filter(writing__in={writing for _, _, writing in asked} - {""})
    found = {
        (place, person)
        for person, born, reading, writing in same.values_list("person", "born", "reading", "writing")
        for place, (day, read, written) in enumerate(asked)
        if born == day and (reading == read != "" or writing == written != "")
    }
    by_place = [sorted(person for where, person in found if where == place)[:ALIKE] for place in range(len(names))]
    return [Alike(place=place, person=person) for place, people in enumerate(by_place) for person in people]


@query(allowed=WITHIN)
def at_same_address(*, person: PersonId, on: date) -> list[Person]:
    """同じ住所の人 Who is registered at the same address, in whichever household: candidates for being protected together."""
    here = record.as_of(models.Residence.objects.filter(person=person), on=on).values("town", "block", "building")
    others = record.as_of(models.Residence.objects.exclude(person=person), on=on)
    same = [other for address in here for other in others.filter(**address).values_list("person", flat=True)]
    return reading.in_order(reading.views(same, on=on, known_at=None))


@query(allowed=WITHIN)
def housemates(*, person: int, others: list[int], on: date) -> list[int]:
    """同じ世帯の人 Which of these people belonged to the person's household on a day and still do, as far as is known now."""
    homes = record.known(models.Residence.objects.filter(person__in=[person, *others]))
    then = _home_of(homes.filter(valid__contains=on))
    still = _home_of(homes.filter(valid__endswith__isnull=True))
    return [
        other
        for other in others
        if all(person in homes and homes.get(other) == homes[person] for homes in (then, still))
    ]


def _home_of(rows: QuerySet[models.Residence]) -> dict[int, int]:
    return dict(rows.values_list("person", "household"))
