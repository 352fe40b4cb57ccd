"""住所を移す 転居 inside the city, 転出 from it, and what becomes of a planned 転出."""

from datetime import date
from typing import Annotated

from pydantic import Field

from yakusho.blocks.doors import Actor, PersonId, action
from yakusho.registers.people import actions as people_actions
from yakusho.registers.people.rules.relations import written
from yakusho.registers.people.rules.succession import regroup
from yakusho.registers.people.terms import ClosingReason
from yakusho.registers.people.values import ClosingEntry, Person, ResidenceEntry
from yakusho.systems.city.resident_records.actions import joining
from yakusho.systems.city.resident_records.actions.movement import (
    Draft,
    begin,
    cancel,
    enter,
    members_of,
    residents,
    said,
    scene,
)
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK
from yakusho.systems.city.resident_records.queries.movements import replaceable, standing
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Move, MoveOut, MoveOutDone, Receipt, RelationOf

MOVE_OUTS = (MovementKind.MOVE_OUT, MovementKind.MOVE_OUT_ABROAD)


@action(allowed=RESIDENT_CLERK)
def move(*, notice: Move, by: Actor, on: date) -> Receipt:
    """転居届 Move a household, or part of one into a new or another household, inside the city (住民基本台帳法 23条).

    A household that moves as a whole keeps its number. Refusals: NotHere, NotOneHousehold, AddressMissing, AddressDiffers,
    UnknownHousehold, HeadMissing, RelationMissing and what the rules of households refuse.
    """
    draft = begin(MovementKind.MOVE, notice, by=by, on=on)
    people = [one.person for one in notice.people]
    target = [notice.household] if notice.household else []
    seen = scene(people=people, households=target, on=draft.since, by=by)
    left = household_of(residents(people, seen, on=draft.since))
    whole = len(people) == len(members_of(left, seen))
    new = None if notice.household or whole else people_actions.allot(household=True, by=by).household
    home = joining.home(household=notice.household, address=notice.address, seen=seen, allotted=left if whole else new)
    relations = {one.person: written(one.relation) for one in notice.people}
    draft.people, draft.households = people, [*draft.households, left, home.household]
    remain(draft, seen, household=left, leaving=people, members=notice.members)
    draft.relate(joining.follow(home, relations, notice.members))
    draft.residences += [
        ResidenceEntry(
            person=person,
            household=home.household,
            relation=relations[person],
            address=home.address,
            like=home.like,
            address_since=draft.since,
            notified_on=draft.notified_on,
        )
        for person in people
    ]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def move_out(*, notice: MoveOut, by: Actor, on: date) -> Receipt:
    """転出届 People leave the city, now or on a day that lies ahead (住民基本台帳法 24条).

    Until that day they are residents; from then on their records are closed (除票).
    Refusals: NotHere, NotOneHousehold, HeadMissing, RelationMissing.
    """
    kind, reason = MovementKind.MOVE_OUT, ClosingReason.MOVED_OUT
    if notice.abroad:
        kind, reason = MovementKind.MOVE_OUT_ABROAD, ClosingReason.MOVED_ABROAD
    draft = begin(kind, notice, by=by, on=on)
    seen = scene(people=notice.people, on=draft.since, by=by)
    leave(draft, seen, people=notice.people, members=notice.members)
    draft.closings = [
        ClosingEntry(
            person=person, reason=reason, destination=notice.destination, planned=True, notified_on=draft.notified_on
        )
        for person in notice.people
    ]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def complete_move_out(*, notice: MoveOutDone, by: Actor, on: date) -> Receipt:
    """転出確定 The other municipality has notified from which day the people live there (法 9条1項, 施行令 13条3項).

    The planned end becomes final; another day takes the planned movement back and records the real one.
    Refusals: NoPlannedMoveOut, NotHere, BuiltUpon.
    """
    planned = standing(notice.person, MOVE_OUTS)
    if planned is None:
        raise refusals.NoPlannedMoveOut
    if planned.event_on == notice.event_on:
        draft = begin(MovementKind.MOVE_OUT_DONE, notice, by=by, on=on)
        draft.people, draft.households = [notice.person], planned.households
        draft.closings = [_final(notice.person, notice, planned.pk, planned.kind)]
        return enter(draft)
    return _move_out_on_another_day(planned.pk, notice, by=by, on=on)


@action(allowed=RESIDENT_CLERK)
def cancel_move_out(*, person: PersonId, reason: Annotated[str, Field(max_length=200)] = "", by: Actor) -> Receipt:
    """転出取消 The people of a 転出届 stay: their records are as if it had not been notified (施行令 12条).

    Refusals: NoPlannedMoveOut, BuiltUpon (when the 転出 is already final: cancel that first).
    """
    planned = standing(person, MOVE_OUTS)
    if planned is None:
        raise refusals.NoPlannedMoveOut
    return cancel(MovementKind.MOVE_OUT_CANCELLED, replaceable(planned.pk), reason=reason, by=by)


def household_of(people: list[Person]) -> int:
    """世帯番号 The one household of these residents. Refusals: NotOneHousehold."""
    homes = {one.residence.household for one in people if one.residence}
    if len(homes) != 1:
        raise refusals.NotOneHousehold
    return homes.pop()


def remain(draft: Draft, seen: list[Person], *, household: int, leaving: list[int], members: list[RelationOf]) -> None:
    """残る世帯員 Relations that change for those who stay when others leave. Refusals: HeadMissing, RelationMissing."""
    there = members_of(household, seen)
    here = {one.person for one in there}
    given = {person: relation for person, relation in said(members).items() if person in here}
    draft.relate(regroup(there, leaving=leaving, given=given))


def leave(draft: Draft, seen: list[Person], *, people: list[int], members: list[RelationOf]) -> None:
    """世帯を去る These residents of one household leave it; the rest goes on, under a new head if need be."""
    left = household_of(residents(people, seen, on=draft.since))
    draft.people, draft.households = people, [*draft.households, left]
    remain(draft, seen, household=left, leaving=people, members=members)


def _move_out_on_another_day(planned: int, notice: MoveOutDone, *, by: Actor, on: date) -> Receipt:
    """The planned movement is taken back and everybody of it leaves on the real day, with the relations given then."""
    old = replaceable(planned)
    then = scene(people=old.people, households=old.households, on=old.event_on, by=by)
    leavers = [one.id for one in then if not one.is_resident]
    stayers = [RelationOf(person=one.id, relation=one.residence.relation) for one in then if one.residence]
    draft = begin(MovementKind.MOVE_OUT_DONE, notice.model_copy(update={"corrects": planned}), by=by, on=on)
    leave(draft, scene(people=leavers, on=draft.since, by=by), people=leavers, members=stayers)
    draft.closings = [_final(person, notice, planned, old.kind) for person in leavers]
    return enter(draft)


def _final(person: int, notice: MoveOutDone, planned: int, kind: str) -> ClosingEntry:
    reason = ClosingReason.MOVED_ABROAD if kind == MovementKind.MOVE_OUT_ABROAD else ClosingReason.MOVED_OUT
    return ClosingEntry(
        person=person,
        reason=reason,
        destination=notice.destination or None,
        like=None if notice.destination else planned,
        notified_on=None,
    )
