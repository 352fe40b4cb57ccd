"""調査中の警報 Open alarms in the order of their list, wherever the closed ones lie."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

from yakusho.blocks.doors.live_index import AddIndexLive


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("documents", "0005_queue_index")]
    operations = [
        AddIndexLive(
            model_name="alarm",
            index=models.Index(
                fields=["-id"], name="documents_alarm_waiting", condition=models.Q(closed_at__isnull=True)
            ),
        ),
        RemoveIndexConcurrently(model_name="alarm", name="documents_alarm_open"),
    ]
