"""支援措置 Who is protected, from whom, until when, and which releases are open."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import QuerySet

from yakusho.blocks.doors import WITHIN, PersonId, query
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import models
from yakusho.registers.people.rules import protections as rules
from yakusho.registers.people.values import DueMark, Opponent, Protection, Release

DUE = 50


@query(allowed=WITHIN)
def protections(*, person: PersonId) -> list[Protection]:
    """支援措置の一覧 All measures of one person, the newest first."""
    return [_view(row) for row in _rows().filter(person=person).order_by("-id")]


@query(allowed=WITHIN)
def protection(*, protection: int) -> Protection:
    """支援措置 One measure. Refusals: NotFound."""
    row = _rows().filter(pk=protection).first()
    if row is None:
        raise NotFound
    return _view(row)


@query(allowed=WITHIN)
def due_protections(*, on: date, after: DueMark | None = None) -> list[Protection]:
    """延長の案内 Applicants' measures that end within a month or have passed their year without a decision, the first to end
    first: a page and the first of the next, ``after`` a measure with its end.
    """
    rows = _rows().filter(ended_on__isnull=True, principal__isnull=True, until__lte=rules.due_until(on))
    if after is not None:
        rows = rows.filter(until__gte=after.until).exclude(until=after.until, pk__lte=after.after)
    return [_view(row) for row in rows.order_by("until", "pk")[: DUE + 1]]


@query(allowed=WITHIN)
def is_opponent(*, person: PersonId, of: PersonId) -> bool:
    """相手方か Whether one person is named as the offender in a measure that protects the other."""
    in_force = models.Protection.objects.filter(person=of, ended_on__isnull=True)
    named = models.Opponent.objects.filter(person=person)
    return (
        named.filter(protection__in=in_force).exists()
        or named.filter(protection__in=in_force.values("principal")).exists()
    )


@query(allowed=WITHIN)
def protected_from(*, person: PersonId) -> list[int]:
    """相手方とされている支援措置 Numbers of those who are protected from this person, with those covered; for suppression only."""
    in_force = models.Protection.objects.filter(ended_on__isnull=True)
    named = in_force.filter(opponents__person=person)
    return sorted(
        {
            *named.values_list("person", flat=True),
            *in_force.filter(principal__in=named).values_list("person", flat=True),
        }
    )


@query(allowed=WITHIN)
def release(*, release: int) -> Release:
    """解除 One release. Refusals: NotFound."""
    row = models.Release.objects.filter(pk=release).first()
    if row is None:
        raise NotFound
    return Release(
        id=row.pk,
        person=row.person_id,
        paper=row.paper,
        reason=row.reason,
        asked_at=row.asked_at,
        asked_by=row.asked_by_name,
        agreed_at=row.agreed_at,
        agreed_by=row.agreed_by_name,
        until=row.until,
        used_at=row.used_at,
    )


def open_releases(people: Collection[int], *, paper: str, at: datetime) -> set[int]:
    """Those of these people whose address is released for this paper at this instant."""
    rows = models.Release.objects.filter(
        person__in=people, paper=paper, used_at__isnull=True, agreed_at__lte=at, until__gt=at
    )
    return set(rows.values_list("person", flat=True))


def _rows() -> QuerySet[models.Protection]:
    return models.Protection.objects.prefetch_related("opponents")


def _view(row: models.Protection) -> Protection:
    return Protection(
        id=row.pk,
        person=row.person_id,
        principal=row.principal_id,
        kind=row.kind,
        state=rules.state(starts_on=row.starts_on, ended_on=row.ended_on),
        applied_on=row.applied_on,
        starts_on=row.starts_on,
        until=row.until,
        remind_on=row.until and rules.remind_on(row.until),
        ended_on=row.ended_on,
        opponents=[
            Opponent(person=one.person_id, name=one.name, address=one.address, born=one.born)
            for one in row.opponents.all()
        ],
    )
