"""Crashes at every step are made good; what does not agree is not signed."""

import pytest

from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import keys, tiles
from yakusho.blocks.audit.models import Checkpoint
from yakusho.blocks.audit.tests.acts import fill, order, put, settle
from yakusho.blocks.audit.verify import verify

pytestmark = pytest.mark.usefixtures("alone")


class Crash(Exception):
    """The process died here."""


def crash(*_given, **_named):
    raise Crash


@pytest.mark.parametrize("step", ["append", "check", "sign", "publish"])
def test_a_crash_at_any_step_is_made_good_by_the_next_run(monkeypatch, step):
    fill(300)
    settle(300)
    fill(300)
    with monkeypatch.context() as patch:
        patch.setattr(log, step, crash)
        with pytest.raises(Crash):
            settle(600)
    assert log.published_head().size == 300
    settle(600)
    assert order() == [(place, place + 1) for place in range(600)]
    assert verify().ok


def test_a_crash_between_tiles_leaves_files_that_do_not_count(monkeypatch):
    fill(300)
    settle(300)
    fill(300)
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


def test_a_bit_that_flips_before_signing_is_not_signed(monkeypatch):
    fill(300)
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
    signed = Checkpoint.objects.count()
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
    assert Checkpoint.objects.count() == signed
    assert log.waiting()[0] == 1


def test_lost_tiles_are_made_anew_from_the_database():
    fill(300)
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
