"""見張り Proof while the house runs: tables are written only inside actions, and people are read only inside doors.

Switched on in tests and rehearsals (``YAKUSHO_WATCH=1``); what it finds is a mistake in the code, so it stops the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from yakusho.blocks.doors.frames import current, in_action

WRITE = re.compile(r'\b(?:insert\s+into|update|delete\s+from)\s+"?(\w+)"?', re.IGNORECASE)
NAME = re.compile(r'\b(?:from|join)\s+"?(\w+)"?', re.IGNORECASE)
EDGE = re.compile(r"django_|procrastinate_|audit_|doors_key|identity_")  # what edges and blocks keep about themselves
PERSON = {"person", "person_id", "subject", "subject_id"}


class OutsideDoor(AssertionError):
    """A statement that no door let in."""


@cache
def personal_tables() -> frozenset[str]:
    """Tables with a column that names a person."""
    models = [model for model in apps.get_models() if model.__module__.startswith("yakusho.")]
    return frozenset(
        model._meta.db_table
        for model in models
        if any(field.attname in PERSON for field in model._meta.concrete_fields)
        and not EDGE.match(model._meta.db_table)
    )


def check(sql: str) -> None:
    """Refuse a write outside every action and a look at people outside every door."""
    written = [table for table in WRITE.findall(sql) if not EDGE.match(table) and table.lower() != "set"]
    if written and not in_action():
        raise OutsideDoor(f"written outside an action: {', '.join(written)}")
    read = personal_tables().intersection(NAME.findall(sql))
    if read and current() is None:
        raise OutsideDoor(f"people read outside a query: {', '.join(sorted(read))}")


def _watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    check(sql)
    return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[None]:
    """Watch every statement of this connection."""
    with connection.execute_wrapper(_watched):
        yield
