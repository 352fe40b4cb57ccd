"""記録 One row for every act and every look at personal data, in the same transaction; no row, no act."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection


def subject_key(person: int) -> bytes:
    """Keyed hash of a person's number (HMAC-SHA256, 16 bytes): the key lives outside the database."""
    return hmac.digest(settings.SECRETS.joinpath("subject_key").read_bytes().strip(), b"person:%d" % person, hashlib.sha256)[:16]


def write(
    *,
    kind: str,
    door: str,
    actor: int,
    actor_name: str,
    role: str,
    office: str,
    purpose: str,
    case: str,
    subjects: Iterable[int],
    body: dict[str, Any],
) -> int:
    """Insert one row with plain SQL (importable before the tables are known); returns its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, \"case\", subjects, node, body)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id",
            [
                kind, door, actor, actor_name, role, office, purpose, case,
                [subject_key(person) for person in subjects], settings.NODE, json.dumps(body, default=str),
            ],
        )
        return int(cursor.fetchone()[0])
