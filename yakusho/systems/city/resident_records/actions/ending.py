"""記録を閉じる 死亡, and 職権消除 after an inquiry; and opening again what was closed by mistake."""

from datetime import date

from yakusho.blocks.doors import Actor, Reason, action
from yakusho.registers.people.values import ClosingEntry
from yakusho.systems.city.resident_records.actions.movement import begin, cancel, enter, scene
from yakusho.systems.city.resident_records.actions.moving import leave
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK
from yakusho.systems.city.resident_records.queries.movements import replaceable
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Death, Erasing, Receipt


@action(allowed=RESIDENT_CLERK)
def register_death(*, notice: Death, by: Actor, on: date) -> Receipt:
    """死亡 Close the record of somebody who died or was declared missing, from that day on (施行令 12条2項).

    Refusals: EventLiesAhead, NotHere, HeadMissing, RelationMissing.
    """
    draft = begin(MovementKind.DEATH, notice, by=by, on=on)
    leave(draft, scene(people=[notice.person], on=draft.since, by=by), people=[notice.person], members=notice.members)
    draft.closings = [ClosingEntry(person=notice.person, reason=notice.reason, notified_on=draft.notified_on)]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def erase(*, notice: Erasing, by: Actor, on: date) -> Receipt:
    """職権消除 Close records by the mayor's authority (住民基本台帳法 8条, 施行令 12条3項).

    Refusals: NotHere, NotOneHousehold, HeadMissing, RelationMissing.
    """
    draft = begin(MovementKind.ERASE, notice, by=by, on=on, authority=True)
    draft.reason = notice.reason.value
    leave(draft, scene(people=notice.people, on=draft.since, by=by), people=notice.people, members=notice.members)
    draft.closings = [ClosingEntry(person=person, reason=notice.reason) for person in notice.people]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def restore(*, movement: int, reason: Reason, by: Actor) -> Receipt:
    """職権回復 Open again the records that a 職権消除 or 死亡 closed by mistake (施行令 12条).

    Refusals: NotFound, NotOfThisKind, AlreadyCancelled, BuiltUpon.
    """
    old = replaceable(movement)
    if old.kind not in (MovementKind.ERASE, MovementKind.DEATH):
        raise refusals.NotOfThisKind(kind=MovementKind.ERASE.value)
    return cancel(MovementKind.RESTORE, old, reason=reason, by=by)
