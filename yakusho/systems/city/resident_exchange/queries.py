"""What can be asked of imports and exports."""

from datetime import datetime

from django.utils.translation import gettext_noop as _

from yakusho.blocks.doors import Actor, query
from yakusho.kit.refusal import NotFound
from yakusho.systems.city.resident_exchange import models, vault
from yakusho.systems.city.resident_exchange.apps import RESIDENT_CLERK, RESIDENT_MANAGER
from yakusho.systems.city.resident_exchange.formats.columns import proposed
from yakusho.systems.city.resident_exchange.formats.persons_csv import read_sheet
from yakusho.systems.city.resident_exchange.values import Export, Load, Received

LATEST = 50


@query(allowed=RESIDENT_MANAGER)
def loads(*, after: int | None = None, by: Actor) -> list[Load]:
    """取込みの一覧 Imports, newest first: a page and the first of the next, ``after`` an import."""
    rows = models.Load.objects.order_by("-pk")
    rows = rows if after is None else rows.filter(pk__lt=after)
    return [_load(row) for row in rows[: LATEST + 1]]


@query(allowed=RESIDENT_MANAGER)
def load(*, load: int, by: Actor) -> Load:
    """取込み One import. Refusals: NotFound."""
    row = models.Load.objects.filter(pk=load).first()
    if row is None:
        raise NotFound
    return _load(row)


@query(allowed=RESIDENT_MANAGER)
def received(*, upload: int, by: Actor) -> Received:
    """受け付けたファイル A file that waits to be imported: its headings, and the columns they seem to be. Refusals: NotFound."""
    row = models.Upload.objects.filter(pk=upload, by_account=by.account).first()
    if row is None:
        raise NotFound
    sheet = read_sheet(vault.opened(bytes(row.content)))
    headings = list(sheet.headings)
    return Received(
        upload=row.pk,
        digest=row.digest,
        name=row.name,
        rows=len(sheet.rows),
        headings=headings,
        columns=proposed(headings),
    )


@query(allowed=RESIDENT_CLERK | RESIDENT_MANAGER)
def exports(*, after: int | None = None, by: Actor, at: datetime | None = None) -> list[Export]:
    """書出しの一覧 Exports, newest first: a manager sees all, a clerk their own; a page and the first of the next,
    ``after`` an export.
    """
    rows = models.Export.objects.order_by("-pk")
    rows = rows if after is None else rows.filter(pk__lt=after)
    if not by.holds(RESIDENT_MANAGER.name):
        rows = rows.filter(asked_by=by.account)
    return [_export(row, by, at) for row in rows[: LATEST + 1]]


@query(allowed=RESIDENT_CLERK | RESIDENT_MANAGER)
def export(*, export: int, by: Actor, at: datetime | None = None) -> Export:
    """書出し One export; a clerk sees their own. Refusals: NotFound."""
    row = models.Export.objects.filter(pk=export).first()
    if row is None or not (by.holds(RESIDENT_MANAGER.name) or row.asked_by == by.account):
        raise NotFound
    return _export(row, by, at)


def _load(row: models.Load) -> Load:
    return Load(
        id=row.pk,
        name=row.name,
        digest=row.digest,
        rows=row.rows,
        households=row.households,
        skipped=row.skipped,
        by=row.by_name,
        at=row.at,
    )


def _state(row: models.Export, at: datetime | None) -> str:
    if row.refused_at is not None:
        return _("却下")
    if row.taken_at is not None:
        return _("取出し済み")
    if row.until is None:
        return _("承認待ち")
    if at and at >= row.until:
        return _("期限切れ")
    return _("取出し中") if row.begun_at else _("承認済み")


def _export(row: models.Export, by: Actor, at: datetime | None) -> Export:
    return Export(
        id=row.pk,
        state=_state(row, at),
        purpose=row.purpose,
        towns=row.towns,
        on=row.on,
        asked_by=row.asked_by_name,
        asked_at=row.asked_at,
        agreed_by=row.agreed_by_name,
        agreed_at=row.agreed_at,
        until=row.until,
        begun_at=row.begun_at,
        taken_at=row.taken_at,
        rows=row.rows,
        own=row.asked_by == by.account,
    )
