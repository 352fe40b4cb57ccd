"""記載事項の修正 Names, sex, birth, family register, nationality and status of residence."""

from datetime import date

from yakusho.blocks.doors import Actor, action
from yakusho.registers.people.values import ForeignEntry, ForeignMove, NameChange, OriginMove, Person
from yakusho.systems.city.resident_records.actions.movement import Draft, begin, enter, residents, scene
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import (
    NationalityLoss,
    Naturalising,
    OriginChange,
    Receipt,
    Renaming,
    StatusChange,
)


@action(allowed=RESIDENT_CLERK)
def rename(*, notice: Renaming, by: Actor, on: date) -> Receipt:
    """氏名等の修正 Names, readings, former name, alias, sex or birth date as they now are, or as they always were.

    Refusals: NotHere, RelationContradictsSex.
    """
    draft, _ = _about(MovementKind.NAMES, notice, notice.person, by=by, on=on)
    draft.names = [NameChange(person=notice.person, names=notice.names, since_birth=notice.since_birth)]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def change_origin(*, notice: OriginChange, by: Actor, on: date) -> Receipt:
    """戸籍の表示の修正 Registered domicile or first person of the family register. Refusals: NotHere, IsForeign."""
    draft, person = _about(MovementKind.ORIGIN, notice, notice.person, by=by, on=on)
    if person.foreign is not None:
        raise refusals.IsForeign
    draft.origins = [OriginMove(person=notice.person, origin=notice.origin)]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def naturalise(*, notice: Naturalising, by: Actor, on: date) -> Receipt:
    """帰化 A foreign resident has become Japanese: the foreign items end, a family register begins (国籍法 4条).

    Refusals: NotHere, NotForeign.
    """
    return _become_japanese(MovementKind.NATURALISED, notice, by=by, on=on)


@action(allowed=RESIDENT_CLERK)
def gain_nationality(*, notice: Naturalising, by: Actor, on: date) -> Receipt:
    """国籍取得 A foreign resident has acquired Japanese nationality by notification (国籍法 3条, 17条). Refusals: as naturalise."""
    return _become_japanese(MovementKind.NATIONALITY_GAINED, notice, by=by, on=on)


@action(allowed=RESIDENT_CLERK)
def lose_nationality(*, notice: NationalityLoss, by: Actor, on: date) -> Receipt:
    """国籍喪失 A Japanese resident has become a foreign one (国籍法 11条); the family register ends. Refusals: NotHere, IsForeign."""
    draft, person = _about(MovementKind.NATIONALITY_LOST, notice, notice.person, by=by, on=on, authority=True)
    if person.foreign is not None:
        raise refusals.IsForeign
    draft.names = [NameChange(person=notice.person, names=notice.names)]
    draft.origins = [OriginMove(person=notice.person, origin=None)]
    draft.foreign = [ForeignMove(person=notice.person, foreign=_since(notice.foreign, draft.since))]
    return enter(draft)


@action(allowed=RESIDENT_CLERK)
def change_status(*, notice: StatusChange, by: Actor, on: date) -> Receipt:
    """在留資格等の変更 Status, period or card as notified by the Immigration Services Agency (法 30条の50). Refusals: NotForeign."""
    draft, person = _about(MovementKind.STATUS, notice, notice.person, by=by, on=on, authority=True)
    return _restate(draft, person, notice.foreign)


@action(allowed=RESIDENT_CLERK)
def become_mid_term(*, notice: StatusChange, by: Actor, on: date) -> Receipt:
    """30条の47届出 A resident with an address here became a mid- to long-term resident. Refusals: NotForeign."""
    draft, person = _about(MovementKind.ARTICLE_30_47, notice, notice.person, by=by, on=on)
    return _restate(draft, person, notice.foreign)


def _about(
    kind: MovementKind,
    notice: Renaming | OriginChange | Naturalising | NationalityLoss | StatusChange,
    person: int,
    *,
    by: Actor,
    on: date,
    authority: bool = False,
) -> tuple[Draft, Person]:
    draft = begin(kind, notice, by=by, on=on, authority=authority)
    seen = scene(people=[person], on=draft.since, by=by)
    (found,) = residents([person], seen, on=draft.since)
    draft.people = [person]
    draft.households += [found.residence.household] if found.residence else []
    return draft, found


def _become_japanese(kind: MovementKind, notice: Naturalising, *, by: Actor, on: date) -> Receipt:
    draft, person = _about(kind, notice, notice.person, by=by, on=on, authority=True)
    if person.foreign is None:
        raise refusals.NotForeign
    draft.names = [NameChange(person=notice.person, names=notice.names)]
    draft.origins = [OriginMove(person=notice.person, origin=notice.origin)]
    draft.foreign = [ForeignMove(person=notice.person, foreign=None)]
    return enter(draft)


def _restate(draft: Draft, person: Person, foreign: ForeignEntry) -> Receipt:
    if person.foreign is None:
        raise refusals.NotForeign
    draft.foreign = [
        ForeignMove(person=person.id, foreign=_since(foreign, person.foreign.foreign_since or draft.since))
    ]
    return enter(draft)


def _since(foreign: ForeignEntry, day: date) -> ForeignEntry:
    return foreign if foreign.foreign_since else foreign.model_copy(update={"foreign_since": day})
