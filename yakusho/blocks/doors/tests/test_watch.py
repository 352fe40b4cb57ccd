"""The watch sees what no door let in, and nothing else."""

import pytest
from django.db import connection

from yakusho.blocks.doors import frames
from yakusho.blocks.doors.actors import NOBODY
from yakusho.blocks.doors.watch import OutsideDoor, check, personal_tables, watched

WRITES = [
    'INSERT INTO "people_person" ("id") VALUES (1)',
    "update people_residence set known = null",
    'DELETE FROM "documents_paper" WHERE id = 1',
    "with x as (select 1) insert into messages_message select 1",
]


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_needs_an_action(sql):
    with pytest.raises(OutsideDoor, match="written outside"):
        check(sql)
    with frames.opened("a.query", "query", NOBODY), pytest.raises(OutsideDoor):
        check(sql)
    with frames.opened("an.action", "action", NOBODY), frames.opened("a.query", "query", NOBODY):
        check(sql)


def test_a_look_at_people_needs_a_door(monkeypatch):
    monkeypatch.setattr("yakusho.blocks.doors.watch.personal_tables", lambda: frozenset({"people_naming"}))
    with pytest.raises(OutsideDoor, match="people read"):
        check("select 1 from people_naming")
    with pytest.raises(OutsideDoor):
        check('SELECT 1 FROM "places_town" INNER JOIN "people_naming" ON true')
    with frames.opened("a.query", "query", NOBODY):
        check("select 1 from people_naming")


@pytest.mark.parametrize(
    "sql", ["SELECT 1 FROM django_session", "UPDATE django_session SET x = 1", "insert into audit_entry values (1)"]
)
def test_what_edges_keep_about_themselves_is_free(sql):
    check(sql)


def test_tables_that_name_people_are_found_by_their_columns():
    assert "people_naming" in personal_tables()
    assert "people_residence" in personal_tables()
    assert "django_session" not in personal_tables()


def test_a_watched_connection_stops_the_statement(db):
    with watched(), pytest.raises(OutsideDoor), connection.cursor() as cursor:
        cursor.execute("delete from people_person")
