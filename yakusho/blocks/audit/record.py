"""監査記録 Writing the record: one INSERT in the transaction of the act itself.

No evidence, no act: errors are not caught.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from yakusho.blocks.audit._internal import keys, leaf

MOST_SUBJECTS = 1_000  # of one row; an entry of the log has at most 65 535 bytes
MOST_TEXT = 500
MOST_BODY = 8_000
EXACT = 2**53  # integers beyond are not the same in every reader of JSON
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9A-Za-z])")

INSERT = 'insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body) values '
ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)"


class NotForTheRecord(ValueError):
    """監査記録に書けない内容です。 / This cannot stand in the record.

    Personal data, or a value that has no exact form in JSON.
    """


def subject_key(person_id: int) -> bytes:
    """対象者 The 16 bytes that stand for a person (宛名番号) in the record; not to be reversed without the key."""
    return hmac.digest(keys.subject_key(), b"person:%d" % person_id, "sha256")[:16]


def fingerprint(data: bytes) -> str:
    """指紋 What stands for a value in the record: equal for equal values, not to be guessed without the key."""
    return hmac.digest(keys.subject_key(), b"value:" + data, "sha256").hex()[:32]


def write(
    *,
    kind: str,
    door: str,
    actor: int,
    actor_name: str,
    role: str = "",
    office: str = "",
    purpose: str = "",
    case: str = "",
    subjects: Iterable[int] = (),
    body: Mapping[str, Any] | None = None,
) -> int:
    """記録 Add one entry about these people (宛名番号) and return its number.

    More than 1,000 people make several rows of one statement; the first number comes back. ``body`` holds fingerprints,
    ids, counts and names of changed fields, never the values. Raises NotForTheRecord, NoKey and database errors: the
    caller's transaction then fails with it.
    """
    texts = [_text(value) for value in (door, actor_name, role, office, purpose, case)]
    door, actor_name, role, office, purpose, case = texts
    check_body({"purpose": purpose, "body": dict(body or {})})
    coded = leaf.canonical(dict(body or {})).decode()
    if len(coded.encode()) > MOST_BODY:
        raise NotForTheRecord(f"the body has more than {MOST_BODY} bytes")
    fixed = [kind, door, actor, actor_name, role, office, purpose, case]
    rows = [[*fixed, part, settings.NODE, coded] for part in _parts(subjects)]
    with connection.cursor() as cursor:
        cursor.execute(f"{INSERT}{', '.join([ROW] * len(rows))} returning id", [value for row in rows for value in row])
        return int(cursor.fetchone()[0])


def check_body(value: object) -> None:
    """Refuse what has no exact form as JSON, and what looks like an individual number (12 digits) in any writing."""
    for text in _texts(value):
        plain = UUID.sub("", unicodedata.normalize("NFKC", text))
        if NUMBER.search(plain):
            raise NotForTheRecord("twelve digits that look like an individual number")


def _texts(value: object) -> Iterator[str]:
    """Every key, text and integer inside a value, as text."""
    if isinstance(value, str):
        yield value
        if "\0" in value or not _encodable(value):
            raise NotForTheRecord("text that is not Unicode or holds NUL")
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int) and abs(value) < EXACT:
        yield str(abs(value))
    elif isinstance(value, Mapping):
        yield from _members(value)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    else:
        raise NotForTheRecord(f"{type(value).__name__} has no exact form in the record")


def _members(value: Mapping[Any, Any]) -> Iterator[str]:
    for name, item in value.items():
        if not isinstance(name, str) or not name.isascii():
            raise NotForTheRecord("names of values are ASCII text")
        yield from _texts(name)
        yield from _texts(item)


def _text(value: str) -> str:
    """Free text in its row: whole characters, and not longer than a sentence or two."""
    if not isinstance(value, str) or "\0" in value or not _encodable(value):
        raise NotForTheRecord("text that is not Unicode or holds NUL")
    return value[:MOST_TEXT]


def _encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parts(subjects: Iterable[int]) -> list[list[bytes]]:
    """Keyed hashes in a fixed order, cut into rows; an act about nobody has one row too."""
    hashed = sorted({subject_key(person) for person in subjects})
    return [hashed[at : at + MOST_SUBJECTS] for at in range(0, len(hashed) or 1, MOST_SUBJECTS)]
