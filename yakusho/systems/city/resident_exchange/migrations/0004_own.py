"""自分の書出し An officer's own exports, newest first, without looking through everybody's."""

from django.db import migrations, models

from yakusho.blocks.doors.live_index import AddIndexLive


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("resident_exchange", "0003_statistics")]
    operations = [
        AddIndexLive(
            model_name="export", index=models.Index(fields=["asked_by", "-id"], name="resident_exchange_own")
        )
    ]
