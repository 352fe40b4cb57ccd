"""職員の索引 The few accounts of staff among those of all residents; sign-ins on two devices at once among all sign-ins."""

from django.db import migrations, models

from yakusho.blocks.doors.live_index import AddIndexLive


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("identity", "0001_initial")]
    operations = [
        AddIndexLive(
            model_name="account",
            index=models.Index(fields=["login"], condition=models.Q(kind="staff"), name="identity_account_staff"),
        ),
        AddIndexLive(
            model_name="sessionrecord",
            index=models.Index(
                fields=["account", "started_at"], condition=models.Q(beside=True), name="identity_session_beside"
            ),
        ),
    ]
