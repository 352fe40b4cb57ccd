"""Writing: one statement, in the transaction of the act, without personal data; and nobody changes a row afterwards."""

import uuid
from contextlib import suppress

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from yakusho.blocks.audit import record
from yakusho.blocks.audit._internal import keys
from yakusho.blocks.audit.models import Entry
from yakusho.blocks.audit.tests.acts import put

TABLES = ["audit_entry", "audit_leaf", "audit_checkpoint"]
pytestmark = pytest.mark.usefixtures("committed")


def test_an_entry_says_who_why_about_whom_and_what():
    number = record.write(
        kind="query",
        door="resident_records.household",
        actor=7,
        actor_name="渡邉󠄀 花子",
        role="resident_clerk",
        office="residents",
        purpose="転入届の受付",
        case="2026-15",
        subjects=[12, 3, 12],
        body={"input": "00ff", "changed": ["address"], "count": 2, "urgent": False, "note": None},
    )
    entry = Entry.objects.get(id=number)
    assert (entry.kind, entry.door, entry.actor, entry.actor_name) == (
        "query",
        "resident_records.household",
        7,
        "渡邉󠄀 花子",
    )
    assert (entry.role, entry.office, entry.purpose, entry.case) == (
        "resident_clerk",
        "residents",
        "転入届の受付",
        "2026-15",
    )
    assert {bytes(subject) for subject in entry.subjects} == {record.subject_key(12), record.subject_key(3)}
    assert len(entry.subjects) == 2
    assert entry.body == {"input": "00ff", "changed": ["address"], "count": 2, "urgent": False, "note": None}
    assert entry.node == "node-1"


def test_an_entry_is_one_statement_however_many_people():
    with CaptureQueriesContext(connection) as one:
        put()
    with CaptureQueriesContext(connection) as many:
        put(subjects=range(2_500))
    assert (len(one), len(many)) == (1, 1)
    assert Entry.objects.count() == 1 + 3
    people = {bytes(subject) for entry in Entry.objects.all() for subject in entry.subjects}
    assert people == {record.subject_key(person) for person in range(2_500)}


def test_the_row_carries_its_transaction_and_its_own_time():
    with transaction.atomic():
        first, second = put(2)
    (third,) = put()
    rows = {row.id: row for row in Entry.objects.all()}
    assert str(rows[first].xid) == str(rows[second].xid) != str(rows[third].xid)
    assert rows[first].at < rows[second].at < rows[third].at


def test_no_evidence_no_act():
    with suppress(RuntimeError), transaction.atomic():
        put()
        raise RuntimeError
    assert Entry.objects.count() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        put(kind="gossip")
    assert Entry.objects.count() == 0


def test_a_missing_key_stops_the_act(settings):
    (settings.SECRETS / "subject_key").unlink()
    keys._read.cache_clear()
    with pytest.raises(keys.NoKey, match="subject_key"):
        put(subjects=[1])
    assert Entry.objects.count() == 0


def test_a_damaged_key_is_not_used(settings):
    (settings.SECRETS / "subject_key").write_text("12", "ascii")
    keys._read.cache_clear()
    with pytest.raises(keys.NoKey, match="1 bytes"):
        record.subject_key(1)


def test_the_log_key_is_made_at_first_use_for_its_owner_alone(settings):
    path = settings.SECRETS / "log_key"
    path.unlink()
    keys._read.cache_clear()
    first = keys.signer()
    keys._read.cache_clear()
    assert keys.signer() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert {file.name for file in settings.SECRETS.iterdir()} == {"subject_key", "log_key"}


def test_a_person_is_16_bytes_that_depend_on_the_key(settings):
    mine = record.subject_key(15)
    assert (len(mine), mine == record.subject_key(15), mine == record.subject_key(16)) == (16, True, False)
    (settings.SECRETS / "subject_key").write_text("77" * 32, "ascii")
    keys._read.cache_clear()
    assert record.subject_key(15) != mine


def test_fingerprints_are_keyed_and_not_those_of_people():
    assert record.fingerprint(b"x") == record.fingerprint(b"x") != record.fingerprint(b"y")
    assert record.fingerprint(b"person:1") != record.subject_key(1).hex()


@pytest.mark.parametrize(
    "body",
    [
        {"number": "123456789018"},
        {"number": 123456789018},
        {"number": "1234-5678-9018"},
        {"number": "1234 5678 9018"},
        {"number": "１２３４５６７８９０１８"},
        {"deep": [{"text": "個人番号は123456789018です"}]},
        {"123456789018": True},
    ],
)
def test_individual_numbers_stay_out(body):
    with pytest.raises(record.NotForTheRecord, match="individual number"):
        put(body=body)
    assert Entry.objects.count() == 0


def test_individual_numbers_stay_out_of_the_purpose():
    with pytest.raises(record.NotForTheRecord):
        put(purpose="123456789018 の照会")


@pytest.mark.parametrize(
    "value",
    [
        "9" * 64,
        "a1234567890b",
        str(uuid.UUID("00000000-0000-4000-8000-123456789018")),
        "12345678901",
        1234567890123,
        "2026-11-23T10:20:30.123456Z",
    ],
)
def test_fingerprints_ids_and_times_are_not_taken_for_numbers(value):
    put(body={"value": value})
    assert Entry.objects.get().body == {"value": value}


@pytest.mark.parametrize(
    "body",
    [
        {"yen": 1.5},
        {"day": object()},
        {"id": 2**53},
        {"氏名": "x"},
        {1: 2},
        {"text": "\0"},
        {"text": "\ud800"},
        {"x": b"1"},
    ],
)
def test_what_has_no_exact_form_is_refused(body):
    with pytest.raises(record.NotForTheRecord):
        put(body=body)


def test_the_body_is_small():
    with pytest.raises(record.NotForTheRecord, match="8000"):
        put(body={"text": "あ" * 2_700})


def test_free_text_is_cut_and_must_be_text():
    put(purpose="長" * 900)
    assert Entry.objects.get().purpose == "長" * 500
    with pytest.raises(record.NotForTheRecord):
        put(purpose="\0")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["update {} set {} = null", "delete from {}", "truncate {}"])
def test_rows_are_only_ever_added_even_by_the_owner(owner, another, table, act):
    column = "note" if table == "audit_checkpoint" else "entry" if table == "audit_leaf" else "door"
    statement = act.format(table, column)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"):
        another().execute(statement)


@pytest.mark.parametrize("column", ["id", "xid", "at"])
def test_the_application_cannot_say_when_a_row_was_written(another, column):
    value = {"id": "1", "xid": "'1'", "at": "now() - interval '1 day'"}[column]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        another().execute(f"insert into audit_entry ({column}) overriding system value values ({value})")
