"""見本の操作 One sample of each action, for the tests that break things."""

from tests.faults.samples import Knock, Stage
from yakusho.blocks.alarms.models import Alarm, Cause

TRUTHS = {
    "an alarm that was told to nobody while the city had auditors": (
        "select a.id from alarms_alarm a where exists (select from identity_appointment p where p.role = 'auditor'"
        " and p.revoked_on is null and p.valid @> a.raised_at::date)"
        " and not exists (select from notices_message m where m.once like 'alarm:' || a.id || ':%')"
    ),
}


def _quiet(stage: Stage) -> None:
    """Whatever other samples left is over."""
    stage.do("alarms.look", by=stage.system, causes=[])
    for left in Alarm.objects.filter(closed_at=None).values_list("pk", flat=True):
        stage.do("alarms.close_alarm", by=stage.auditor, ring=left, finding="試験")


def look(stage: Stage) -> Knock:
    """見回り One cause is new."""
    _quiet(stage)
    return Knock("alarms.look", {"causes": [Cause.DEPOT_AWAY.value]}, stage.system)


def close_alarm(stage: Stage) -> Knock:
    _quiet(stage)
    (alarm,) = stage.do("alarms.look", by=stage.system, causes=[Cause.BACKUP_OLD])
    stage.do("alarms.look", by=stage.system, causes=[])
    return Knock("alarms.close_alarm", {"ring": alarm, "finding": "直した"}, stage.auditor)
