"""`audit` on the command line: what an auditor and a witness do."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from yakusho.blocks.audit import log
from yakusho.blocks.audit.tests.acts import put, settle

pytestmark = pytest.mark.usefixtures("alone")


def run(*words):
    """Exit status, standard output and errors."""
    out, errors = StringIO(), StringIO()
    try:
        call_command("audit", *words, stdout=out, stderr=errors)
    except SystemExit as ended:
        return ended.code, out.getvalue(), errors.getvalue()
    return 0, out.getvalue(), errors.getvalue()


@pytest.fixture
def signed():
    put(3)
    settle(3)


def test_a_record_as_it_was_signed(signed):
    status, told, _ = run("verify")
    assert (status, "署名どおり" in told, "3" in told) == (0, True, True)


def test_as_json_for_monitors(signed):
    told = json.loads(run("verify", "--json")[1])
    assert told == {"ok": True, "size": 3, "root": log.published_head().root.hex(), "checkpoints": 1, "findings": []}


def test_a_changed_record_is_exit_1_and_says_where(signed, owner):
    owner.execute("alter table audit_entry disable trigger all; update audit_entry set actor = 9 where id = 2")
    status, told, _ = run("verify")
    assert (status, "leaf 1, entry 2" in told, "署名どおりではありません" in told) == (1, True, True)
    status, told, _ = run("verify", "--json")
    assert (status, [one["kind"] for one in json.loads(told)["findings"]]) == (1, ["changed", "unprotected"])


def test_a_witness_keeps_a_checkpoint_and_brings_it_back(signed, tmp_path):
    (tmp_path / "kept").write_text(run("checkpoint")[1], "utf-8")
    put(2)
    assert run("integrate")[0] == 0
    settle(5)
    assert run("verify", "--witness", str(tmp_path / "kept"))[0] == 0
    (tmp_path / "kept").write_text("x", "utf-8")
    assert run("verify", "--witness", str(tmp_path / "kept"))[0] == 1


def test_verify_and_export_in_one(signed, tmp_path):
    status, _, errors = run("verify", "--export", str(tmp_path / "export"))
    assert (status, str(tmp_path / "export") in errors) == (0, True)
    assert (tmp_path / "export" / "checkpoint").read_text("utf-8") == log.published_note()
    assert run("export", str(tmp_path / "export"))[0] == 0


def test_what_cannot_be_done_is_a_sentence(tmp_path):
    status, _, errors = run("export", str(tmp_path / "export"))
    assert (status, "署名された記録がまだありません。" in errors) == (1, True)
    assert run("verify", "--witness", str(tmp_path / "nowhere"))[0] == 1


def test_a_lost_log_folder_is_made_anew(signed):
    for path in sorted(log.folder().rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert run("verify")[0] == 1
    status, _, errors = run("integrate")
    assert (status, "食い違っています" in errors) == (1, True)
    assert run("rebuild")[:2] == (0, "3\n")
    assert run("verify")[0] == 0


def test_a_restored_city_makes_its_tiles_anew_and_is_verified_in_one_go(signed, tmp_path):
    (tmp_path / "witness").write_text(log.published_note())
    for path in (log.folder() / "tile").rglob("*"):
        if path.is_file():
            path.write_bytes(b"of another day")
    assert run("verify")[0] == 1
    assert run("verify", "--rebuild", "--witness", str(tmp_path / "witness"))[0] == 0
    assert run("verify")[0] == 0


def test_a_new_epoch_needs_the_owner(signed, as_owner):
    assert run("new-epoch")[0] == 1
    with as_owner():
        assert run("new-epoch")[:2] == (0, "2\n")
