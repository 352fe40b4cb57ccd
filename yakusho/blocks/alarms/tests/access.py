"""見える範囲 Samples of what can be asked here, and who finds what: for the matrix of rights in `tests/access`."""

from tests.access.rooms import Of
from yakusho.blocks.alarms.models import Alarm, Cause
from yakusho.blocks.identity.apps import AUDITOR

SAMPLES = {"alarm": {"ring": Of("ring")}, "alarms": {}, "close_alarm": {"ring": Of("ring"), "finding": "直した"}}


def ring(scene, person, by):
    """One about nobody, whose cause is gone."""
    found = Alarm.objects.filter(cause=Cause.DEPOT_AWAY, closed_at=None).first()
    return (found or Alarm.objects.create(cause=Cause.DEPOT_AWAY, raised_at=scene.stage.at, gone_at=scene.stage.at)).pk


OBJECTS = {"ring": ring}
PAGES = {"alarm": AUDITOR, "alarms": AUDITOR}
