"""作業 The fenced steps of the press, each a transaction of its own, open to the press only: take, then release or withhold or abandon.

Only the job whose token the request carries may write. A job that comes late finds another token and writes nothing.
"""

import base64
import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet, Subquery
from django.utils import timezone

from yakusho.blocks.documents import build
from yakusho.blocks.documents.kinds import Order, kinds
from yakusho.blocks.documents.models import Alarm, Build, Paper, PaperRequest
from yakusho.blocks.documents.refusals import (
    BeingIssued,
    NoSuchKind,
    NoSuchPaper,
    OtherBuild,
    PaperTookTooLong,
    RecordChanged,
    RequestClosed,
)
from yakusho.blocks.documents.shown import alarm_view, paper_view, request_id
from yakusho.blocks.documents.values import AlarmView, Finished, Job, PaperView, Stopped
from yakusho.blocks.doors import WITHIN, Actor, action
from yakusho.blocks.doors.prepared import Prepared

TIME_LIMIT = timedelta(seconds=30)
State = PaperRequest.State
# why whole machines stop, and not one paper
WHOLE = RECORD_LATE, OTHER_BUILD, NO_SEAL = "record late", "other build", "no seal"


def order_of(job: Job) -> Order:
    """What the room's functions get."""
    on = timezone.localtime(job.begun_at).date()
    return Order(job.kind, job.subject, tuple(job.members), job.options, on, job.begun_at)


def _next_number(year: int) -> str:
    """交付番号 The next of the year; the counter's row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [year])
        return f"{year:04d}{cursor.fetchone()[0]:08d}"


NEXT = (
    "insert into documents_counter as it (year, last) values (%s, 1)"
    " on conflict (year) do update set last = it.last + 1 returning last"
)


def _one(request: UUID) -> QuerySet[PaperRequest, Any]:
    asked = PaperRequest.objects.select_for_update(of=("self",)).filter(pk=request)
    return asked.annotate(build=DECLARED).values_list("build", *COLUMNS)


DECLARED = Subquery(Build.objects.order_by("-pk").values("digest")[:1])
COLUMNS = [field.attname for field in PaperRequest._meta.concrete_fields]
OPTIONS = COLUMNS.index("options")
LOCKED = Prepared(_one, request=UUID(int=1))


def _locked(request: str) -> PaperRequest | None:
    """The request, locked until the transaction ends. Refusals: OtherBuild."""
    for declared, *values in LOCKED.rows(request=request_id(request)):
        if declared != build.own():
            raise OtherBuild
        values[OPTIONS] = json.loads(values[OPTIONS])
        return PaperRequest.from_db(None, COLUMNS, values)
    return None


@action(allowed=WITHIN)
def take(*, request: str, by: Actor, at: datetime) -> Job:
    """作業の開始 Take a request with a new token; whoever held it before can write nothing more.

    Refusals: NoSuchPaper, OtherBuild, NoSuchKind, BeingIssued, RequestClosed.
    """
    row = _locked(request)
    if row is None:
        raise NoSuchPaper
    if row.kind not in kinds:
        raise NoSuchKind
    if row.state in (State.ISSUED, State.WITHHELD):
        raise RequestClosed(state=State(row.state).label)
    if row.state == State.WORKING and row.begun_at and at < row.begun_at + TIME_LIMIT:
        raise BeingIssued
    number = row.number or _next_number(timezone.localtime(at).year)
    PaperRequest.objects.filter(pk=row.pk).update(state=State.WORKING, token=F("token") + 1, begun_at=at, number=number)
    return Job(
        request=row.id.hex,
        token=row.token + 1,
        number=number,
        kind=row.kind,
        subject=row.subject,
        members=row.members,
        options=row.options,
        begun_at=at,
    )


def _held(request: str, token: int) -> PaperRequest:
    """The request, locked, if this job still holds it. Refusals: OtherBuild, PaperTookTooLong."""
    row = _locked(request)
    if row is None or (row.token, row.state) != (token, State.WORKING):
        raise PaperTookTooLong
    return row


@action(allowed=WITHIN)
def release(*, finished: Finished, by: Actor, at: datetime) -> PaperView:
    """交付 Release the paper: once for each request, by the job that holds it, of the register as it still is.

    What the room does with a released paper is part of it. Refusals: OtherBuild, PaperTookTooLong, RecordChanged, the
    room's own.
    """
    row = _held(finished.request, finished.token)
    kind, begun_at = kinds[row.kind], row.begun_at or at
    on = timezone.localtime(begun_at).date()
    order = Order(row.kind, row.subject, tuple(row.members), row.options, on, begun_at)
    if kind.hold is not None:
        kind.hold(order)
    if kind.version(order) != finished.version:
        raise RecordChanged
    paper = paper_view(_stored(row, finished, begun_at, on))
    if kind.released is not None:
        kind.released(paper, order, by, at)
    PaperRequest.objects.filter(pk=row.pk, token=row.token).update(
        state=State.ISSUED, issued_at=begun_at, version=finished.version
    )
    return paper


def _stored(row: PaperRequest, finished: Finished, begun_at: datetime, on: date) -> Paper:
    kind, number = kinds[row.kind], row.number or ""
    pdf = base64.b64decode(finished.pdf)
    content = {"statement": finished.statement, "sections": [s.model_dump() for s in finished.sections]}
    return Paper.objects.create(
        number=number,
        request=row,
        token=row.token,
        kind=row.kind,
        title=kind.title,
        subject=row.subject,
        sha256=hashlib.sha256(pdf).digest(),
        pdf=pdf,
        pages=finished.pages,
        content=content,
        sealed_at=begun_at,
        expires_on=on + timedelta(days=kind.valid_days) if kind.valid_days else None,
        retention=kind.retention,
    )


@action(allowed=WITHIN)
def withhold(*, stopped: Stopped, by: Actor, at: datetime) -> AlarmView:
    """差止め Keep the doubtful bytes and raise the alarm; nothing more comes from this request.

    Refusals: PaperTookTooLong.
    """
    row = _held(stopped.request, stopped.token)
    pdf = base64.b64decode(stopped.pdf)
    alarm = Alarm.objects.create(
        request=row,
        token=row.token,
        doubts=[doubt[:200] for doubt in stopped.doubts],
        pdf=pdf,
        sha256=hashlib.sha256(pdf).digest(),
        raised_at=at,
    )
    PaperRequest.objects.filter(pk=row.pk, token=row.token).update(state=State.WITHHELD)
    return alarm_view(alarm)


@action(allowed=WITHIN)
def ring(*, request: str, why: str, by: Actor, at: datetime) -> bool:
    """発行停止の警報 No paper comes out at all (the record is not signed in time, another program runs); one open alarm for
    each reason says it for all requests.

    Refusals: NoSuchPaper (a request that is not committed yet).
    """
    if Alarm.objects.filter(closed_at__isnull=True, doubts=[why]).exists():
        return False
    row = PaperRequest.objects.filter(pk=request_id(request)).first()
    if row is None:
        raise NoSuchPaper
    none = hashlib.sha256(b"").digest()
    Alarm.objects.create(request=row, token=row.token, doubts=[why], pdf=b"", sha256=none, raised_at=at)
    return True


@action(allowed=WITHIN)
def abandon(*, request: str, token: int, by: Actor) -> bool:
    """作業の取りやめ Give the whole job up; it can write nothing more. False if another job holds the request already."""
    mine = PaperRequest.objects.filter(pk=request_id(request), token=token, state=State.WORKING)
    return bool(mine.update(state=State.ASKED, token=F("token") + 1, begun_at=None))
