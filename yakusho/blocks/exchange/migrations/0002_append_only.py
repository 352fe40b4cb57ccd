"""What has happened is never rewritten by the serving programs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "revoke update, delete, truncate on exchange_event from yakusho_app",
            "grant update, delete on exchange_event to yakusho_app",
        )
    ]
