"""Migration operations for fact tables."""

from django.db.migrations.operations import RunSQL


def guarded(table: str) -> RunSQL:
    """Facts of this table are only added and closed, never changed, back-dated or deleted (trigger, also for the owner)."""
    return RunSQL(
        f"create trigger {table}_guard before insert or update or delete on {table}"
        f" for each row execute function history_guard();"
        f" create statistics {table}_known_now on (upper(known)) from {table};",
        f"drop trigger {table}_guard on {table}; drop statistics {table}_known_now;",
    )
