"""書面の発行 What rooms, clerks and residents do with papers."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from yakusho.blocks.audit import log
from yakusho.blocks.documents.actions import press
from yakusho.blocks.documents.actions.jobs import NO_SEAL, OTHER_BUILD, RECORD_LATE
from yakusho.blocks.documents.kinds import kinds
from yakusho.blocks.documents.models import Paper, PaperRequest
from yakusho.blocks.documents.refusals import (
    AlreadyHandedOver,
    AlreadyRevoked,
    EvidenceLate,
    NoSuchKind,
    NoSuchPaper,
    OtherBuild,
    ReasonMissing,
    SealUnusable,
)
from yakusho.blocks.documents.shown import may_see, paper_view, request_id, request_view
from yakusho.blocks.documents.values import PaperOrder, PaperView, Reason, RequestView
from yakusho.blocks.doors import RESIDENT, STAFF, WITHIN, Actor, action

REPRINTED = "再発行しています"
EVIDENCE = timedelta(hours=4)  # as long as the record may wait for its signature before papers stop


@action(allowed=WITHIN)
def request_paper(*, order: PaperOrder, by: Actor, at: datetime) -> RequestView:
    """発行申請 Ask for one copy of a paper; the calling room has decided who may. Issued by `issue`, once committed.

    Refusals: NoSuchKind.
    """
    if order.kind not in kinds:
        raise NoSuchKind
    row = PaperRequest.objects.create(
        kind=order.kind,
        subject=order.subject,
        members=list(order.members),
        options=dict(order.options),
        fee=order.fee,
        requested_by=by.account,
        online=by.person is not None and STAFF.granting(by) is None,
        asked_at=at,
    )
    return request_view(row)


@action(allowed=STAFF | RESIDENT)
def issue(*, request: str, by: Actor, at: datetime) -> PaperView:
    """発行 Print, seal, check and release the paper of a request, in one go; any doubt withholds it and raises an alarm.

    Whoever asks again, because the answer was lost on its way, is told of the same paper. Refusals: EvidenceLate,
    OtherBuild, SealUnusable, NoSuchPaper, BeingIssued, RequestClosed, RecordChanged, CharacterNotPrintable,
    PaperTookTooLong, PaperWithheld.
    """
    row = PaperRequest.objects.filter(pk=request_id(request)).first()
    if row is None or not may_see(by, kind=row.kind, subject=row.subject, requested_by=row.requested_by):
        raise NoSuchPaper
    if row.state == PaperRequest.State.ISSUED:
        return paper_view(Paper.objects.get(request=row))
    if log.evidence_is_late(EVIDENCE):
        press.ring(request, RECORD_LATE, by=by, at=at)
        raise EvidenceLate
    try:
        return press.run(request, by=by, at=at)
    except OtherBuild:
        press.ring(request, OTHER_BUILD, by=by, at=at)
        raise
    except SealUnusable:
        press.ring(request, NO_SEAL, by=by, at=at)
        raise


def _for_clerk(number: str, by: Actor) -> Paper:
    """The paper, locked, if this clerk answers for its kind. Refusals: NoSuchPaper."""
    papers: QuerySet[Paper] = Paper.objects.select_for_update(of=("self",)).defer("pdf")
    paper = papers.filter(number=number).first()
    kind = kinds.get(paper.kind) if paper else None
    if paper is None or kind is None or kind.clerks.granting(by) is None:
        raise NoSuchPaper
    return paper


def _revoke(paper: Paper, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise ReasonMissing
    if paper.revoked_at is not None:
        raise AlreadyRevoked
    paper.revoked_at, paper.revoked_reason = at, reason.strip()[:200]
    paper.save(update_fields=["revoked_at", "revoked_reason"])


@action(allowed=STAFF)
def hand_over(*, number: str, by: Actor, at: datetime) -> PaperView:
    """交付 Take a paper out of the print queue: it is printed and handed over, once.

    Refusals: NoSuchPaper, AlreadyHandedOver, AlreadyRevoked.
    """
    paper = _for_clerk(number, by)
    if paper.revoked_at is not None:
        raise AlreadyRevoked
    if paper.handed_over_at is not None:
        raise AlreadyHandedOver
    paper.handed_over_at, paper.handed_over_by = at, by.account
    paper.save(update_fields=["handed_over_at", "handed_over_by"])
    return paper_view(paper)


@action(allowed=STAFF)
def reprint(*, number: str, reason: Reason, by: Actor, at: datetime) -> RequestView:
    """再発行 Revoke a spoilt paper and ask anew for the same, free of charge; the reason is kept.

    Refusals: NoSuchPaper, ReasonMissing, AlreadyRevoked.
    """
    paper = _for_clerk(number, by)
    if not reason.strip():
        raise ReasonMissing
    _revoke(paper, REPRINTED, at)
    first = paper.request
    row = PaperRequest.objects.create(
        kind=first.kind,
        subject=first.subject,
        members=first.members,
        options=first.options,
        requested_by=by.account,
        asked_at=at,
        reprint_of=paper,
        reason=reason.strip()[:200],
    )
    return request_view(row)


@action(allowed=STAFF)
def revoke(*, number: str, reason: Reason, by: Actor, at: datetime) -> PaperView:
    """無効 Make a paper void; the verification page says so at once, with the reason.

    Refusals: NoSuchPaper, ReasonMissing, AlreadyRevoked.
    """
    paper = _for_clerk(number, by)
    _revoke(paper, reason, at)
    return paper_view(paper)
