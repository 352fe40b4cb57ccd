"""What can be asked of alarms, and what the house knows of itself."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

from yakusho.blocks.alarms import rules
from yakusho.blocks.alarms.models import Alarm, Cause
from yakusho.blocks.alarms.refusals import NoSuchAlarm
from yakusho.blocks.alarms.values import AlarmView
from yakusho.blocks.audit import log
from yakusho.blocks.doors import HOUSE, Actor, query
from yakusho.blocks.identity.apps import AUDITOR

PAGE = 50


@query(allowed=AUDITOR)
def alarms(*, by: Actor, closed: bool = False, after: int | None = None) -> list[AlarmView]:
    """警報 Alarms that nobody has closed yet (or the closed ones), newest first: a page and the first of the next, ``after``
    an alarm.
    """
    rows = Alarm.objects.filter(closed_at__isnull=not closed)
    rows = rows if after is None else rows.filter(pk__lt=after)
    return [view_of(row) for row in rows.order_by("-pk")[: PAGE + 1]]


@query(allowed=AUDITOR)
def alarm(*, ring: int, by: Actor) -> AlarmView:
    """警報 One alarm. Refusals: NoSuchAlarm."""
    row = Alarm.objects.filter(pk=ring).first()
    if row is None:
        raise NoSuchAlarm
    return view_of(row)


@query(allowed=HOUSE)
def causes(*, by: Actor, at: datetime) -> list[Cause]:
    """今ある原因 What is wrong with the house at this instant."""
    limits = rules.limits(settings.CITY.get("alarms", {}))
    found = rules.kept(_seen())
    wrong = {
        Cause.RECORD_LATE: log.evidence_is_late(limits.record),
        Cause.DEPOT_AWAY: rules.depot_is_away(found, limits.carried, at=at),
        # a sample city that never made a backup has nothing to lose
        Cause.BACKUP_OLD: (found.backup is not None or not settings.SAMPLE_CITY)
        and rules.backup_is_old(found, limits.backup, at=at),
    }
    return [cause for cause in Cause if wrong[cause]]


@query(allowed=HOUSE)
def known(*, by: Actor) -> list[Cause]:
    """知られている原因 Causes with an open alarm that are not gone."""
    return [Cause(cause) for cause in Alarm.objects.filter(gone_at=None).values_list("cause", flat=True)]


def view_of(row: Alarm) -> AlarmView:
    """An alarm as it is shown."""
    return AlarmView(
        alarm=row.pk,
        cause=Cause(row.cause),
        raised_at=row.raised_at,
        gone_at=row.gone_at,
        finding=row.finding,
        closed_at=row.closed_at,
    )


def _seen() -> dict[str, str]:
    """What the launcher wrote down about the depot; it alone has the rights and the patience to go there."""
    try:
        return dict(json.loads((Path(settings.STATE) / "backup" / "seen.json").read_text("utf-8")))
    except (OSError, ValueError):
        return {}
