"""Actors of the toy room, and a reader of the record."""

import json

import pytest
from django.db import connection

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.doors.tests import toy


@pytest.fixture
def ringer() -> Actor:
    return Actor(1, "鐘 太郎", frozenset({Grant("ringer", "tower")}), purpose="時報", case="C-1")


@pytest.fixture
def resident() -> Actor:
    return Actor(2, "市民", person=5)


@pytest.fixture(autouse=True)
def no_effects() -> None:
    toy.effects.clear()


@pytest.fixture
def rows(db):
    """Reads the audit rows written so far in this test."""

    def read() -> list[dict[str, object]]:
        with connection.cursor() as cursor:
            cursor.execute(
                'select kind, door, actor, role, office, purpose, "case", subjects, body from audit_entry'
                " where door like 'toy.%' order by id"
            )
            names = [column.name for column in cursor.description]
            found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        for row in found:
            row["subjects"] = [bytes(one) for one in row["subjects"]]
            row["body"] = json.loads(row["body"]) if isinstance(row["body"], str) else row["body"]
        return found

    return read
