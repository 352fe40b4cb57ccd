"""The tamper drill: a database administrator who switches the protection off is found, by what the log or a witness knows."""

import shutil
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import house
from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import keys
from yakusho.blocks.audit._internal.note import Head
from yakusho.blocks.audit.tests.acts import put, settle
from yakusho.blocks.audit.tests.harm import COPY, SWAP, two_steps, unprotected
from yakusho.blocks.audit.verify import SENTENCES, Finding, verify

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def filled():
    """A signed log of 600 entries in two steps."""
    two_steps()


@pytest.fixture
def administrator(owner):
    """Does something with the protection off, and switches it on again to leave no trace of that."""
    return partial(unprotected, owner)


def kinds(**given):
    return {finding.kind for finding in verify(**given).findings}


def test_an_untouched_record_verifies(filled):
    report = verify(witness=log.published_note())
    assert (report.ok, report.size, report.findings) == (True, 600, ())
    assert report.root == log.published_head().root
    assert report.checkpoints >= 2


def test_an_empty_record_verifies():
    assert (verify().ok, verify().size) == (True, 0)


def test_entries_that_wait_are_no_finding(filled):
    put(3)
    assert verify().ok


TAMPERS = {
    "edit": ("update audit_entry set purpose = 'x' where id = 100", {"changed"}),
    "edit time": ("update audit_entry set at = at - interval '1 day' where id = 100", {"changed"}),
    "edit body": ("update audit_entry set body = '{\"changed\": []}' where id = 100", {"changed"}),
    "edit subjects": ("update audit_entry set subjects = '{}' where id = 100", {"changed"}),
    "delete": ("delete from audit_entry where id = 100", {"missing"}),
    "delete with its leaf": (
        "delete from audit_entry where id = 100; delete from audit_leaf where entry = 100",
        {"gap"},
    ),
    "insert": (COPY, {"overlooked"}),
    "insert in place of another": (
        f"{COPY}; update audit_leaf set entry = 100000 where entry = 100",
        {"changed", "overlooked"},
    ),
    "reorder": (
        "update audit_leaf set entry = -entry where entry in (100, 101);"
        "update audit_leaf set entry = 201 + entry where entry < 0",
        {"changed"},
    ),
    "swap two rows": (SWAP, {"changed"}),
    "truncate": (
        "truncate audit_entry, audit_leaf, audit_checkpoint; update audit_logcursor set size = 0",
        {"rolled_back"},
    ),
    "cut the end off": (
        "delete from audit_entry where id > 300; delete from audit_leaf where leaf >= 300;"
        "delete from audit_checkpoint where size > 300; update audit_logcursor set size = 300",
        {"rolled_back"},
    ),
    "forge a checkpoint": ("update audit_checkpoint set root = '\\x00' where size = 600", {"signature"}),
    "swap checkpoints' notes": (
        "update audit_checkpoint set note = (select max(note) from audit_checkpoint c where c.size = 600) where size < 600",
        {"signature"},
    ),
    "break a note": (
        "update audit_checkpoint set note = 'x' where size = 600",
        {"signature", "rolled_back"},
    ),
    "push the cursor on": (
        "update audit_logcursor set xid = (xid::text::bigint + 1000)::text::xid8",
        {"overlooked"},
    ),
    "add a leaf": ("insert into audit_leaf values (600, 9999)", {"unsigned"}),
}


@pytest.mark.parametrize("tamper", TAMPERS)
def test_tampering_in_the_database_is_found(filled, administrator, tamper):
    harm, expected = TAMPERS[tamper]
    witness = log.published_note()
    administrator(harm)
    if tamper == "push the cursor on":
        put(1)
    assert kinds() == expected
    assert kinds(witness=witness) >= expected


def test_the_place_of_the_harm_is_named(filled, administrator):
    administrator("update audit_entry set actor = 0 where id in (100, 300)")
    assert verify().findings == (Finding("changed", "leaf 99, entry 100"), Finding("changed", "leaf 299, entry 300"))


def test_a_restored_backup_of_the_database_is_found_by_the_folder(filled, owner):
    name = owner.info.dbname
    connection.close()
    owner.close()
    backup = house.clone(f"{name}_backup", of=name)
    try:
        put(5)
        settle(605)
        connection.close()
        house.clone(name, of=backup)
        assert kinds() == {"rolled_back"}
        with pytest.raises(log.LogDiverged, match="ends at 600, the published checkpoint at 605"):
            log.integrate()
    finally:
        house.drop(backup)


@pytest.mark.parametrize("more", [0, 10])
def test_folder_and_database_rolled_back_together_are_found_by_a_witness(filled, administrator, tmp_path, more):
    shutil.copytree(log.folder(), tmp_path / "old")
    put(5)
    settle(605)
    witness = log.published_note()
    administrator(
        "delete from audit_entry where id > 600; delete from audit_leaf where leaf >= 600;"
        "delete from audit_checkpoint where size > 600; update audit_logcursor set size = 600"
    )
    shutil.rmtree(log.folder())
    shutil.copytree(tmp_path / "old", log.folder())
    assert kinds() == set()
    if more:  # new entries come in: the log is as long as the witness knows it, but another one
        put(more)
        settle(600 + more)
        assert kinds() == set()
    assert kinds(witness=witness) == ({"root"} if more else {"rolled_back"})


def test_a_log_rewritten_by_whoever_has_the_key_is_found_by_a_witness(filled, administrator):
    witness = log.published_note()
    administrator(
        "update audit_entry set purpose = 'x' where id = 100;"
        "delete from audit_leaf; delete from audit_checkpoint;"
        "update audit_logcursor set size = 0, xid = '0', entry = 0"
    )
    shutil.rmtree(log.folder())
    settle(600)
    assert kinds() == set()
    assert verify(witness=witness).findings == (Finding("root", "witness"),)


def test_a_witness_signed_by_another_key_counts_for_nothing(filled):
    other = keys.Signer(keys.origin(), bytes(32)).sign(Head(keys.origin(), 600, log.published_head().root))
    assert kinds(witness=other) == {"signature"}


TILES = {"level 0": "tile/0/001", "partial": "tile/0/002.p/88", "level 1": "tile/1/000.p/2"}


@pytest.mark.parametrize("tile", TILES)
@pytest.mark.parametrize("harm", ["flip", "remove", "shorten"])
def test_harm_to_a_tile_is_found(filled, tile, harm):
    path = log.folder() / TILES[tile]
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(bytes(data) if harm == "flip" else bytes(data[:-1]))
    if harm == "remove":
        path.unlink()
    flipped_leaf = harm == "flip" and tile != "level 1"
    assert kinds() == (
        {"changed", "root", "tile"}
        if tile == "level 0" and flipped_leaf
        else {"changed", "root"}
        if flipped_leaf
        else {"tile"}
    )


def test_a_lost_publication_is_found(filled):
    (log.folder() / "checkpoint").unlink()
    assert kinds() == {"tile"}


def test_a_foreign_publication_is_found(filled):
    (log.folder() / "checkpoint").write_text("x\n\n— y z\n", "utf-8")
    assert kinds() == {"signature"}


def test_protection_left_off_is_found(filled, owner):
    owner.execute("alter table audit_entry disable trigger append_only")
    owner.execute("grant update on audit_leaf to yakusho_app")
    try:
        assert verify().findings == (
            Finding("unprotected", "audit_entry: trigger"),
            Finding("unprotected", "audit_leaf: yakusho_app: UPDATE"),
        )
    finally:
        owner.execute("revoke update on audit_leaf from yakusho_app")


def test_every_kind_has_a_sentence():
    assert all(str(Finding(kind, "").sentence).endswith("。") for kind in SENTENCES)


def test_the_statements_grow_by_one_for_2048_entries(filled):
    with CaptureQueriesContext(connection) as queries:
        verify()
    assert len(queries) == 8
