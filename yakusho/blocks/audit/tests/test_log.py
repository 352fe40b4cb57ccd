"""The log: entries get places in the order of finished transactions, and what waits is known."""

import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import leaf, merkle
from yakusho.blocks.audit.models import Checkpoint
from yakusho.blocks.audit.tests.acts import INSERT, order, put, settle
from yakusho.blocks.audit.verify import verify

pytestmark = pytest.mark.usefixtures("committed")


class Crash(Exception):
    """The act failed."""


def test_entries_get_places_tiles_and_a_signature():
    numbers = put(3)
    settle(3)
    assert order() == list(enumerate(numbers))
    head = log.published_head()
    assert head.root == merkle.root_of(merkle.leaf_hash(placed.data) for placed in leaf.placed(0, 3))
    assert (head.origin, head.size) == ("yakusho/morioka/audit", 3)
    checkpoint = Checkpoint.objects.latest("size")
    assert (checkpoint.note, bytes(checkpoint.root)) == (log.published_note(), head.root)


def test_the_bytes_of_an_entry_are_exact():
    put(actor_name='髙橋 "一"\n', subjects=[5], body={"b": [1, None, True], "a": "é"})
    settle(1)
    (placed,) = leaf.placed(0, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "select to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), xid::text from audit_entry"
        )
        at, xid = cursor.fetchone()
    assert placed.data.decode() == (
        '{"actor":1,"actor_name":"髙橋 \\"一\\"\\n","at":"' + at + '","body":{"a":"é","b":[1,null,true]},"case":"",'
        '"door":"room.act","id":1,"kind":"action","node":"node-1","office":"","purpose":"","role":"",'
        '"subjects":["fb4c2e2f3bf22ada2c35ee280c225fd5"],"v":1,"xid":"' + xid + '"}'
    )


def test_repeating_does_nothing():
    put(3)
    settle(3)
    before = log.published_note(), Checkpoint.objects.count()
    assert log.integrate() == 0
    assert (log.published_note(), Checkpoint.objects.count()) == before


def test_an_empty_log_has_nothing_to_sign():
    assert log.integrate() == 0
    assert (log.published_note(), log.published_head().size, log.waiting()) == ("", 0, (0, timedelta(0)))


def test_batches_are_worked_off_in_one_call():
    put(25)
    settle(25)
    owned = [size for (size,) in Checkpoint.objects.values_list("size")]
    assert max(owned) == 25
    put(25)
    while log.published_head().size < 50:
        log.integrate(batch=10)
    assert order() == [(place, place + 1) for place in range(50)]
    assert verify().ok


def test_a_late_commit_is_not_skipped(another):
    """It took its number first and commits last: the reader of "greater than the last" would miss it."""
    slow = another()
    late = slow.execute(INSERT).fetchone()[0]
    (early,) = put()
    assert late < early
    log.integrate()
    assert order() == []
    slow.commit()
    settle(2)
    assert [entry for _, entry in order()] == [late, early]


def test_savepoints_and_rollbacks_leave_no_gap(another):
    with transaction.atomic():
        first = put()
        with suppress(Crash), transaction.atomic():
            put()
            raise Crash
        second = put()
    undone = another()
    undone.execute(INSERT)
    undone.rollback()
    third = put()
    settle(3)
    assert order() == list(enumerate(first + second + third))
    assert verify().ok


def test_what_waits_is_counted_and_gets_late(another):
    slow = another()
    slow.execute(INSERT)
    put(2)
    log.integrate()
    time.sleep(0.01)
    count, age = log.waiting()
    assert (count, age > timedelta(milliseconds=10)) == (2, True)
    assert log.evidence_is_late(timedelta(milliseconds=5))
    assert not log.evidence_is_late(timedelta(hours=4))
    slow.rollback()
    settle(2)
    assert log.waiting()[0] == 0
    assert not log.evidence_is_late(timedelta(0))


def test_a_second_integrator_steps_aside(another):
    put()
    busy = another()
    busy.execute("select from audit_logcursor for update")
    assert log.integrate() == 0
    busy.rollback()
    assert settle(1) == 1


def test_integrating_inside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        log.integrate()
