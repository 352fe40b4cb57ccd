"""The log: late commits, crashes at every step, two at once, and refusing to sign what does not agree."""

import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import keys, leaf, merkle, sequencer, tiles
from yakusho.blocks.audit.models import Checkpoint, Leaf
from yakusho.blocks.audit.tests.acts import put, settle
from yakusho.blocks.audit.verify import verify

INSERT = (
    'insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body)'
    " values ('action', 'late', 1, '', '', '', '', '', '{}', 'node-2', '{}') returning id"
)
pytestmark = pytest.mark.usefixtures("committed")


class Crash(Exception):
    """The process died here."""


def order():
    return list(Leaf.objects.order_by("leaf").values_list("leaf", "entry"))


def crash(*_given, **_named):
    raise Crash


def test_entries_get_places_tiles_and_a_signature():
    numbers = put(3)
    settle(3)
    assert order() == list(enumerate(numbers))
    head = log.published_head()
    assert head.root == merkle.root_of(merkle.leaf_hash(placed.data) for placed in leaf.placed(0, 3))
    assert (head.origin, head.size) == ("yakusho/morioka/audit", 3)
    checkpoint = Checkpoint.objects.get()
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
    note = log.published_note()
    assert log.integrate() == 0
    assert (log.published_note(), Checkpoint.objects.count()) == (note, 1)


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


@pytest.mark.parametrize("step", ["append", "check", "sign", "publish"])
def test_a_crash_at_any_step_is_made_good_by_the_next_run(monkeypatch, step):
    put(300)
    settle(300)
    put(300)
    with monkeypatch.context() as patch:
        patch.setattr(log, step, crash)
        with pytest.raises(Crash):
            settle(600)
    assert log.published_head().size == 300
    settle(600)
    assert order() == [(place, place + 1) for place in range(600)]
    assert verify().ok


def test_a_crash_between_tiles_leaves_files_that_do_not_count(monkeypatch):
    put(300)
    settle(300)
    put(300)
    written = []

    def third_write_fails(path, data, real=tiles.write):
        if len(written) == 2:
            raise Crash
        written.append(path)
        real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(tiles, "write", third_write_fails)
        with pytest.raises(Crash):
            settle(600)
    assert len(written) == 2
    settle(600)
    assert verify().ok


def test_an_unpublished_checkpoint_is_published_without_new_entries(monkeypatch):
    put()
    with monkeypatch.context() as patch:
        patch.setattr(log, "publish", crash)
        with pytest.raises(Crash):
            settle(1)
    assert (log.published_note(), Checkpoint.objects.count()) == ("", 1)
    log.integrate()
    assert log.published_note() == Checkpoint.objects.get().note


def test_integrating_inside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        log.integrate()


def test_a_bit_that_flips_before_signing_is_not_signed(monkeypatch):
    put(300)
    settle(300)
    put(10)

    def append_and_flip(signed, size, real=log.append):
        grown = real(signed, size)
        path = log.folder() / tiles.name(0, 1, grown.width(0, 1))
        data = bytearray(path.read_bytes())
        data[-5] ^= 4
        path.write_bytes(bytes(data))
        return grown

    with monkeypatch.context() as patch:
        patch.setattr(log, "append", append_and_flip)
        with pytest.raises(log.LogDiverged, match="leaf 309 on disk is not entry 310"):
            settle(310)
    assert log.published_head().size == 300
    settle(310)
    assert verify().ok


def test_a_signature_that_says_something_else_is_not_kept(monkeypatch):
    put()
    other = keys.signer().sign(log.Head(keys.origin(), 9, bytes(32)))
    with monkeypatch.context() as patch:
        patch.setattr(log.keys.Signer, "sign", lambda _signer, _head: other)
        with pytest.raises(log.LogDiverged, match="does not say what was signed"):
            settle(1)
    assert Checkpoint.objects.count() == 0


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("delete from audit_entry where id = 4", "entry 4 of leaf 3 is gone"),
        ("update audit_logcursor set size = 9", "the root of their 4 leaves"),
        ("update audit_logcursor set size = 2", "duplicate"),
        ("update audit_logcursor set size = 1, xid = (xid::text::bigint + 1000000)::text::xid8", "before the signed 3"),
        ("update audit_logcursor set xid = '0', entry = 0", "duplicate"),
        ("delete from audit_checkpoint", "ends at 0, the published checkpoint at 3"),
        ("update audit_checkpoint set root = '\\x00'", "does not say what its row says"),
        ("update audit_checkpoint set note = 'x'", "no signature"),
    ],
)
def test_nothing_is_signed_on_a_harmed_database(owner, monkeypatch, harm, why):
    put(3)
    settle(3)
    put(1)
    for table in ("audit_entry", "audit_leaf", "audit_checkpoint"):
        owner.execute(f"alter table {table} disable trigger all")

    def harmed_append(signed, size, real=log.append):
        owner.execute(harm)
        return real(signed, size)

    if "audit_entry" in harm:
        monkeypatch.setattr(log, "append", harmed_append)
    else:
        owner.execute(harm)
    with pytest.raises(Exception, match=why):
        settle(4)
    assert log.published_head().size == 3


@pytest.mark.parametrize("harm", ["flip", "remove", "foreign"])
def test_nothing_is_signed_on_a_harmed_folder(harm):
    put(3)
    settle(3)
    tile = log.folder() / "tile/0/000.p/3"
    if harm == "flip":
        tile.write_bytes(bytes(96))
    elif harm == "remove":
        tile.unlink()
    else:
        (log.folder() / "checkpoint").write_text("nonsense", "utf-8")
    put(1)
    with pytest.raises(log.LogDiverged):
        settle(4)
    assert Checkpoint.objects.count() == 1
    assert log.waiting()[0] == 1


def test_lost_tiles_are_made_anew_from_the_database():
    put(300)
    settle(300)
    for path in sorted(log.folder().rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    with pytest.raises(log.LogDiverged):
        log.integrate()
    assert log.rebuild_tiles() == 300
    assert log.published_head().size == 300
    put(1)
    settle(301)
    assert verify().ok


def test_tiles_are_not_made_anew_from_changed_entries(owner):
    put(3)
    settle(3)
    owner.execute("alter table audit_entry disable trigger all; update audit_entry set actor = 9 where id = 2")
    with pytest.raises(log.LogDiverged, match="signed root"):
        log.rebuild_tiles()


HORIZON = "pg_snapshot_xmin(pg_current_snapshot())"
FAR = "'2000000000'::xid8"  # beyond every transaction of the old cluster


def restore_into_another_cluster(owner, monkeypatch):
    """Two signed entries and one unsigned, of transactions far above those of this cluster."""
    for _ in range(3):
        owner.execute(INSERT.replace("(kind", "(xid, kind").replace("('action'", "('1000000000', 'action'"))
    with monkeypatch.context() as patch:
        patch.setattr(sequencer, "PASS", sequencer.PASS.replace(HORIZON, FAR))
        assert log.integrate(batch=2) == 3
    owner.execute("update audit_logcursor set system = 'the old one'")


def test_another_cluster_needs_a_new_epoch(owner, monkeypatch, as_owner):
    restore_into_another_cluster(owner, monkeypatch)
    owner.execute(INSERT.replace("(kind", "(xid, kind").replace("('action'", "('1000000001', 'action'"))
    put(2)
    with pytest.raises(sequencer.EpochEnded):
        log.integrate()
    assert log.evidence_is_late(timedelta(days=365))
    assert [finding.kind for finding in verify().findings] == ["epoch"]
    with pytest.raises(ProgrammingError, match="permission denied"):
        log.begin_epoch()
    with as_owner():
        assert log.begin_epoch() == 2
    put(1)
    settle(7)
    assert order() == [(place, place + 1) for place in range(7)]
    assert verify().ok


def test_entries_of_the_old_cluster_are_not_placed_twice_when_numbers_reach_theirs(owner, monkeypatch, as_owner):
    restore_into_another_cluster(owner, monkeypatch)
    with as_owner():
        log.begin_epoch()
    put(1)
    monkeypatch.setattr(sequencer, "PASS", sequencer.PASS.replace(HORIZON, FAR))
    assert log.integrate() == 1
    assert order() == [(place, place + 1) for place in range(4)]


def test_a_new_epoch_waits_for_nobody_who_holds_the_log(another, as_owner):
    busy = another()
    busy.execute("select from audit_logcursor for update")
    with as_owner(), pytest.raises(log.LogDiverged, match="somebody else"):
        log.begin_epoch()
