"""表の行から値へ Rows as the values that leave the doors."""

from uuid import UUID

from yakusho.blocks.documents._internal import city, qr
from yakusho.blocks.documents.kinds import kinds
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.documents.refusals import NoSuchPaper
from yakusho.blocks.documents.values import AlarmView, PaperView, RequestView
from yakusho.blocks.doors import Actor


def request_id(written: str) -> UUID:
    """The 128-bit number of a request. Refusals: NoSuchPaper."""
    try:
        return UUID(written)
    except ValueError as error:
        raise NoSuchPaper from error


def may_see(by: Actor, *, kind: str, subject: int, requested_by: int) -> bool:
    """閲覧できる人 The clerks of this kind; the resident it is about, or who asked for it."""
    known = kinds.get(kind)
    if known is not None and known.clerks.granting(by) is not None:
        return True
    return by.person is not None and (by.person == subject or by.account == requested_by)


def code_of(number: str) -> str:
    """確認番号 As printed, in groups."""
    return qr.grouped(qr.code(number, city.key("seal_key", "verify")))


def request_view(row: PaperRequest) -> RequestView:
    """発行申請 As a value."""
    return RequestView(
        request=row.id.hex,
        kind=row.kind,
        title=kinds[row.kind].title if row.kind in kinds else row.kind,
        subject=row.subject,
        state=row.state,
        fee=row.fee,
        asked_at=row.asked_at,
        number=row.number or "",
        reason=row.reason,
    )


def paper_view(row: Paper) -> PaperView:
    """書面 As a value."""
    return PaperView(
        number=row.number,
        code=code_of(row.number),
        request=row.request_id.hex,
        kind=row.kind,
        title=row.title,
        subject=row.subject,
        pages=row.pages,
        sha256=bytes(row.sha256).hex(),
        issued_at=row.sealed_at,
        expires_on=row.expires_on,
        handed_over_at=row.handed_over_at,
        revoked_at=row.revoked_at,
        revoked_reason=row.revoked_reason,
    )


def alarm_view(row: Alarm) -> AlarmView:
    """警報 As a value; the bytes stay inside."""
    return AlarmView(
        alarm=row.pk,
        request=row.request_id.hex,
        kind=row.request.kind,
        subject=row.request.subject,
        doubts=row.doubts,
        sha256=bytes(row.sha256).hex(),
        raised_at=row.raised_at,
        compared_at=row.compared_at,
        reference_sha256=bytes(row.reference_sha256 or b"").hex(),
        differences=row.differences,
        finding=row.finding,
        closed_at=row.closed_at,
    )
