"""Who held which post is only ever added to."""

from django.db import migrations

from yakusho.blocks.history.operations import guarded


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial"), ("history", "0001_guard")]
    operations = [guarded("organisation_holding")]
