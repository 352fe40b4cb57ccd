"""住民となる Coming into the records: 転入, 出生, 職権記載, and foreign residents (30条の46)."""

from datetime import date

from yakusho.blocks.doors import Actor, action
from yakusho.registers.people import actions as people_actions
from yakusho.registers.people import queries as people_queries
from yakusho.registers.people.rules.households import Remark
from yakusho.registers.people.rules.relations import written
from yakusho.registers.people.terms import NumberKind
from yakusho.registers.people.values import AddressEntry, ForeignMove, NameChange, OriginMove, ResidenceEntry
from yakusho.systems.city.resident_records.actions import joining
from yakusho.systems.city.resident_records.actions.movement import Draft, begin, enter, scene
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Birth, MoveIn, Newcomer, Receipt, Recording, RelationOf


@action(allowed=RESIDENT_CLERK)
def move_in(*, notice: MoveIn, by: Actor, on: date) -> Receipt:
    """転入届 Register people who moved in, from another municipality or abroad (住民基本台帳法 22条, 24条の2).

    Refusals: EventLiesAhead, AlreadyHere, AddressMissing, AddressDiffers, UnknownHousehold, RelationMissing, NoHead,
    NumberTaken and what the rules of households refuse.
    """
    draft = begin(MovementKind(notice.kind.value), notice, by=by, on=on)
    return _enter_people(draft, notice.people, notice.household, notice.address, notice.members, notice.came_from)


@action(allowed=RESIDENT_CLERK)
def enter_foreign_resident(*, notice: MoveIn, by: Actor, on: date) -> Receipt:
    """30条の46転入 A foreign resident who was here without being registered, or came from abroad, takes up residence.

    Refusals: ForeignItemsMissing and those of move_in.
    """
    draft = begin(MovementKind.ARTICLE_30_46, notice, by=by, on=on)
    if missing := [one.names.name for one in notice.people if one.foreign is None]:
        raise refusals.ForeignItemsMissing(names="、".join(missing))
    return _enter_people(draft, notice.people, notice.household, notice.address, notice.members, notice.came_from)


@action(allowed=RESIDENT_CLERK)
def register_birth(*, notice: Birth, by: Actor, on: date) -> Receipt:
    """出生 Record a child, or twins, in a household (戸籍法 49条, 施行令 12条2項). Refusals: as move_in."""
    for one in notice.children:
        if one.names.born != notice.event_on:
            raise refusals.BirthDayDiffers(name=one.names.name, born=one.names.born, event_on=notice.event_on)
    draft = begin(MovementKind.BIRTH, notice, by=by, on=on)
    return _enter_people(draft, notice.children, notice.household, None, [], "")


@action(allowed=RESIDENT_CLERK)
def record(*, notice: Recording, by: Actor, on: date) -> Receipt:
    """職権記載 Record people by the mayor's authority (住民基本台帳法 8条, 施行令 12条). Refusals: as move_in."""
    draft = begin(MovementKind.RECORD, notice, by=by, on=on, authority=True)
    draft.reason = notice.reason.value
    return _enter_people(draft, notice.people, notice.household, notice.address, [], notice.came_from)


def _enter_people(
    draft: Draft,
    people: list[Newcomer],
    household: int | None,
    address: AddressEntry | None,
    members: list[RelationOf],
    came_from: str,
) -> Receipt:
    if later := next((one.names for one in people if one.names.born > draft.since), None):
        raise refusals.BornLater(name=later.name, born=later.born, event_on=draft.since)
    allotted = people_actions.allot(
        people=sum(one.person is None for one in people), household=household is None, by=draft.by
    )
    fresh = iter(allotted.people)
    ids = [one.person or next(fresh) for one in people]
    known = [one.person for one in people if one.person]
    seen = scene(people=known, households=[household] if household else [], on=draft.since, by=draft.by)
    if here := [one.names.name for one in seen if one.id in ids and one.is_resident]:
        raise refusals.AlreadyHere(names="、".join(here))
    home = joining.home(household=household, address=address, seen=seen, allotted=allotted.household)
    relations = {person: written(one.relation) for person, one in zip(ids, people, strict=True)}
    draft.people, draft.households = ids, [*draft.households, home.household]
    draft.relate(joining.follow(home, relations, members))
    for person, one, alike in zip(ids, people, _alike(people, by=draft.by), strict=True):
        _describe(draft, person, one, alike)
        draft.residences.append(
            ResidenceEntry(
                person=person,
                household=home.household,
                relation=relations[person],
                address=home.address,
                like=home.like,
                resident_since=draft.since,
                notified_on=draft.notified_on,
                came_from=came_from,
            )
        )
    receipt = enter(draft)
    _hold_numbers(draft, ids, people)
    return receipt


def _alike(people: list[Newcomer], *, by: Actor) -> list[list[int]]:
    found = people_queries.alike(names=[one.names for one in people], by=by)
    return [[other.person for other in found if other.place == place] for place in range(len(people))]


def _describe(draft: Draft, person: int, one: Newcomer, alike: list[int]) -> None:
    """Names, family register and nationality; and a remark when somebody alike is registered already."""
    others = [other for other in alike if other != person]
    if others:
        numbers = "、".join(map(str, others))
        draft.remarks.append(
            Remark(
                f"{one.names.name}さんと同じ氏名・生年月日の人がいます（宛名番号 {numbers}）。",
                f"Somebody with the name and birth date of {one.names.name} is registered already ({numbers}).",
            )
        )
    if one.origin is None and one.foreign is None:
        draft.remarks.append(
            Remark(
                f"{one.names.name}さんの戸籍の表示がありません。",
                f"The family register of {one.names.name} is missing.",
            )
        )
    draft.names.append(NameChange(person=person, names=one.names))
    if one.origin is not None:
        draft.origins.append(OriginMove(person=person, origin=one.origin))
    if one.foreign is not None:
        foreign = (
            one.foreign if one.foreign.foreign_since else one.foreign.model_copy(update={"foreign_since": draft.since})
        )
        draft.foreign.append(ForeignMove(person=person, foreign=foreign))


def _hold_numbers(draft: Draft, ids: list[int], people: list[Newcomer]) -> None:
    for person, one in zip(ids, people, strict=True):
        for kind, number in (
            (NumberKind.INDIVIDUAL, one.individual_number),
            (NumberKind.RESIDENT_CODE, one.resident_code),
        ):
            if number:
                people_actions.hold_number(person=person, kind=kind, number=number, since=draft.since, by=draft.by)
