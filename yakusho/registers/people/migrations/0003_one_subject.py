"""What the renderer of papers may see of the register: the people of one request, nobody else."""

from django.db import migrations

from yakusho.blocks.documents.isolation import OneSubject

TABLES = ("naming", "residence", "closing", "origin", "foreignstatus", "protection", "release")

# An instant tells nothing about anybody, and the renderer must get the same one as the gate: it looks at the whole household.
INSTANT = "alter function people_last_change(bigint) security definer set search_path = public, pg_temp;"
UNDO = "alter function people_last_change(bigint) security invoker reset search_path;"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_truth"), ("documents", "0001_papers")]

    operations = [
        OneSubject("people_person", "id"),
        *(OneSubject(f"people_{table}", "person_id") for table in TABLES),
        migrations.RunSQL(INSTANT, UNDO),
    ]
