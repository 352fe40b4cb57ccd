"""異動の記録 What every action does: days checked, movement entered, facts recorded, households checked, others told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from yakusho.blocks.doors import Actor, announce
from yakusho.blocks.exchange.publish import publish
from yakusho.registers.people import actions as people_actions
from yakusho.registers.people import queries as people_queries
from yakusho.registers.people.rules.households import Member, Remark, check
from yakusho.registers.people.values import (
    Change,
    ClosingEntry,
    ForeignMove,
    NameChange,
    OriginMove,
    Person,
    ResidenceEntry,
)
from yakusho.systems.city.resident_records import models
from yakusho.systems.city.resident_records.queries.movements import replaceable
from yakusho.systems.city.resident_records.rules import deadlines, refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Notice, Receipt, RelationOf
from yakusho.systems.city.resident_records.values import Remark as ShownRemark


@dataclass
class Draft:
    """異動の下書き What one movement will say; filled by an action, recorded by :func:`enter`."""

    movement: int
    kind: MovementKind
    notice: Notice
    by: Actor
    notified_on: date | None
    people: list[int] = field(default_factory=list)
    households: list[int] = field(default_factory=list)
    reason: str = ""
    names: list[NameChange] = field(default_factory=list)
    residences: list[ResidenceEntry] = field(default_factory=list)
    closings: list[ClosingEntry] = field(default_factory=list)
    origins: list[OriginMove] = field(default_factory=list)
    foreign: list[ForeignMove] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def since(self) -> date:
        """異動日 The day of the event."""
        return self.notice.event_on

    @property
    def items(self) -> list[str]:
        """変更した項目 Which items of the record change; their names, never their values."""
        lists = {
            "氏名等": self.names,
            "住所・世帯": self.residences,
            "消除": self.closings,
            "戸籍の表示": self.origins,
            "外国人住民の項目": self.foreign,
        }
        return [name for name, entries in lists.items() if entries]

    def relate(self, relations: Mapping[int, str]) -> None:
        """続柄 These members' relations change, and nothing else of their residence."""
        self.residences += [ResidenceEntry(person=person, relation=relation) for person, relation in relations.items()]


def begin(kind: MovementKind, notice: Notice, *, by: Actor, on: date, authority: bool = False) -> Draft:
    """異動の受付 Check the days; a notice that corrects a movement takes that one back first, under its own number.

    Refusals: EventLiesAhead, NotifiedLater, NotFound, AlreadyCancelled, BuiltUpon.
    """
    notified = notice.notified_on or on
    deadlines.check_days(kind=kind, event_on=notice.event_on, notified_on=notified, on=on)
    draft = Draft(_number(), kind, notice, by, None if authority else notified)
    if notice.corrects is not None:
        old = replaceable(notice.corrects)
        draft.households += old.households
        take_back(old, by_movement=draft.movement, by=by)
    return draft


def enter(draft: Draft) -> Receipt:
    """異動の記録 Enter the movement, record its facts, check every household it touches, tell those who listen."""
    movement = models.Movement.objects.create(
        pk=draft.movement,
        kind=draft.kind.value,
        event_on=draft.since,
        notified_on=draft.notified_on,
        by_account=draft.by.account,
        by_name=draft.by.name,
        people=sorted({*draft.people, *(entry.person for entry in draft.residences)}),
        households=sorted(set(draft.households)),
        reason=draft.reason,
        days_late=_late(draft),
        corrects_id=draft.notice.corrects,
        details={"items": draft.items},
    )
    people_actions.record(change=_change(draft), by=draft.by)
    return finish(movement, remarks=draft.remarks, by=draft.by)


def cancel(kind: MovementKind, old: models.Movement, *, reason: str, by: Actor) -> Receipt:
    """異動の取消 Enter a movement that takes another one back; both stay in the history. Refusals: BuiltUpon."""
    movement = models.Movement.objects.create(
        kind=kind.value,
        event_on=old.event_on,
        by_account=by.account,
        by_name=by.name,
        people=old.people,
        households=old.households,
        reason=reason,
        cancels=old,
    )
    take_back(old, by_movement=movement.pk, by=by)
    return finish(movement, by=by)


def take_back(old: models.Movement, *, by_movement: int, by: Actor) -> None:
    """取消 Believe again what was believed before a movement. Refusals: BuiltUpon."""
    people_actions.revert(cause=old.pk, by_cause=by_movement, people=old.people, by=by)


def finish(movement: models.Movement, *, remarks: Sequence[Remark] = (), by: Actor) -> Receipt:
    """異動の完了 Check the households as they now are on the day of the event, tell listeners and the outbox, say it all."""
    kind = MovementKind(movement.kind)
    seen = [*remarks, *deadlines.lateness(kind=kind, late=movement.days_late)]
    for household in movement.households:
        members = people_queries.members(household=household, on=movement.event_on, by=by)
        seen += check([member_of(one) for one in members], on=movement.event_on)
    announce(
        "resident_records.moved",
        by=by,
        movement=movement.pk,
        kind=kind.value,
        event_on=movement.event_on,
        people=movement.people,
        households=movement.households,
    )
    publish("resident_records.moved", subject=str(movement.pk), data={"kind": kind.name.lower()})
    return Receipt(
        movement=movement.pk,
        kind=kind,
        event_on=movement.event_on,
        notified_on=movement.notified_on,
        households=movement.households,
        people=movement.people,
        deadline=movement.notified_on and deadlines.deadline(kind=kind, event_on=movement.event_on),
        days_late=movement.days_late,
        remarks=[ShownRemark(ja=one.ja, en=one.en) for one in seen],
    )


def scene(*, people: Iterable[int] = (), households: Iterable[int] = (), on: date, by: Actor) -> list[Person]:
    """世帯の状況 Lock and read the people, their households and these households, as of the day of the event.

    Refusals: ChangedMeanwhile (somebody moved between looking and locking).
    """
    asked = sorted(set(people))
    before = people_queries.persons(people=asked, on=on, by=by)
    homes = {one.residence.household for one in before if one.residence} | set(households)
    seen = people_queries.locked(households=sorted(homes), people=asked, on=on, by=by)
    if any(one.residence and one.residence.household not in homes for one in seen):
        raise refusals.ChangedMeanwhile
    return seen


def members_of(household: int, seen: Iterable[Person]) -> list[Member]:
    """世帯員 The members of one household, as the rules see them."""
    return [member_of(one) for one in seen if one.residence and one.residence.household == household]


def member_of(person: Person) -> Member:
    """世帯員 A person as the rules see them."""
    relation = person.residence.relation if person.residence else ""
    return Member(person.id, person.names.name, relation, person.names.sex, person.names.born)


def residents(people: Sequence[int], seen: Iterable[Person], *, on: date) -> list[Person]:
    """住民であること These people, who all live here on the day. Refusals: NotFound (unknown), NotHere."""
    found = {one.id: one for one in seen}
    if len(set(people)) != len(people):
        raise refusals.NamedTwice
    if missing := [person for person in people if person not in found]:
        raise refusals.UnknownPerson(person=missing[0])
    if absent := [found[person].names.name for person in people if not found[person].is_resident]:
        raise refusals.NotHere(names="、".join(absent), on=on)
    return [found[person] for person in people]


def said(members: Iterable[RelationOf]) -> dict[int, str]:
    """続柄 Relations as given on a notice, by person."""
    return {one.person: one.relation for one in members}


def _number() -> int:
    """The movement's number, taken before its row: facts may have to be closed in its name first."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('resident_records_movement', 'id'))")
        return int(cursor.fetchone()[0])


def _late(draft: Draft) -> int:
    if draft.notified_on is None:
        return 0
    return deadlines.days_late(kind=draft.kind, event_on=draft.since, notified_on=draft.notified_on)


def _change(draft: Draft) -> Change:
    return Change(
        cause=draft.movement,
        since=draft.since,
        names=draft.names,
        residences=draft.residences,
        closings=draft.closings,
        origins=draft.origins,
        foreign=draft.foreign,
    )
