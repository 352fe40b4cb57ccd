"""版 Which program papers come from: declared by the owner of the tables, read by every node, never rewritten."""

import django.db.models.functions.datetime
from django.db import migrations, models

FENCE = """
create function documents_build_guard() returns trigger language plpgsql as $$
begin
  raise exception 'a declared version stays as it is' using errcode = '23514';
end $$;
create trigger documents_build_guard before update or delete or truncate on documents_build
  for each statement execute function documents_build_guard();
revoke insert, update, delete on documents_build from yakusho_app;
"""
UNDO = """
grant insert, update, delete on documents_build to yakusho_app;
drop trigger documents_build_guard on documents_build; drop function documents_build_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_online")]
    operations = [
        migrations.CreateModel(
            name="Build",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="指紋")),
                (
                    "declared_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="宣言日時"
                    ),
                ),
            ],
            options={
                "verbose_name": "版",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="documents_build_is_a_digest"
                    )
                ],
            },
        ),
        migrations.RunSQL(FENCE, UNDO),
    ]
