"""新しい順の索引 The latest dispatches of an endpoint, and the dead letters, without looking through those of all others."""

from django.db import migrations, models

from yakusho.blocks.doors.live_index import AddIndexLive


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("exchange", "0002_append_only")]
    operations = [
        AddIndexLive(
            model_name="dispatch", index=models.Index(fields=["endpoint", "-id"], name="exchange_dispatch_latest")
        ),
        AddIndexLive(
            model_name="dispatch",
            index=models.Index(fields=["-id"], name="exchange_dispatch_dead", condition=models.Q(state="dead")),
        ),
    ]
