"""届出のための照会 What a form wants to know before it is sent: relations under a new head, and the term of a notice."""

from datetime import date

from yakusho.blocks.doors import Actor, PersonId, query
from yakusho.registers.people import queries as people
from yakusho.registers.people.rules import households, succession
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK
from yakusho.systems.city.resident_records.rules import deadlines, refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Proposed, Remark, Term


@query(allowed=RESIDENT_CLERK)
def relations(*, household: int, head: PersonId, by: Actor, on: date) -> list[Proposed]:
    """続柄の案 What every member would be to a new head: certain, likely (to be confirmed) or empty (to be given).

    Refusals: UnknownHousehold, UnknownPerson.
    """
    members = [
        households.Member(one.id, one.names.name, one.residence.relation, one.names.sex, one.names.born)
        for one in people.members(household=household, on=on, by=by)
        if one.residence
    ]
    if not members:
        raise refusals.UnknownHousehold(household=household)
    names = {one.person: one.name for one in members}
    if head not in names:
        raise refusals.UnknownPerson(person=head)
    return [
        Proposed(person=one.person, name=names[one.person], relation=one.relation, certain=one.certain)
        for one in succession.propose(members, head=head)
    ]


@query(allowed=RESIDENT_CLERK)
def deadline(*, kind: MovementKind, event_on: date, by: Actor, on: date) -> Term:
    """届出期間 By when a notice of this kind is due, and how late it is on a day."""
    late = deadlines.days_late(kind=kind, event_on=event_on, notified_on=on)
    remarks = [Remark(ja=one.ja, en=one.en) for one in deadlines.lateness(kind=kind, late=late)]
    return Term(deadline=deadlines.deadline(kind=kind, event_on=event_on), days_late=late, remarks=remarks)
