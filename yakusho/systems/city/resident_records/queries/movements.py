"""異動の履歴 Movements of a person, and which of them can still be taken back."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yakusho.blocks.doors.prepared import Prepared
from yakusho.kit.refusal import NotFound
from yakusho.systems.city.resident_records import models
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Movement


def of_person(person: int) -> list[Movement]:
    """異動の履歴 All movements of one person, newest first; one statement."""
    return [_view(dict(zip(COLUMNS, row, strict=True))) for row in OF_PERSON.rows(person=person)]


COLUMNS = (
    *("id", "kind", "event_on", "notified_on", "processed_at", "by_name", "people", "households", "reason", "details"),
    *("days_late", "cancels_id", "corrects_id", "cancelled"),
)


def _of_person(person: int) -> QuerySet[models.Movement, Any]:
    later = models.Movement.objects.filter(Q(cancels=OuterRef("pk")) | Q(corrects=OuterRef("pk")))
    found = models.Movement.objects.filter(people__contains=[person]).annotate(cancelled=Exists(later))
    return found.order_by("-event_on", "-id").values_list(*COLUMNS)


OF_PERSON = Prepared(_of_person, person=-1)


def replaceable(movement: int) -> models.Movement:
    """取り消せる異動 A movement that stands. Refusals: NotFound, AlreadyCancelled."""
    row = models.Movement.objects.select_for_update(of=("self",)).filter(pk=movement).first()
    if row is None:
        raise NotFound
    if models.Movement.objects.filter(cancels=row).exists() or models.Movement.objects.filter(corrects=row).exists():
        raise refusals.AlreadyCancelled
    if row.cancels_id is not None:
        raise refusals.AlreadyCancelled
    return row


def standing(person: int, kinds: tuple[MovementKind, ...]) -> models.Movement | None:
    """有効な異動 The latest movement of these kinds about a person that was neither cancelled nor corrected."""
    rows = models.Movement.objects.filter(people__contains=[person], kind__in=[kind.value for kind in kinds])
    return rows.filter(cancelled_by__isnull=True, corrected_by__isnull=True).order_by("-id").first()


def _view(row: dict[str, Any]) -> Movement:
    return Movement(
        id=row["id"],
        kind=MovementKind(row["kind"]),
        event_on=row["event_on"],
        notified_on=row["notified_on"],
        processed_at=row["processed_at"],
        by=row["by_name"],
        people=row["people"],
        households=row["households"],
        reason=row["reason"],
        items=json.loads(row["details"]).get("items", []),
        days_late=row["days_late"],
        cancels=row["cancels_id"],
        corrects=row["corrects_id"],
        cancelled=row["cancelled"],
    )
