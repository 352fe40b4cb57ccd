"""Signed notes: form, key names, and everything that must not pass."""

import base64

import pytest

from yakusho.blocks.audit._internal.note import BadNote, Head, Signer, Verifier

SIGNER = Signer("city.example/audit", bytes(range(32)))
HEAD = Head("city.example/audit", 42, bytes(32))
NOTE = SIGNER.sign(HEAD)


def test_a_note_reads_as_the_standard_says():
    lines = NOTE.split("\n")
    assert lines[:4] == ["city.example/audit", "42", base64.b64encode(bytes(32)).decode(), ""]
    assert lines[4].startswith("— city.example/audit ")
    assert lines[5:] == [""]
    signature = base64.b64decode(lines[4].split(" ")[2])
    assert (len(signature), signature[:4]) == (68, SIGNER.verifier.key_id)


def test_its_own_key_opens_it():
    assert SIGNER.verifier.open(NOTE) == HEAD


def test_the_key_has_a_name_to_hand_out():
    name, key_id, key = str(SIGNER.verifier).split("+", 2)
    assert (name, key_id) == ("city.example/audit", SIGNER.verifier.key_id.hex())
    assert base64.b64decode(key) == b"\x01" + SIGNER.verifier.key


def test_the_key_id_of_the_standards_own_example():
    """The Go checksum database's published verifier key."""
    key = base64.b64decode("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    assert Verifier("sum.golang.org", key[1:]).key_id.hex() == "033de0ae"


def test_signatures_of_witnesses_do_not_disturb():
    witness = Signer("witness.example", bytes(32)).sign(HEAD).split("\n")[4]
    assert SIGNER.verifier.open(NOTE + witness + "\n") == HEAD


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (NOTE.replace("42", "43"), "wrong signature"),
        (NOTE.replace("AAAA", "AAAB", 1), "wrong signature"),
        (NOTE.partition("\n\n")[0] + "\n", "no signature"),
        (Signer("city.example/audit", bytes(32)).sign(HEAD), "not signed by the key"),
        (Signer("other.example/audit", bytes(range(32))).sign(HEAD), "not signed by the key"),
        (SIGNER.sign(Head("other.example", 42, bytes(32))), "not a checkpoint"),
        (SIGNER.sign(Head("city.example/audit", 42, b"short")), "not a checkpoint"),
        (NOTE.replace("— ", "- "), "not signed by the key"),
        ("", "no signature"),
        ("\n\n— city.example/audit !!!\n", "not signed by the key"),
    ],
)
def test_what_is_not_ours_is_refused(wrong, why):
    with pytest.raises(BadNote, match=why):
        SIGNER.verifier.open(wrong)
