"""一人だけ見える接続 What the rendering login may see: the people of one request, for one transaction.

The people are fixed by ``documents_begin_render(request, token)``, a function of the owner that checks the request and its
token. It can be called once a transaction; the renderer cannot write the table it fills, so it cannot choose for itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.operations import RunSQL

RENDERER, APPLICATION = "yakusho_render", "yakusho_app"


def OneSubject(table: str, column: str) -> RunSQL:  # noqa: N802 - a migration operation
    """行の制限 The renderer sees only rows whose ``column`` is a person of the request; the application sees all."""
    return RunSQL(
        f"alter table {table} enable row level security;"
        f" create policy one_subject on {table} for select to {RENDERER}"
        f" using ({column} = any ((select documents_people())::bigint[]));"
        f" create policy everything on {table} to {APPLICATION} using (true) with check (true);"
        f" grant select on {table} to {RENDERER};",
        f"revoke select on {table} from {RENDERER};"  # noqa: S608 - names from migrations
        f" drop policy everything on {table}; drop policy one_subject on {table};"
        f" alter table {table} disable row level security;",
    )


def Reference(table: str) -> RunSQL:  # noqa: N802 - a migration operation
    """参照表 The renderer may read a table that holds no people (towns, offices)."""
    undo = f"revoke select on {table} from {RENDERER};"  # noqa: S608 - names from migrations
    return RunSQL(f"grant select on {table} to {RENDERER};", undo)


@contextmanager
def one_subject(request: UUID, token: int) -> Iterator[None]:
    """The rendering session: this thread's default connection is the renderer's login until the end, then all is undone."""
    own = connections[DEFAULT_DB_ALIAS]
    render = connections["render"]
    connections[DEFAULT_DB_ALIAS] = render
    try:
        with transaction.atomic():
            with render.cursor() as cursor:
                cursor.execute("select documents_begin_render(%s, %s)", [request, token])
            yield
            transaction.set_rollback(True)
    finally:
        connections[DEFAULT_DB_ALIAS] = own
        render.close_if_unusable_or_obsolete()
