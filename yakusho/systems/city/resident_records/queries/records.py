"""住民・世帯の照会 One person, one household, its movements, and the search; as of a day, as known at an instant."""

from datetime import date, datetime

from yakusho.blocks.doors import RESIDENT, WITHIN, Actor, PersonId, query
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import queries as people
from yakusho.registers.people.rules import households
from yakusho.registers.people.values import Hits, Person
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK, RESIDENT_MANAGER
from yakusho.systems.city.resident_records.queries import movements
from yakusho.systems.city.resident_records.values import HouseholdView, Movement, Remark

DESK = RESIDENT_CLERK | RESIDENT_MANAGER


@query(allowed=DESK | RESIDENT)
def person(*, person: PersonId, by: Actor, on: date, known_at: datetime | None = None) -> Person:
    """住民の照会 One person's record as of a day, as known at an instant. Refusals: NotFound (also for strangers)."""
    _let_in(person, by=by, on=on)
    return people.person(person=person, on=on, known_at=known_at, by=by)


@query(allowed=DESK | RESIDENT)
def household(*, person: PersonId, by: Actor, on: date, known_at: datetime | None = None) -> HouseholdView:
    """世帯の照会 The household a person belonged to on a day, head first. Refusals: NotFound."""
    _let_in(person, by=by, on=on)
    members = people.together(person=person, on=on, known_at=known_at, by=by)
    homes = {one.residence.household for one in members if one.residence and one.id == person}
    if not homes:
        raise NotFound
    return HouseholdView(
        household=homes.pop(),
        on=on,
        known_at=known_at,
        members=_seen(members, by=by, on=on),
        remarks=_remarks(members, on),
    )


@query(allowed=DESK | RESIDENT)
def history(*, person: PersonId, by: Actor, on: date) -> list[Movement]:
    """異動の履歴 All movements of one person with their three dates, newest first; cancelled ones too. Refusals: NotFound."""
    _let_in(person, by=by, on=on)
    found = movements.of_person(person)
    return found if _is_desk(by) else [one.model_copy(update={"people": [person], "by": ""}) for one in found]


@query(allowed=DESK)
def search(
    *,
    text: str,
    address: str = "",
    residents_only: bool = False,
    after: str = "",
    by: Actor,
    on: date,
    known_at: datetime | None = None,
) -> Hits:
    """住民検索 「たかはし S54」「450305」「本宮5-15-8」「KIM 90」「*みさき」: at most 50 lines, ``after`` for more.

    Refusals: NumberNotSearched, NothingAsked.
    """
    return people.search(
        text=text, address=address, residents_only=residents_only, after=after, on=on, known_at=known_at, by=by
    )


@query(allowed=WITHIN)
def last_change(*, person: PersonId) -> datetime | None:
    """最後の変更 The instant of the last change that touches the person's paper: a paper must have been read after it."""
    return people.last_change(person=person)


def _is_desk(by: Actor) -> bool:
    return DESK.granting(by) is not None


def _seen(members: list[Person], *, by: Actor, on: date) -> list[Person]:
    """Residents see themselves, and others while they live together: on the day asked, and still."""
    if _is_desk(by):
        return members
    mates = [] if by.person is None else _mates([one.id for one in members], person=by.person, by=by, on=on)
    return [one for one in members if one.id == by.person or one.id in mates]


def _mates(others: list[int], *, person: int, by: Actor, on: date) -> list[int]:
    return people.housemates(person=person, others=[one for one in others if one != person], on=on, by=by)


def _let_in(person: int, *, by: Actor, on: date) -> None:
    if _is_desk(by) or by.person == person:
        return
    if by.person is None or person not in _mates([person], person=by.person, by=by, on=on):
        raise NotFound


def _remarks(members: list[Person], on: date) -> list[Remark]:
    seen = [
        households.Member(one.id, one.names.name, one.residence.relation, one.names.sex, one.names.born)
        for one in members
        if one.residence
    ]
    return [Remark(ja=one.ja, en=one.en) for one in households.check(seen, on=on)]
