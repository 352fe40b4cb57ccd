"""住民票の写し等の交付: what people can ask."""

from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from yakusho.blocks.documents.kinds import Order
from yakusho.blocks.documents.values import PaperView
from yakusho.blocks.doors import RESIDENT, Actor, PersonId, query
from yakusho.kit import parameters
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import queries as people
from yakusho.registers.people.rules.protections import RELEASE_MINUTES
from yakusho.registers.people.values import Person
from yakusho.systems.city.certificates import rules
from yakusho.systems.city.certificates.apps import CLERK
from yakusho.systems.city.certificates.models import Copy
from yakusho.systems.city.certificates.values import Candidate, Offer


@cache
def law() -> parameters.Law:
    """手数料 The city's dated fees."""
    return parameters.read(Path(settings.CITY_DIR) / "parameters")


def fee(*, online: bool, on: date) -> int:
    """手数料 Yen for one copy on a day."""
    values = law().on(on)
    return int(values.certificate_fee_online if online else values.certificate_fee)


def household_of(subject: Person, *, on: date, at: datetime | None = None, paper: str = "") -> list[Person]:
    """世帯員 Who lives with this person today, head first; the person alone when the record is closed."""
    if subject.residence is None:
        return [subject]
    return people.members(household=subject.residence.household, on=on, paper=paper, at=at)


def check_own(*, household: list[Person], by: Actor) -> None:
    """本人又は同一の世帯 A resident asks for their own household only; a foreign one is the same as a missing one."""
    if by.grants == frozenset() and by.person not in [member.id for member in household]:
        raise NotFound


def shown(paper: PaperView, order: Order, at: datetime | None) -> None:
    """照会制限 An address that is protected now stands on no paper that is looked at, also not on one from before.

    A paper made under a release by two officers is open for the minutes of a release. Refusals: PaperHidden.
    """
    hidden = {one.id for one in people.persons(people=order.options["printed"], on=order.on) if one.withheld}
    if not hidden:
        return
    copy = Copy.objects.filter(request=paper.request).first()
    fresh = at is not None and at < paper.issued_at + RELEASE_MINUTES
    if copy is None or not fresh or hidden - set(copy.released):
        raise rules.PaperHidden


@query(allowed=CLERK | RESIDENT)
def offer(*, person: PersonId, by: Actor, on: date) -> Offer:
    """請求の案内 Who may stand on a copy, and what it costs today. Refusals: NotFound."""
    subject = people.person(person=person, on=on)
    household = household_of(subject, on=on)
    check_own(household=household, by=by)
    name = "certificate_fee_online" if by.person is not None else "certificate_fee"
    return Offer(
        person=person,
        members=[_candidate(member) for member in household],
        fee=fee(online=by.person is not None, on=on),
        fee_confirmed=law()[name].confirmed,
        has_foreign=any(member.foreign is not None for member in household),
    )


def _candidate(member: Person) -> Candidate:
    return Candidate(
        person=member.id,
        name=member.names.name,
        kana=member.names.kana,
        relation=member.residence.relation if member.residence else "",
        withheld=member.withheld,
    )
