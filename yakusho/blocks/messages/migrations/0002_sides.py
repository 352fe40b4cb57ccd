"""Drill and live stay apart in the database too, and a message that was sent is never rewritten."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "alter table notices_delivery add constraint notices_delivery_same_side"
            " foreign key (message_id, drill) references notices_message (id, drill)",
            "alter table notices_delivery drop constraint notices_delivery_same_side",
        ),
        migrations.RunSQL(
            "revoke update, delete, truncate on notices_message from yakusho_app;"
            " grant update (read_at) on notices_message to yakusho_app",
            "grant update, delete on notices_message to yakusho_app",
        ),
    ]
