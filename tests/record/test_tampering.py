"""The tamper drill: whoever has the database, or even everything, is found out by somebody who has a checkpoint of before.

Between the harm and the look lies one checkpoint, as every ten seconds in service.
"""

import shutil
from functools import partial

import pytest
from django.db import connection

from tests import house
from tests.record.outsider import remember
from tests.sizes import PROVE, sized
from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import keys, tiles
from yakusho.blocks.audit.tests.acts import put, settle
from yakusho.blocks.audit.tests.harm import COPY, SWAP, two_steps, unprotected
from yakusho.blocks.audit.verify import verify

pytestmark = pytest.mark.usefixtures("alone")
HARM = {
    "edit": "update audit_entry set purpose = 'x' where id = 100",
    "delete": "delete from audit_entry where id = 100",
    "insert": f"{COPY}; update audit_leaf set entry = 100000 where entry = 100",
    "reorder": (
        "update audit_leaf set entry = -entry where entry in (100, 101);"
        "update audit_leaf set entry = 201 + entry where entry < 0"
    ),
    "truncate": (
        "delete from audit_entry where id > 300; delete from audit_leaf where leaf >= 300;"
        "delete from audit_checkpoint where size > 300; update audit_logcursor set size = 300"
    ),
    "swap two rows": SWAP,
}
AGAIN = (
    "delete from audit_leaf; delete from audit_checkpoint; update audit_logcursor set size = 0, xid = '0', entry = 0"
)
# places that were reordered alone are the old ones again in a log made anew: there is nothing to find
DEEP = sized(["delete", "truncate"], sorted(set(HARM) - {"reorder"}))
FOUND = []


@pytest.fixture
def filled():
    """A signed log of 600 entries in two steps."""
    two_steps()


@pytest.fixture
def administrator(owner):
    """Switches the protection off, does harm, and switches it on again."""
    return partial(unprotected, owner)


def one_checkpoint_later():
    """An act happens, and the log goes on, if it does."""
    put(1)
    try:
        log.integrate()
    except log.LogDiverged:
        return


def found(seen):
    FOUND.append(seen)
    return seen


def test_an_honest_record_is_believed(filled, tmp_path):
    outsider = remember(tmp_path / "outsider")
    put(1)
    settle(601)
    assert outsider.looks() == ""


@pytest.mark.parametrize("harm", HARM)
def test_each_tamper_is_found_from_outside(filled, administrator, tmp_path, harm):
    outsider = remember(tmp_path / "outsider")
    administrator(HARM[harm])
    one_checkpoint_later()
    assert found(outsider.looks())
    assert not verify().ok


@pytest.mark.parametrize("harm", DEEP)
def test_who_has_everything_and_makes_the_log_anew_is_found_too(filled, administrator, tmp_path, harm):
    """Database, folder and signing key: the new log is sound in itself, and not the one that was known outside."""
    outsider = remember(tmp_path / "outsider")
    administrator(f"{HARM[harm]}; {AGAIN}")
    shutil.rmtree(log.folder())
    one_checkpoint_later()
    assert log.published_head().size > 0
    assert found(outsider.looks())


@pytest.mark.skipif(not PROVE, reason="copies a database; the log's own tests find an old backup, too")
@pytest.mark.parametrize("with_folder", [False, True])
def test_a_backup_put_back_is_found(filled, owner, tmp_path, with_folder):
    name = owner.info.dbname
    connection.close()
    owner.close()
    backup = house.clone(f"{name}_backup", of=name)
    shutil.copytree(log.folder(), tmp_path / "folder")
    try:
        put(5)
        settle(605)
        outsider = remember(tmp_path / "outsider")
        connection.close()
        house.clone(name, of=backup)
        if with_folder:
            shutil.rmtree(log.folder())
            shutil.copytree(tmp_path / "folder", log.folder())
        one_checkpoint_later()
        assert found(outsider.looks())
    finally:
        house.drop(backup)


def test_rows_rolled_back_are_found(filled, administrator, tmp_path):
    put(5)
    settle(605)
    outsider = remember(tmp_path / "outsider")
    administrator(
        "delete from audit_entry where id > 600; delete from audit_leaf where leaf >= 600;"
        "delete from audit_checkpoint where size > 600;"
        "update audit_logcursor set size = 600, (xid, entry) = (select xid, id from audit_entry where id = 600)"
    )
    one_checkpoint_later()
    assert found(outsider.looks())


def test_a_bit_that_flips_before_signing_is_never_signed(filled, tmp_path, monkeypatch):
    outsider = remember(tmp_path / "outsider")
    put(1)

    def flipping(path, data, real=tiles.write):
        real(path, bytes([data[0] ^ 1]) + data[1:] if "tile/0" in str(path) else data)

    with monkeypatch.context() as patch:
        patch.setattr(tiles, "write", flipping)
        with pytest.raises(log.LogDiverged):
            log.integrate()
    assert log.published_head().size == 600
    assert "stands still" in found(outsider.looks())


def test_a_signature_of_somebody_else_is_none(filled, tmp_path):
    outsider = remember(tmp_path / "outsider")
    head = log.published_head()
    forged = keys.Signer(keys.origin(), bytes(32)).sign(head)
    (log.folder() / "checkpoint").write_text(forged, "utf-8")
    assert found(outsider.looks())


def test_how_many_were_found(record_property):
    record_property("tampers found from outside", sum(1 for one in FOUND if one))
    record_property("tampers tried", len(FOUND))
    assert all(FOUND)
