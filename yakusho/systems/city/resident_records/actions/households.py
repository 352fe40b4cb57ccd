"""世帯変更 Merging, splitting, a new head, new relations (住民基本台帳法 25条, 30条の48), and an address written anew."""

from datetime import date

from yakusho.blocks.doors import Actor, action
from yakusho.registers.people import actions as people_actions
from yakusho.registers.people.rules.households import Member
from yakusho.registers.people.rules.relations import written
from yakusho.registers.people.rules.succession import regroup
from yakusho.registers.people.terms import HEAD
from yakusho.registers.people.values import Person, ResidenceEntry
from yakusho.systems.city.resident_records.actions import joining
from yakusho.systems.city.resident_records.actions.movement import (
    Draft,
    begin,
    enter,
    members_of,
    residents,
    said,
    scene,
)
from yakusho.systems.city.resident_records.actions.moving import household_of, remain
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import (
    Amending,
    Composition,
    ForeignRelation,
    Merge,
    NewHead,
    Receipt,
    RelationOf,
    Split,
)


@action(allowed=RESIDENT_CLERK)
def merge(*, notice: Merge, by: Actor, on: date) -> Receipt:
    """世帯合併 All members of a household join another one at the same address (住民基本台帳法 25条).

    Refusals: UnknownHousehold, AddressDiffers, MembersMissing and what the rules of households refuse.
    """
    draft = begin(MovementKind.MERGE, notice, by=by, on=on)
    seen = scene(households=[notice.household, notice.into], on=draft.since, by=by)
    joining_ones = _members(notice.household, seen)
    address = next((one.residence.address for one in seen if one.id == joining_ones[0].person and one.residence), None)
    home = joining.home(household=notice.into, address=address, seen=seen, allotted=None)
    relations = {person: written(relation) for person, relation in said(notice.members).items()}
    if missing := [one.name for one in joining_ones if one.person not in relations]:
        raise refusals.MembersMissing(names="、".join(missing))
    draft.households += [notice.household, notice.into]
    newcomers = {one.person: relations[one.person] for one in joining_ones}
    draft.relate(joining.follow(home, newcomers, notice.members))
    draft.residences += [
        ResidenceEntry(person=person, household=notice.into, relation=relation)
        for person, relation in newcomers.items()
    ]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def split(*, notice: Split, by: Actor, on: date) -> Receipt:
    """世帯分離 Part of a household becomes its own, at the same address (住民基本台帳法 25条).

    Refusals: NotHere, NotOneHousehold, WholeHousehold, HeadMissing, RelationMissing, NoHead.
    """
    draft = begin(MovementKind.SPLIT, notice, by=by, on=on)
    people = [one.person for one in notice.people]
    seen = scene(people=people, on=draft.since, by=by)
    left = household_of(residents(people, seen, on=draft.since))
    if len(people) == len(members_of(left, seen)):
        raise refusals.WholeHousehold
    new = people_actions.allot(household=True, by=by).household
    draft.people, draft.households = people, [*draft.households, left, *([new] if new else [])]
    remain(draft, seen, household=left, leaving=people, members=notice.members)
    draft.residences += [
        ResidenceEntry(person=one.person, household=new, relation=written(one.relation)) for one in notice.people
    ]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def change_head(*, notice: NewHead, by: Actor, on: date) -> Receipt:
    """世帯主変更 Another member becomes the head; relations that do not follow by themselves are given (法 25条).

    Refusals: UnknownHousehold, UnknownPerson, RelationMissing and what the rules of households refuse.
    """
    draft = begin(MovementKind.NEW_HEAD, notice, by=by, on=on)
    members = _members(notice.household, scene(households=[notice.household], on=draft.since, by=by))
    if notice.head not in {one.person for one in members}:
        raise refusals.UnknownPerson(person=notice.head)
    given = said(notice.members) | {notice.head: HEAD}
    draft.households.append(notice.household)
    draft.relate(regroup(members, leaving=[], given=given))
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def recompose(*, notice: Composition, by: Actor, on: date) -> Receipt:
    """世帯構成変更 Relations change, the head stays (婚姻, 離婚, 養子縁組; 法 25条).

    Refusals: UnknownHousehold, UnknownPerson, HeadChangesHere and what the rules of households refuse.
    """
    draft = begin(MovementKind.COMPOSITION, notice, by=by, on=on)
    return _relate_anew(draft, notice.household, notice.members)


@action(allowed=RESIDENT_CLERK)
def change_foreign_relation(*, notice: ForeignRelation, by: Actor, on: date) -> Receipt:
    """30条の48届出 The relation between a foreign resident and a foreign head has changed. Refusals: as recompose."""
    draft = begin(MovementKind.ARTICLE_30_48, notice, by=by, on=on)
    return _relate_anew(draft, notice.household, notice.members)


@action(allowed=RESIDENT_CLERK)
def amend(*, notice: Amending, by: Actor, on: date) -> Receipt:
    """職権修正 The household's address is written differently from a day on, although nobody moved (施行令 12条).

    Refusals: UnknownHousehold.
    """
    draft = begin(MovementKind.AMEND, notice, by=by, on=on, authority=True)
    draft.reason = notice.reason.value
    draft.households.append(notice.household)
    members = _members(notice.household, scene(households=[notice.household], on=draft.since, by=by))
    draft.residences = [ResidenceEntry(person=one.person, address=notice.address) for one in members]
    return enter(draft)


def _relate_anew(draft: Draft, household: int, members: list[RelationOf]) -> Receipt:
    there = _members(household, scene(households=[household], on=draft.since, by=draft.by))
    here = {one.person: one for one in there}
    given = {person: written(relation) for person, relation in said(members).items()}
    if strangers := [person for person in given if person not in here]:
        raise refusals.UnknownPerson(person=strangers[0])
    if any((relation == HEAD) != (here[person].relation == HEAD) for person, relation in given.items()):
        raise refusals.HeadChangesHere
    draft.households.append(household)
    draft.relate(given)
    return enter(draft)


def _members(household: int, seen: list[Person]) -> list[Member]:
    members = members_of(household, seen)
    if not members:
        raise refusals.UnknownHousehold(household=household)
    return members
