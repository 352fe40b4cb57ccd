"""The folder of the signed log is full or read-only: papers stop with a sentence and an alarm, and go on after the repair."""

import os
import subprocess

import pytest

from tests.faults import city, samples

pytestmark = pytest.mark.faults
OWN_MOUNTS = ("unshare", "--mount", "--propagation", "private")
LATE = {"yakusho.blocks.documents.actions.papers.EVIDENCE": 0}  # a row that waits at all is late


def may_mount():
    probe = [*OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"]
    return os.geteuid() == 0 and subprocess.run(probe, capture_output=True).returncode == 0


@pytest.fixture
def broken(tmp_path):
    if not may_mount():
        pytest.skip("a full or read-only volume is made with mount(8), which only root may do")
    record = tmp_path / "record"
    record.mkdir()
    found = city.broken_city("log", tmp_path / "state", before=OWN_MOUNTS, YAKUSHO_RECORD=str(record))
    with found as (rig, ledger):
        rig.act("shell", command=["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(record)])
        yield rig, ledger, record


FAULTS = {
    "read-only": (["mount", "-o", "remount,ro", "{}"], ["mount", "-o", "remount,rw", "{}"]),
    "full": (["sh", "-c", "cat /dev/zero > {}/fill || true"], ["rm", "{}/fill"]),
}
ALARMS = "select count(*) from documents_alarm where doubts = array['record late']::varchar[] and closed_at is null"


@pytest.mark.parametrize("fault", FAULTS)
def test_papers_stop_with_a_sentence_and_an_alarm_until_it_is_repaired(broken, fault):
    rig, ledger, record = broken
    breaking, repairing = ([word.format(record) for word in command] for command in FAULTS[fault])
    knock = rig.prepare("documents.issue")
    assert rig.act("settle") | {"size": 0} == {"waiting": 0, "ok": True, "size": 0, "findings": []}
    rig.act("shell", command=breaking)
    other = rig.prepare("documents.issue")
    assert "Error" in rig.one({"act": "integrate"})["error"]
    for order in (knock, other):
        refused = rig.one(order, limits=LATE)
        assert (refused["refusal"], refused["status"]) == ("evidence_late", 503)
        assert "証明書の発行を止めています" in refused["ja"]
    assert ledger.value(ALARMS) == 1
    assert ledger.value("select count(*) from documents_paper") == 0
    assert set(ledger.value("select array_agg(state) from documents_paperrequest")) == {"asked"}
    rig.act("shell", command=repairing)
    report = rig.act("settle")
    assert (report["waiting"], report["ok"], report["findings"]) == (0, True, [])
    assert "result" in rig.one(knock)
    assert ledger.lies(samples.truths()) == []
