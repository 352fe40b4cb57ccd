"""検索キーの移行 Towns whose keys an earlier fold made are found by the folds of today; the others are not touched."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from yakusho.registers.places.models import Town


def test_keys_of_before_are_made_anew(register):
    Town.objects.filter(name="内丸").update(name_key="内\u3099丸", kana_key="ウチマル\u3099")
    before = dict(Town.objects.values_list("id", "name_key"))
    migration = import_module("yakusho.registers.places.migrations.0002_folded_once")
    with connection.schema_editor() as editor:
        migration.fold(apps, editor)
    assert Town.objects.filter(name="内丸").values_list("name_key", "kana_key").get() == ("内丸", "ウチマル")
    changed = [pk for pk, key in Town.objects.values_list("pk", "name_key") if key != before.pop(pk)]
    assert changed == [Town.objects.get(name="内丸").pk]
    assert before == {}
