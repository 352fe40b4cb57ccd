"""書面の照会 Queues, files and lists for those who may see them; verification for everybody."""

import base64
import binascii
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from yakusho.blocks.documents import verification
from yakusho.blocks.documents.kinds import Order, kinds
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.documents.refusals import FileTooLarge, NoSuchAlarm, NoSuchPaper, NotAPdf
from yakusho.blocks.documents.shown import alarm_view, may_see, paper_view, request_id, request_view
from yakusho.blocks.documents.values import AlarmView, PaperFile, PaperView, RequestView, Twin, Verdict
from yakusho.blocks.doors import EVERYONE, RESIDENT, STAFF, Actor, PersonId, query
from yakusho.blocks.identity.apps import AUDITOR

MOST_MEGABYTES = 8
PAGE = 50


def _answered_for(by: Actor) -> list[str]:
    """Kinds that this person answers for as a clerk."""
    return [name for name, kind in kinds.items() if kind.clerks.granting(by) is not None]


@query(allowed=STAFF)
def print_queue(*, by: Actor, after: str = "") -> list[PaperView]:
    """交付待ち Papers asked for at the desk that are neither handed over nor revoked, oldest first, of the clerk's kinds:
    a page of them and the first of the next one, ``after`` a number.

    What a resident asked for online is theirs as a PDF at once and waits for nobody.
    """
    waiting = Paper.objects.filter(handed_over_at__isnull=True, revoked_at__isnull=True, online=False, number__gt=after)
    firsts = [waiting.filter(kind=kind).order_by("number").values("number")[: PAGE + 1] for kind in _answered_for(by)]
    rows = Paper.objects.filter(number__in=_together(firsts)).order_by("number").defer("pdf", "content")
    return [paper_view(row) for row in rows[: PAGE + 1]]


def _together(firsts: list[QuerySet[Paper, Any]]) -> QuerySet[Paper, Any]:
    """The first of each kind, each found by its own part of the index: others' papers are not even passed over."""
    return firsts[0].union(*firsts[1:], all=True) if firsts else Paper.objects.none()


@query(allowed=AUDITOR)
def alarms(*, by: Actor, closed: bool = False, after: int | None = None) -> list[AlarmView]:
    """警報 Withheld papers that nobody has closed yet (or the closed ones), newest first: a page and the first of the next,
    ``after`` an alarm.
    """
    rows = Alarm.objects.filter(closed_at__isnull=not closed).select_related("request").defer("pdf")
    rows = rows if after is None else rows.filter(pk__lt=after)
    return [alarm_view(row) for row in rows.order_by("-pk")[: PAGE + 1]]


@query(allowed=AUDITOR)
def alarm(*, alarm: int, by: Actor) -> AlarmView:
    """警報 One withheld paper. Refusals: NoSuchAlarm."""
    row = Alarm.objects.select_related("request").defer("pdf").filter(pk=alarm).first()
    if row is None:
        raise NoSuchAlarm
    return alarm_view(row)


@query(allowed=STAFF | RESIDENT)
def request(*, request: str, by: Actor) -> RequestView:
    """発行申請の状態 What has become of a request. Refusals: NoSuchPaper."""
    row = PaperRequest.objects.filter(pk=request_id(request)).first()
    if row is None or not may_see(by, kind=row.kind, subject=row.subject, requested_by=row.requested_by):
        raise NoSuchPaper
    return request_view(row)


def _visible(number: str, by: Actor, at: datetime | None) -> Paper:
    row = Paper.objects.select_related("request").filter(number=number).first()
    if row is None or not may_see(by, kind=row.kind, subject=row.subject, requested_by=row.request.requested_by):
        raise NoSuchPaper
    kind = kinds.get(row.kind)
    if kind is not None and kind.shown is not None:
        kind.shown(paper_view(row), _order(row), at)
    return row


def _order(row: Paper) -> Order:
    asked, on = row.request, timezone.localtime(row.sealed_at).date()
    return Order(row.kind, asked.subject, tuple(asked.members), asked.options, on, row.sealed_at)


@query(allowed=STAFF | RESIDENT)
def paper(*, number: str, by: Actor, at: datetime | None = None) -> PaperFile:
    """書面 The PDF, for whom it is about, who asked for it, and the clerks of its kind.

    Refusals: NoSuchPaper, and the room's own where the paper may not be looked at any more.
    """
    row = _visible(number, by, at)
    pdf = base64.b64encode(bytes(row.pdf)).decode()
    return PaperFile(paper=paper_view(row), name=f"{row.kind.rpartition('.')[2]}-{row.number}.pdf", pdf=pdf)


@query(allowed=STAFF | RESIDENT)
def twin(*, number: str, by: Actor, at: datetime | None = None) -> Twin:
    """同じ内容のページ What the PDF says, as sections. Refusals: those of `paper`."""
    row = _visible(number, by, at)
    return Twin.model_validate({**row.content, "paper": paper_view(row)})


@query(allowed=STAFF | RESIDENT)
def papers_of(*, person: PersonId, by: Actor, after: str = "") -> list[PaperView]:
    """発行した書面 Papers about a person, newest first; a resident sees their own, a clerk those of their kinds: a page and
    the first of the next, ``after`` a number.
    """
    rows = Paper.objects.filter(subject=person).order_by("-number").defer("pdf", "content")
    rows = rows.filter(number__lt=after) if after else rows
    if by.person != person:
        rows = rows.filter(kind__in=_answered_for(by))
    return [paper_view(row) for row in rows[: PAGE + 1]]


@query(allowed=EVERYONE)
def verify(*, code: str, on: date) -> Verdict:
    """証明書の確認 Valid, revoked, expired or unknown, by the code on the paper; nothing about the person."""
    return verification.by_code(code[:200], on=on)


@query(allowed=EVERYONE)
def verify_file(*, name: str, content: str, on: date) -> Verdict:
    """ファイルの確認 Valid, altered, revoked, expired or unknown, by the file itself (base64).

    Refusals: NotAPdf, FileTooLarge.
    """
    if len(content) > MOST_MEGABYTES * 2**20 * 4 // 3 + 4:
        raise FileTooLarge(most=MOST_MEGABYTES)
    try:
        pdf = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAPdf from error
    if not pdf.startswith(b"%PDF-"):
        raise NotAPdf
    return verification.by_file(pdf, name=name[:100], on=on)
