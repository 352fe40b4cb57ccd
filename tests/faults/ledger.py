"""What a test of faults sees of the database: which rows were written since a moment, and what must never be found."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import psycopg

TABLES = """
select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
and relname not like 'django\\_%' and relname not like 'procrastinate\\_%' and relname not like 'auth\\_%'
and relname <> 'spatial_ref_sys' order by 1
"""
State = dict[str, tuple[int, int]]  # table → (rows more than before, rows written since)


@dataclass(frozen=True)
class Mark:
    """A moment: the newest transaction, and how many rows each table had."""

    xid: int
    rows: dict[str, int]


class Ledger:
    """Reads as the owner of the tables, outside the house's own code."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.tables = [row[0] for row in connection.execute(TABLES)]

    def _counts(self, xid: int) -> dict[str, tuple[int, int]]:
        one = "select '{0}', count(*), count(*) filter (where xmin::text::bigint > {1}) from {0}"
        found = self.connection.execute(" union all ".join(one.format(table, xid) for table in self.tables))
        return {name: (rows, written) for name, rows, written in found}

    def mark(self) -> Mark:
        """This moment."""
        row = self.connection.execute("select pg_current_xact_id()::text::bigint % (2 ^ 32)::bigint").fetchone()
        xid = int(row[0])
        return Mark(xid, {name: rows for name, (rows, _) in self._counts(xid).items()})

    def since(self, mark: Mark) -> State:
        """Tables that have changed since; empty when nothing was committed."""
        now = {name: (rows - mark.rows[name], written) for name, (rows, written) in self._counts(mark.xid).items()}
        return {name: change for name, change in now.items() if change != (0, 0)}

    def settled(self, name: str) -> None:
        """Wait until the database has noticed that the sessions of a dead process are gone."""
        for _ in range(12_000):
            query = "select count(*) from pg_stat_activity where application_name = %s"
            if self.connection.execute(query, [name]).fetchone() == (0,):
                return
            time.sleep(0.005)
        raise TimeoutError(f"sessions of {name} are still there")

    def value(self, sql: str, *values: Any) -> Any:
        """The one value of a query."""
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def lies(self, truths: dict[str, str]) -> list[str]:
        """Sentences that do not hold: their SQL finds something."""
        return [sentence for sentence, sql in truths.items() if self.connection.execute(sql).fetchone() is not None]
