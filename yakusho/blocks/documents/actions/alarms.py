"""警報 A withheld paper is looked into: its bytes are compared with a fresh rendering, then somebody says what it was.

A retry that "worked" closes nothing: a withheld request stays closed, and the alarm stays open.
"""

import hashlib
from datetime import datetime

from yakusho.blocks.alarms.values import Finding
from yakusho.blocks.documents._internal.compare import differing_pages
from yakusho.blocks.documents._internal.render import NotRendered
from yakusho.blocks.documents.actions import jobs, press
from yakusho.blocks.documents.models import Alarm
from yakusho.blocks.documents.refusals import AlarmClosed, ComparisonMissing, NoSuchAlarm, ReasonMissing
from yakusho.blocks.documents.shown import alarm_view
from yakusho.blocks.documents.values import AlarmView, Job
from yakusho.blocks.doors import Actor, action
from yakusho.blocks.identity.apps import AUDITOR
from yakusho.kit.refusal import Refusal


def _open(alarm: int) -> Alarm:
    row = Alarm.objects.select_for_update(of=("self",)).select_related("request").filter(pk=alarm).first()
    if row is None:
        raise NoSuchAlarm
    if row.closed_at is not None:
        raise AlarmClosed
    return row


def _job(row: Alarm) -> Job:
    request = row.request
    return Job(
        request=request.id.hex,
        token=request.token,
        number=request.number or "",
        kind=request.kind,
        subject=request.subject,
        members=request.members,
        options=request.options,
        begun_at=request.begun_at or row.raised_at,
    )


def _afresh(row: Alarm, by: Actor) -> tuple[bytes, list[str]]:
    """The paper printed once more, and how it differs; nothing, where whole machines stopped and no printing had begun."""
    if len(row.doubts) == 1 and row.doubts[0] in jobs.WHOLE:
        return b"", ["nothing was printed"]
    job = _job(row)
    try:
        fresh = press.printed(job, press.read(job, by=by))
    except NotRendered as error:
        return b"", [f"press {error}"[:200]]
    except Refusal as refusal:  # the room gives this paper no more: the person has left, the address is protected
        return b"", [f"register {refusal.code}"]
    return fresh, differing_pages(bytes(row.pdf), fresh)


@action(allowed=AUDITOR)
def compare_alarm(*, alarm: int, by: Actor, at: datetime) -> AlarmView:
    """内容の比較 Render the withheld paper afresh from the register and record how its bytes differ, page by page.

    Refusals: NoSuchAlarm, AlarmClosed.
    """
    row = _open(alarm)
    fresh, row.differences = _afresh(row, by)
    row.compared_at, row.compared_by, row.reference_sha256 = at, by.account, hashlib.sha256(fresh).digest()
    row.save(update_fields=["compared_at", "compared_by", "reference_sha256", "differences"])
    return alarm_view(row)


@action(allowed=AUDITOR)
def close_alarm(*, alarm: int, finding: Finding, by: Actor, at: datetime) -> AlarmView:
    """警報の終了 Close an alarm with a finding, after its bytes were compared.

    Refusals: NoSuchAlarm, AlarmClosed, ComparisonMissing, ReasonMissing.
    """
    row = _open(alarm)
    if row.compared_at is None:
        raise ComparisonMissing
    if not finding.strip():
        raise ReasonMissing().at("finding")
    row.finding, row.closed_at, row.closed_by = finding.strip()[:500], at, by.account
    row.save(update_fields=["finding", "closed_at", "closed_by"])
    return alarm_view(row)
