"""The export, and the verifier for outsiders: another program, run without this one in reach."""

import base64
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import keys, merkle
from yakusho.blocks.audit._internal.note import Head, Signer
from yakusho.blocks.audit.export import NothingSigned, export
from yakusho.blocks.audit.tests.acts import fill, put, settle

TOOL = Path(__file__).resolve().parents[4] / "tools" / "verify_log.py"
HASHES = [merkle.leaf_hash(b"%d" % number) for number in range(70)]


@pytest.fixture(scope="module")
def tool():
    """The verifier's functions."""
    spec = importlib.util.spec_from_file_location("verify_log", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(folder, *arguments, elsewhere=Path("/")):
    """Exit status and output, as an outsider runs it: isolated, away from the checkout."""
    command = [sys.executable, "-I", "-W", "error", str(TOOL), str(folder), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=elsewhere, env={"PYTHONIOENCODING": "utf-8"})
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def exported(alone, tmp_path):
    """600 entries, exported, with the checkpoint of the first 300 beside."""
    folder = tmp_path / "export"
    fill(300)
    settle(300)
    (tmp_path / "older").write_text(log.published_note(), "utf-8")
    fill(300)
    settle(600)
    head = export(folder)
    assert head == log.published_head()
    return folder


def test_the_verifier_needs_nothing_but_the_standard_library():
    imported = {
        line.split()[1] for line in TOOL.read_text("utf-8").splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= set(sys.stdlib_module_names)


def test_an_export_verifies(exported, tmp_path):
    assert {path.name for path in exported.iterdir()} == {"checkpoint", "tile", "log.pub", "README.md"}
    status, told = run(exported, "--key", exported / "log.pub", "--older", tmp_path / "older", "--entry", 599)
    assert status == 0, told
    assert "検証できました / VERIFIED" in told
    assert "The older checkpoint (300 entries) is the beginning" in told
    assert "Entry 599 is in the signed tree" in told
    assert json.loads(told[told.index("{") : told.rindex("}") + 1])["actor_name"] == "髙橋"


def test_without_a_given_key_it_warns(exported):
    status, told = run(exported)
    assert (status, "confirm it elsewhere" in told) == (0, True)


def test_the_key_may_be_given_as_text(exported):
    assert run(exported, "--key", log.public_key())[0] == 0


def test_tiles_alone_verify_without_the_entries(exported):
    for path in (exported / "tile/entries").rglob("*"):
        if path.is_file():
            path.unlink()
    assert run(exported)[0] == 1
    status, told = run(exported, "--without-entries", "--entry", 3)
    assert (status, "Entry 3 is in the signed tree" in told, "{" in told) == (0, True, False)


def test_exporting_again_adds_what_is_new(exported):
    put(10)
    settle(610)
    assert export(exported).size == 610
    assert run(exported)[0] == 0


def test_nothing_to_export(committed, tmp_path):
    with pytest.raises(NothingSigned):
        export(tmp_path / "export")


@pytest.mark.parametrize("harmed", ["checkpoint", "tile/0/000"])
def test_a_harmed_folder_is_not_exported(exported, tmp_path, harmed):
    (log.folder() / harmed).write_bytes(b"x")
    with pytest.raises(log.LogDiverged):
        export(tmp_path / "another")


def flip(path, at=10):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))


HARMS = {
    "an entry": (lambda folder: flip(folder / "tile/entries/001", 500), "not those that were signed"),
    "the length of an entry": (lambda folder: flip(folder / "tile/entries/001", 0), "is damaged"),
    "a leaf tile": (lambda folder: flip(folder / "tile/0/001"), "does not agree"),
    "an upper tile": (lambda folder: flip(folder / "tile/1/000.p/2"), "does not agree"),
    "a short tile": (lambda folder: (folder / "tile/0/001").write_bytes(b"x"), "is damaged"),
    "a lost bundle": (lambda folder: (folder / "tile/entries/000").unlink(), "cannot be read"),
    "the size": (lambda folder: replace(folder / "checkpoint", "600", "599"), "signature is wrong"),
    "no signature": (lambda folder: replace(folder / "checkpoint", "\u2014", "-"), "no signature"),
    "the key": (lambda folder: replace(folder / "log.pub", "+A", "+B"), "public key cannot be read"),
    "the key's id": (lambda folder: replace(folder / "log.pub", "audit+", "audits+"), "does not have the id"),
    "no checkpoint": (lambda folder: (folder / "checkpoint").unlink(), "cannot be read"),
}


def replace(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_export_is_refused(exported, harm):
    do, why = HARMS[harm]
    do(exported)
    status, told = run(exported)
    assert (status, why in told, "NOT VERIFIED" in told) == (1, True, True), told


def test_an_export_of_a_harmed_database_is_refused(exported, owner):
    owner.execute("alter table audit_entry disable trigger all; update audit_entry set actor = 9 where id = 5")
    export(exported)
    assert "not those that were signed" in run(exported)[1]


def test_a_lost_entry_is_refused(exported, owner):
    owner.execute("alter table audit_entry disable trigger all; delete from audit_entry where id = 5")
    export(exported)
    assert "not those that were signed" in run(exported)[1]


def test_an_entry_that_is_not_there_is_refused(exported):
    status, told = run(exported, "--entry", 600)
    assert (status, "There is no entry 600" in told) == (1, True)


@pytest.mark.parametrize(("size", "why"), [(300, "have been rewritten"), (700, "now there are 600")])
def test_a_checkpoint_of_another_history_is_not_consistent(exported, tmp_path, size, why):
    other = keys.signer().sign(Head("yakusho/morioka/audit", size, bytes(32)))
    (tmp_path / "older").write_text(other, "utf-8")
    status, told = run(exported, "--older", tmp_path / "older")
    assert (status, why in told) == (1, True), told


def test_another_city_s_key_is_refused(exported):
    stranger = str(Signer("yakusho/morioka/audit", bytes(32)).verifier)
    assert "no signature by this key" in run(exported, "--key", stranger)[1]


# The first three test vectors of RFC 8032, 7.1: secret key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "message", "signature"), VECTORS)
def test_the_signatures_of_the_standard(tool, secret, message, signature):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw()
    assert tool.ed25519_holds(key, bytes.fromhex(message), bytes.fromhex(signature))
    assert not tool.ed25519_holds(key, bytes.fromhex(message) + b"x", bytes.fromhex(signature))


@settings(deadline=None, max_examples=30)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100), st.integers(0, 511))
def test_signatures_hold_and_one_bit_breaks_them(tool, seed, message, bit):
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = secret.public_key().public_bytes_raw(), secret.sign(message)
    assert tool.ed25519_holds(key, message, signature)
    broken = bytearray(signature)
    broken[bit // 8] ^= 1 << bit % 8
    assert not tool.ed25519_holds(key, message, bytes(broken))


def test_signatures_have_one_form(tool):
    """An answer at or above the order of the group is refused, though it satisfies the equation."""
    secret = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key, signature = secret.public_key().public_bytes_raw(), secret.sign(b"x")
    answer = int.from_bytes(signature[32:], "little") + tool.ORDER
    assert not tool.ed25519_holds(key, b"x", signature[:32] + answer.to_bytes(32, "little"))
    assert not tool.ed25519_holds(key[:31], b"x", signature)
    assert not tool.ed25519_holds(key, b"x", signature[:63])


@pytest.mark.parametrize("data", [b"\xff" * 32, bytes([2]) + bytes(31), b"\x01" + bytes(30) + b"\x80"])
def test_what_is_no_point_is_no_key(tool, data):
    assert tool._point(data) is None


def subtree(level, index):
    return merkle.root_of(HASHES[index << level : index + 1 << level])


@pytest.mark.parametrize("size", range(71))
def test_both_programs_make_the_same_tree(tool, size):
    assert tool.root(HASHES[:size]) == merkle.root_of(HASHES[:size])
    for index in range(0, size, 7):
        path = tool.inclusion_path(HASHES[:size], index)
        assert tool.follow(HASHES[index], path) == merkle.root_of(HASHES[:size])
        assert [step for _, step in path] == merkle.inclusion_proof(index, size, subtree)


@pytest.mark.parametrize(
    "text", ["", "x", "x+00000000+", "x+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode()]
)
def test_a_key_of_another_kind_is_refused(tool, text):
    with pytest.raises(tool.Bad):
        tool.read_key(text)
