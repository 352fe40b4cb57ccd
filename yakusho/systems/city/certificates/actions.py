"""住民票の写し等の交付: what people can do."""

from datetime import date, datetime

from yakusho.blocks.documents import actions as documents
from yakusho.blocks.documents.kinds import Order
from yakusho.blocks.documents.values import PaperOrder, PaperView, RequestView
from yakusho.blocks.doors import RESIDENT, Actor, PersonId, action
from yakusho.blocks.messages.tell import tell
from yakusho.registers.people import actions as register
from yakusho.registers.people import queries as people
from yakusho.registers.people.values import Person
from yakusho.systems.city.certificates import queries, rules
from yakusho.systems.city.certificates.apps import CLERK
from yakusho.systems.city.certificates.models import Copy
from yakusho.systems.city.certificates.values import CopyKind, CopyOrder, Whole


@action(allowed=CLERK | RESIDENT)
def issue_copy(*, request: str, by: Actor, at: datetime) -> PaperView:
    """住民票の写し等の交付 Make the paper that was asked for.

    The request is committed before: the renderer's session sees only what is. Refusals: those of documents.issue, ReleaseOver.
    """
    return documents.issue(request=request, by=by, at=at)


def released(paper: PaperView, order: Order, by: Actor, at: datetime) -> None:
    """交付 With the paper's release, not after it: tell its owner, and use up the release of each protected address on it."""
    printed = order.options["printed"]
    hidden = [one.id for one in people.persons(people=printed, on=order.on) if one.withheld]
    for person in hidden:
        register.use_release(person=person, paper=paper.kind, at=at)
    Copy.objects.update_or_create(  # a paper printed again has no row of its own yet
        request=paper.request,
        defaults={"released": hidden},
        create_defaults={"released": hidden, "people": printed, "fee": 0, "online": False},
    )
    if by.person is not None:
        tell(template="certificates/issued", by=by, person=paper.subject, papers=[paper.number], title=paper.title)


@action(allowed=CLERK | RESIDENT)
def request_copy(*, person: PersonId, order: CopyOrder, by: Actor, on: date, at: datetime) -> RequestView:
    """住民票の写し等の請求 Ask for one copy of a person's record (住民基本台帳法 12条, 15条の4); `issue_copy` makes it.

    Refusals: NotFound (not one's own household), NotResident, NotClosed, NoMoveOut, AddressWithheld.
    """
    subject = people.person(person=person, on=on, paper=paper_name(order.kind), at=at)
    household = queries.household_of(subject, on=on, at=at, paper=paper_name(order.kind))
    queries.check_own(household=household, by=by)
    shown = _shown(order, subject, household)
    if any(member.withheld and not _told(member) for member in shown):
        raise rules.AddressWithheld
    paper = _paper(order, subject, shown, household, by, on)
    asked = documents.request_paper(order=paper, by=by, at=at)
    Copy.objects.create(
        request=asked.request,
        people=[member.id for member in shown],
        released=_protected(shown, on),
        fee=paper.fee,
        online=by.person is not None,
        purpose=order.purpose,
    )
    return asked


def _protected(shown: list[Person], on: date) -> list[int]:
    """Those on the paper whose address is on view only because it was released for it."""
    seen = people.persons(people=[member.id for member in shown], on=on)
    return [member.id for member in seen if member.withheld]


def paper_name(kind: CopyKind) -> str:
    """書類名 The name under which a release for this paper is given."""
    return f"certificates.{kind.name.lower()}"


def _told(member: Person) -> bool:
    """Whether the address is on view: it was released for this paper."""
    last = member.residence or member.last_residence
    return last is not None and last.address is not None


def _shown(order: CopyOrder, subject: Person, household: list[Person]) -> list[Person]:
    if order.kind in (CopyKind.CLOSED, CopyKind.MOVE_OUT):
        _check_ended(order.kind, subject)
        return [subject]
    if not subject.is_resident:
        raise rules.NotResident
    return household if order.whole is Whole.WHOLE else [subject]


def _check_ended(kind: CopyKind, subject: Person) -> None:
    closing = subject.closing
    if kind is CopyKind.CLOSED and (subject.is_resident or closing is None):
        raise rules.NotClosed
    if kind is CopyKind.MOVE_OUT and (closing is None or "転出" not in closing.reason.value):
        raise rules.NoMoveOut


def _paper(
    order: CopyOrder, subject: Person, shown: list[Person], household: list[Person], by: Actor, on: date
) -> PaperOrder:
    """The owner of the paper is who asks for it: the resident, or at the counter the person it is about."""
    ids = [member.id for member in shown]
    owner = by.person if by.person is not None else subject.id
    read = [*ids, *(member.id for member in household[:1] if order.relation)]  # the head's name stands on the copy
    return PaperOrder(
        kind=paper_name(order.kind),
        subject=owner,
        members=[member for member in dict.fromkeys(read) if member != owner],
        options={
            "printed": list(ids),
            "everybody": order.whole is Whole.WHOLE and len(ids) == len(household),
            "relation": order.relation,
            "origin": order.origin,
            "foreign": order.foreign,
        },
        fee=queries.fee(online=by.person is not None, on=on),
    )
