"""止めない索引 An index that is built while everybody goes on writing, for the migrations of every block, register and room."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently


class AddIndexLive(AddIndexConcurrently):
    """索引の追加 In a migration with ``atomic = False``. What an interrupted run left behind (an index that is not valid) goes
    first: the migration can simply run again.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take away what is left of an earlier run, then build."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"drop index concurrently if exists {schema_editor.quote_name(self.index.name)}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
