"""書出し One officer asks, another agrees, the file is taken once within a day; every part of it leaves its own row in the record."""

from datetime import date, datetime

from django.db import connection

from yakusho.blocks.doors import Actor, action, note
from yakusho.kit.cells import written
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import queries as people
from yakusho.systems.city.resident_exchange import models, queries, rules
from yakusho.systems.city.resident_exchange.apps import RESIDENT_CLERK, RESIDENT_MANAGER
from yakusho.systems.city.resident_exchange.formats import persons_out
from yakusho.systems.city.resident_exchange.values import Export, ExportPart, ExportWish

PART = 2_000


@action(allowed=RESIDENT_CLERK | RESIDENT_MANAGER)
def ask_export(*, wish: ExportWish, by: Actor, on: date, at: datetime) -> Export:
    """書出しの申請 Ask for a file of residents, with its purpose."""
    row = models.Export.objects.create(
        purpose=wish.purpose,
        towns=sorted(set(wish.towns)),
        on=wish.on or on,
        asked_by=by.account,
        asked_by_name=by.name,
        asked_at=at,
    )
    note(export=row.pk)
    return queries.export(export=row.pk, by=by, at=at)


@action(allowed=RESIDENT_MANAGER)
def agree_export(*, export: int, by: Actor, at: datetime) -> Export:
    """書出しの承認 Agree as another officer; from now on it can be taken for a day. Refusals: SameOfficer, AlreadyDecided, NotFound."""
    row = _locked(export)
    rules.check_agreement(asked_by=row.asked_by, by=by.account, decided=_decided(row))
    row.agreed_by, row.agreed_by_name, row.agreed_at, row.until = by.account, by.name, at, at + rules.VALID
    row.save(update_fields=["agreed_by", "agreed_by_name", "agreed_at", "until"])
    note(export=row.pk)
    return queries.export(export=row.pk, by=by, at=at)


@action(allowed=RESIDENT_MANAGER)
def refuse_export(*, export: int, by: Actor, at: datetime) -> Export:
    """書出しの却下 Do not agree. Refusals: AlreadyDecided, NotFound."""
    row = _locked(export)
    if _decided(row):
        raise rules.AlreadyDecided
    row.refused_at = at
    row.save(update_fields=["refused_at"])
    note(export=row.pk)
    return queries.export(export=row.pk, by=by, at=at)


@action(allowed=RESIDENT_CLERK | RESIDENT_MANAGER)
def take_export(*, export: int, after: int = 0, by: Actor, at: datetime) -> ExportPart:
    """書出し The file, part by part: first ``after=0``, then with ``after`` of the part before, until it is None.

    Only who asked takes it, in time, once; what was believed when the first part was taken holds for all parts.
    Refusals: NotAgreed, NotFound.
    """
    row = _locked(export)
    if row.asked_by != by.account:
        raise NotFound
    rules.check_taking(
        until=row.until, taken=row.taken_at is not None or (after == 0 and row.begun_at is not None), at=at
    )
    if after == 0:
        row.begun_at, row.rows = at, 0
    elif row.begun_at is None:
        raise rules.NotAgreed
    found = people.residents(on=row.on, known_at=_known(row), towns=row.towns or None, after=after, limit=PART, by=by)
    heading = [persons_out.HEADINGS] if after == 0 else []
    text = written([*heading, *(persons_out.line(one) for one in found.people)], first=after == 0)
    row.rows = (row.rows or 0) + len(found.people)
    row.taken_at = at if found.after is None else None
    row.save(update_fields=["begun_at", "taken_at", "rows"])
    note(export=row.pk, rows=len(found.people), so_far=row.rows, purpose=row.purpose)
    return ExportPart(text=text, people=[one.id for one in found.people], after=found.after)


def _locked(export: int) -> models.Export:
    row = models.Export.objects.select_for_update().filter(pk=export).first()
    if row is None:
        raise NotFound
    return row


def _decided(row: models.Export) -> bool:
    return row.agreed_at is not None or row.refused_at is not None


def _known(row: models.Export) -> datetime:
    """What the register believed when the first part was taken."""
    if row.known_at is None:
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            row.known_at = cursor.fetchone()[0]
        row.save(update_fields=["known_at"])
    return row.known_at
