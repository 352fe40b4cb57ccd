"""交付待ちの索引 The papers of a kind that wait, by number; first those of before say for themselves how they were asked for."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

from yakusho.blocks.doors.live_index import AddIndexLive


SAID = """
update documents_paper p set online = true from documents_paperrequest r where r.id = p.request_id and r.online and not p.online;
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("documents", "0004_queue")]
    operations = [
        migrations.RunSQL(SAID, migrations.RunSQL.noop),
        AddIndexLive(
            model_name="paper",
            index=models.Index(
                fields=["kind", "number"],
                name="documents_queue_of_kind",
                condition=models.Q(online=False, handed_over_at__isnull=True, revoked_at__isnull=True),
            ),
        ),
        RemoveIndexConcurrently(model_name="paper", name="documents_queue"),
    ]
