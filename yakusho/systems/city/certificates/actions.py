"""住民票の写し等の交付: what people can do."""

from datetime import date, datetime

from yakusho.blocks.documents import actions as documents
from yakusho.blocks.documents.values import PaperOrder, RequestView
from yakusho.blocks.doors import RESIDENT, Actor, action
from yakusho.registers.people import queries as people
from yakusho.registers.people.values import Person
from yakusho.systems.city.certificates import queries, rules
from yakusho.systems.city.certificates.apps import CLERK
from yakusho.systems.city.certificates.values import CopyKind, CopyOrder, Whole


@action(allowed=CLERK | RESIDENT)
def request_copy(*, copy: CopyOrder, by: Actor, on: date, at: datetime) -> RequestView:
    """住民票の写し等の請求 Ask for one copy (住民基本台帳法 12条, 15条の4); it is issued by documents.issue.

    Refusals: NotFound (not one's own household), NotInHousehold, NotResident, NotClosed, NoMoveOut, AddressWithheld.
    """
    subject = people.person(person=copy.person, on=on, paper=paper_name(copy.kind), at=at)
    household = queries.household_of(subject, on=on, at=at, paper=paper_name(copy.kind))
    queries.check_own(household=household, by=by)
    shown = _shown(copy, subject, household)
    if any(member.withheld and not _told(member) for member in shown):
        raise rules.AddressWithheld
    return documents.request_paper(order=_order(copy, shown, household, by, on), by=by, at=at)


def paper_name(kind: CopyKind) -> str:
    """書類名 The name under which a release for this paper is given."""
    return f"certificates.{kind.name.lower()}"


def _told(member: Person) -> bool:
    """Whether the address is on view: it was released for this paper."""
    last = member.residence or member.last_residence
    return last is not None and last.address is not None


def _shown(copy: CopyOrder, subject: Person, household: list[Person]) -> list[Person]:
    if copy.kind in (CopyKind.CLOSED, CopyKind.MOVE_OUT):
        _check_ended(copy.kind, subject)
        return [subject]
    if not subject.is_resident:
        raise rules.NotResident
    chosen = rules.printed(
        household=[member.id for member in household],
        person=subject.id,
        whole=copy.whole is Whole.WHOLE,
        members=copy.members,
    )
    return [member for member in household if member.id in chosen]


def _check_ended(kind: CopyKind, subject: Person) -> None:
    closing = subject.closing
    if kind is CopyKind.CLOSED and (subject.is_resident or closing is None):
        raise rules.NotClosed
    if kind is CopyKind.MOVE_OUT and (closing is None or "転出" not in closing.reason.value):
        raise rules.NoMoveOut


def _order(copy: CopyOrder, shown: list[Person], household: list[Person], by: Actor, on: date) -> PaperOrder:
    """The owner of the paper is who asks for it: the resident, or at the counter the person it is about."""
    ids = [member.id for member in shown]
    owner = by.person if by.person is not None else copy.person
    read = [*ids, *(member.id for member in household[:1] if copy.relation)]  # the head's name stands on the copy
    return PaperOrder(
        kind=paper_name(copy.kind),
        subject=owner,
        members=[member for member in dict.fromkeys(read) if member != owner],
        options={
            "printed": list(ids),
            "everybody": copy.whole is Whole.WHOLE and len(ids) == len(household),
            "relation": copy.relation,
            "origin": copy.origin,
            "foreign": copy.foreign,
            "purpose": copy.purpose,
        },
        fee=queries.fee(online=by.person is not None, on=on),
    )
