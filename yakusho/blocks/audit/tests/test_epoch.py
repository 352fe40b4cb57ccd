"""Another database cluster: transaction numbers start again, and nothing is missed or placed twice."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError

from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import sequencer
from yakusho.blocks.audit.tests.acts import INSERT, order, put, settle
from yakusho.blocks.audit.verify import verify

pytestmark = pytest.mark.usefixtures("committed")


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
