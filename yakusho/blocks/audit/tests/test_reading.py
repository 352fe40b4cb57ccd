"""Reading the record: a resident's own list and an auditor's pages, each in one statement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yakusho.blocks.audit import record
from yakusho.blocks.audit.models import Entry
from yakusho.blocks.audit.reading import Filter, entries_about, entries_for
from yakusho.blocks.audit.tests.acts import put

pytestmark = pytest.mark.usefixtures("committed")


def test_a_person_finds_who_looked_newest_first():
    first, second = put(kind="query", subjects=[5, 6], purpose="転出届"), put(kind="action", subjects=[5])
    put(subjects=[6])
    put()
    rows = entries_about(5)
    assert [row.id for row in rows] == second + first
    assert (rows[1].kind, rows[1].purpose, rows[1].actor_name, rows[1].door) == ("query", "転出届", "佐藤", "room.act")
    assert rows[1].subjects == tuple(sorted([record.subject_key(5), record.subject_key(6)]))
    assert rows[0].body == {}
    assert entries_about(7) == ()


def test_the_period_is_half_open():
    numbers = [number for _ in range(3) for number in put(subjects=[5])]
    times = dict(Entry.objects.values_list("id", "at"))
    rows = entries_about(5, since=times[numbers[1]], until=times[numbers[2]])
    assert [row.id for row in rows] == [numbers[1]]
    assert [row.id for row in entries_about(5, limit=2)] == numbers[:0:-1]


def test_an_auditor_narrows_by_anything():
    wanted = put(kind="denied", door="a.b", actor=9, office="tax", case="2026-1", subjects=[3])
    put(kind="action", door="c.d", actor=8, office="residents", case="2026-2", subjects=[4])
    at = Entry.objects.get(id=wanted[0]).at
    for asked in (
        Filter(kind="denied"),
        Filter(door="a.b"),
        Filter(actor=9),
        Filter(office="tax"),
        Filter(case="2026-1"),
        Filter(person=3),
        Filter(until=at + timedelta(microseconds=1)),
        Filter(kind="denied", door="a.b", actor=9, office="tax", case="2026-1", person=3, since=at),
    ):
        assert [row.id for row in entries_for(asked).rows] == wanted, asked
    assert len(entries_for(Filter()).rows) == 2
    assert entries_for(Filter(door="' or true --")).rows == ()


def test_pages_neither_skip_nor_repeat_while_entries_come_in():
    numbers = put(25)
    seen, after = [], None
    while True:
        page = entries_for(Filter(), after=after, limit=10)
        seen += [row.id for row in page.rows]
        put()
        if (after := page.after) is None:
            break
    assert seen == numbers[::-1]


@pytest.mark.parametrize("count", [1, 60])
def test_one_statement_however_many_entries(count):
    put(count, subjects=[5])
    with CaptureQueriesContext(connection) as queries:
        assert len(entries_about(5)) == count
        assert len(entries_for(Filter(actor=1)).rows) == count
    assert len(queries) == 2


def test_a_page_has_a_largest_size():
    put(subjects=range(1_500_000, 1_500_003))
    assert len(entries_for(Filter(), limit=10**9).rows) == 1


def test_a_persons_entries_are_found_by_index():
    """Planned with many rows in mind: a small table would be scanned whatever the index."""
    with connection.cursor() as cursor:
        cursor.execute("set enable_seqscan = off")
        cursor.execute("explain select id from audit_entry e where e.subjects @> array[%s]", [record.subject_key(5)])
        plan = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("reset enable_seqscan")
    assert "audit_entry_subjects" in plan
