"""異動の履歴 Movements of a person, and which of them can still be taken back."""

from yakusho.kit.refusal import NotFound
from yakusho.systems.city.resident_records import models
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Movement


def of_person(person: int) -> list[Movement]:
    """異動の履歴 All movements of one person, newest first; two statements."""
    rows = models.Movement.objects.filter(people__contains=[person]).select_related("cancelled_by", "corrected_by")
    return [_view(row) for row in rows.order_by("-event_on", "-id")]


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


def _view(row: models.Movement) -> Movement:
    return Movement(
        id=row.pk,
        kind=MovementKind(row.kind),
        event_on=row.event_on,
        notified_on=row.notified_on,
        processed_at=row.processed_at,
        by=row.by_name,
        people=row.people,
        households=row.households,
        reason=row.reason,
        items=row.details.get("items", []),
        days_late=row.days_late,
        cancels=row.cancels_id,
        corrects=row.corrects_id,
        cancelled=hasattr(row, "cancelled_by") or hasattr(row, "corrected_by"),
    )
