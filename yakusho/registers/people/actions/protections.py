"""支援措置 Measures and releases. Intake protects at once; only a decision ends a measure; a release arms itself again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.contrib.postgres.functions import TransactionNow
from django.db import connection

from yakusho.blocks.doors import WITHIN, Actor, PersonId, action
from yakusho.kit.refusal import NotFound, Refusal
from yakusho.registers.people.models import Opponent, Person, Protection, Release
from yakusho.registers.people.rules import protections as rules
from yakusho.registers.people.terms import ProtectionKind
from yakusho.registers.people.values import Opponent as OpponentEntry

COVER = """
insert into people_protection (person_id, principal_id, kind, applied_on, starts_on, until, ended_because)
select distinct on (mate.person_id) mate.person_id, coalesce(p.principal_id, p.id), p.kind, p.applied_on, p.starts_on, p.until, ''
from people_protection p
join people_residence own on own.person_id = p.person_id and upper(own.known) is null and upper(own.valid) is null
join people_residence mate on mate.household_id = own.household_id and upper(mate.known) is null and upper(mate.valid) is null
where p.ended_on is null and own.household_id = any(%s)
  and not exists (select 1 from people_protection q where q.person_id = mate.person_id and q.ended_on is null)
  and not exists (select 1 from people_opponent o
    where o.protection_id = coalesce(p.principal_id, p.id) and o.person_id = mate.person_id)
order by mate.person_id, p.id
returning person_id
"""

LOCK = """
select id from people_person where id = any(%s) or id in (
  select mate.person_id from people_residence own join people_residence mate on mate.household_id = own.household_id
   where own.person_id = any(%s) and upper(own.known) is null and upper(own.valid) is null
     and upper(mate.known) is null and upper(mate.valid) is null)
order by id for no key update
"""


class AlreadyProtected(Refusal):
    """この方には、すでに支援措置があります。 / This person is already protected."""


class OpponentProtected(Refusal):
    """相手方とされた人を、本人や併せて支援を求める人にすることはできません。
    / The named offender cannot be protected by the same measure.
    """

    field = "together"


class SameOfficer(Refusal):
    """解除には、申請した職員とは別の職員の承認が要ります。 / A release needs a second, different officer."""

    status = 403


class ReleaseOver(Refusal):
    """この解除は、期限が過ぎたか、すでに使われています。もう一度はじめから申請してください。
    / This release has expired or has been used. Ask for a new one.
    """


class NotProtected(Refusal):
    """この方には支援措置がありません。解除は要りません。 / This person is not protected; no release is needed."""


@action(allowed=WITHIN)
def protect(
    *, person: PersonId, kind: ProtectionKind, together: list[PersonId], opponents: list[OpponentEntry], on: date
) -> int:
    """仮支援措置 Protect from intake on: the applicant, those named with them, and their whole household.

    Returns the measure's id. The named offender is never covered, even in the same household.
    Refusals: NotFound (somebody named by a number that nobody has), AlreadyProtected, OpponentProtected.
    """
    if {one.person for one in opponents} & {person, *together}:
        raise OpponentProtected
    named = {person, *together, *(one.person for one in opponents if one.person is not None)}
    if Person.objects.filter(pk__in=named).count() < len(named):
        raise NotFound
    _lock(sorted(named))
    principal = _begin(person, kind, None, on)
    Opponent.objects.bulk_create(
        Opponent(protection=principal, person_id=one.person, name=one.name, address=one.address, born=one.born)
        for one in opponents
    )
    for other in sorted(set(together) - {person}):
        _begin(other, kind, principal, on)
    cover(people=[person])
    _reindex_group(principal.pk)
    return principal.pk


@action(allowed=WITHIN)
def confirm_protection(*, protection: int, on: date) -> None:
    """支援措置の決定 The need is confirmed: one year from today. Refusals: NotFound, AlreadyEnded, AlreadyConfirmed."""
    held = _in_force(protection)
    if held.starts_on is not None:
        raise rules.AlreadyConfirmed
    _change(held, starts_on=on, until=rules.year_from(on))


@action(allowed=WITHIN)
def extend_protection(*, protection: int, on: date) -> date:
    """支援措置の延長 One year more, from a month before the end on. Refusals: NotFound and those of rules.extended."""
    held = _in_force(protection)
    until = rules.extended(until=held.until, ended_on=held.ended_on, on=on)
    _change(held, until=until)
    return until


@action(allowed=WITHIN)
def end_protection(*, protection: int, because: str, on: date) -> None:
    """支援措置の終了 Ends only here, by a decision with its reason, for everybody covered. Refusals: NotFound, AlreadyEnded."""
    held = _in_force(protection)
    _change(held, ended_on=on, ended_because=because)
    _reindex_group(protection)


@action(allowed=WITHIN)
def ask_release(*, person: PersonId, paper: str, reason: str, by: Actor, at: datetime) -> int:
    """解除の申請 The first officer asks to show one protected address in one paper. Refusals: NotProtected."""
    if not Protection.objects.filter(person=person, ended_on__isnull=True).exists():
        raise NotProtected
    release = Release.objects.create(
        person_id=person, paper=paper, reason=reason, asked_by=by.account, asked_by_name=by.name, asked_at=at
    )
    return release.pk


@action(allowed=WITHIN)
def agree_release(*, release: int, by: Actor, at: datetime) -> datetime:
    """解除の承認 A second, different officer agrees; open for 15 minutes. Refusals: NotFound, SameOfficer, ReleaseOver."""
    held = Release.objects.select_for_update().filter(pk=release).first()
    if held is None:
        raise NotFound
    if held.asked_by == by.account:
        raise SameOfficer
    if held.agreed_at is not None or at >= held.asked_at + rules.RELEASE_MINUTES:
        raise ReleaseOver
    held.agreed_by, held.agreed_by_name, held.agreed_at = by.account, by.name, at
    held.until = at + rules.RELEASE_MINUTES
    held.save()
    return held.until


@action(allowed=WITHIN)
def use_release(*, person: PersonId, paper: str, at: datetime) -> None:
    """解除の使用 The paper was made: the address is withheld again from this instant. Refusals: ReleaseOver."""
    used = Release.objects.filter(
        person=person, paper=paper, used_at__isnull=True, agreed_at__lte=at, until__gt=at
    ).update(used_at=at)
    if not used:
        raise ReleaseOver


def cover(*, households: Iterable[int] = (), people: Sequence[int] = ()) -> None:
    """併せて支援 Whoever lives with a protected person is withheld too: their address is the same."""
    with connection.cursor() as cursor:
        if people:
            cursor.execute(
                "select household_id from people_residence where person_id = any(%s) and upper(known) is null and upper(valid) is null",
                [list(people)],
            )
            households = {*households, *(row[0] for row in cursor.fetchall())}
        cursor.execute(COVER, [sorted(households)])
        covered = [row[0] for row in cursor.fetchall()]
        if covered:
            cursor.execute("select people_reindex(%s)", [covered])


def _lock(people: Sequence[int]) -> None:
    """The rows of these people and of whoever lives with them, as every movement locks them: no paper comes out meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [list(people), list(people)])


def _begin(person: int, kind: ProtectionKind, principal: Protection | None, on: date) -> Protection:
    if Protection.objects.filter(person=person, ended_on__isnull=True).exists():
        raise AlreadyProtected
    return Protection.objects.create(person_id=person, kind=kind.value, principal=principal, applied_on=on)


def _in_force(protection: int) -> Protection:
    held = Protection.objects.select_for_update().filter(pk=protection, principal__isnull=True).first()
    if held is None:
        raise NotFound
    if held.ended_on is not None:
        raise rules.AlreadyEnded
    return held


def _change(principal: Protection, **values: object) -> None:
    """The applicant's measure and those that go with it change together."""
    group = Protection.objects.filter(pk=principal.pk) | Protection.objects.filter(
        principal=principal, ended_on__isnull=True
    )
    group.update(**values, changed_at=TransactionNow())


def _reindex_group(principal: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_reindex(array(select person_id from people_protection where id = %s or principal_id = %s))",
            [principal, principal],
        )
