"""What can be done with alarms: the house rings and notices that a cause is gone; a person closes."""

from datetime import date, datetime

from yakusho.blocks.alarms.models import Alarm, Cause
from yakusho.blocks.alarms.queries import view_of
from yakusho.blocks.alarms.refusals import AlarmClosed, CauseRemains, FindingMissing, NoSuchAlarm
from yakusho.blocks.alarms.values import AlarmView, Finding
from yakusho.blocks.doors import HOUSE, Actor, action, note
from yakusho.blocks.identity import queries as identity
from yakusho.blocks.identity.apps import AUDITOR
from yakusho.blocks.messages.tell import tell


@action(allowed=HOUSE)
def look(*, causes: list[Cause], by: Actor, on: date, at: datetime) -> list[int]:
    """見回り Ring for causes that have no open alarm, and note which are gone or have come back; the alarms that are new.

    The auditors of the day are told once an alarm: a cause that comes back before anybody closed its alarm is the same one.
    """
    rows = {row.cause: row for row in Alarm.objects.select_for_update().filter(closed_at=None)}
    for row in rows.values():
        gone_at = None if row.cause in causes else row.gone_at or max(at, row.raised_at)
        if gone_at != row.gone_at:
            row.gone_at = gone_at
            row.save(update_fields=["gone_at"])
    new = [Alarm.objects.create(cause=cause, raised_at=at) for cause in Cause if cause in causes and cause not in rows]
    for alarm in new:
        _tell(alarm, by=by, on=on)
    note(causes=sorted(set(causes)), alarms=[alarm.pk for alarm in new])
    return [alarm.pk for alarm in new]


def _tell(alarm: Alarm, *, by: Actor, on: date) -> None:
    duties = identity.appointments(on=on, role=AUDITOR.name, by=by)
    for account in sorted({duty.account for duty in duties}):
        tell(template=f"alarms/{alarm.cause}", by=by, account=account, once=f"alarm:{alarm.pk}:{account}")


@action(allowed=AUDITOR)
def close_alarm(*, ring: int, finding: Finding, by: Actor, at: datetime) -> AlarmView:
    """警報の終了 Close an alarm with a finding, when its cause is gone.

    Refusals: NoSuchAlarm, AlarmClosed, CauseRemains, FindingMissing.
    """
    row = Alarm.objects.select_for_update().filter(pk=ring).first()
    if row is None:
        raise NoSuchAlarm
    if row.closed_at is not None:
        raise AlarmClosed
    if row.gone_at is None:
        raise CauseRemains
    if not finding.strip():
        raise FindingMissing
    row.finding, row.closed_at, row.closed_by = finding.strip(), max(at, row.gone_at), by.account
    row.save(update_fields=["finding", "closed_at", "closed_by"])
    note(alarm=row.pk, cause=row.cause)
    return view_of(row)
