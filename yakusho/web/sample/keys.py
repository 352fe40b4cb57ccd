"""Tables that are filled without their keys: secondary indexes, exclusions and references are made anew from the rows.

A key that is built over all rows at once costs a fraction of one that is kept row by row, and it is checked as strictly.
Primary keys and checks stay in place. Everything happens in the caller's transaction: no other session ever sees a table
without its keys, and a failure leaves them as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

MEMORY = """
select set_config('maintenance_work_mem', '512MB', true), set_config('work_mem', '192MB', true),
  set_config('enable_mergejoin', 'off', true)
"""
# An exclusion's index is built by insertion, every key of a page looked at for every new one: half-filled pages are made and
# checked a fifth faster. The constraint is left as it was declared; pages fill up as the city lives on.
CONSTRAINTS = """
select conrelid::regclass::text, contype = 'f',
  format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
  case when contype <> 'x' then format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    else format('alter table %%s add constraint %%I %%s; alter index %%I reset (fillfactor)', conrelid::regclass, conname,
      replace(pg_get_constraintdef(oid), ') WHERE (', ') with (fillfactor=50) WHERE ('), conname) end
from pg_constraint where conrelid = any(%s::regclass[]) and contype in ('x', 'u', 'f') order by contype <> 'x', conname
"""
INDEXES = """
select indrelid::regclass::text, false, format('drop index %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
from pg_index where indrelid = any(%s::regclass[])
  and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'x', 'u'))
order by indexrelid::regclass::text
"""


@dataclass(frozen=True)
class Key:
    """One index or constraint, and the statements that take it away and make it again."""

    table: str
    is_reference: bool
    drop: str
    make: str


class Keys:
    """The keys of some tables, taken away; each is made again once, by its table's turn or at the end."""

    def __init__(self, tables: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            found = []
            for query in (CONSTRAINTS, INDEXES):
                cursor.execute(query, [list(tables)])
                found += [Key(*row) for row in cursor.fetchall()]
        self.waiting = sorted(found, key=lambda key: key.is_reference)
        _run([key.drop for key in reversed(self.waiting)])

    def make(self, table: str) -> None:
        """The table is full: its own indexes and constraints. References wait until every table is."""
        self._make([key for key in self.waiting if key.table == table and not key.is_reference])

    def make_all(self) -> None:
        """What is left, references last."""
        self._make(list(self.waiting))

    def _make(self, keys: Sequence[Key]) -> None:
        _run([key.make for key in keys])
        self.waiting = [key for key in self.waiting if key not in keys]


@contextmanager
def without_keys(tables: Sequence[str]) -> Iterator[Keys]:
    """Inside, the tables (empty, owned by the caller, in a transaction) have primary keys and checks only."""
    _run([MEMORY])
    keys = Keys(tables)
    yield keys
    keys.make_all()


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
