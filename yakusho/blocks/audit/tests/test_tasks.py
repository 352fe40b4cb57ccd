"""The job that keeps the log up to date."""

import pytest
from procrastinate.contrib.django import app

from yakusho.blocks.audit import log, tasks
from yakusho.blocks.audit.tests.acts import put, settle


def test_it_runs_every_ten_seconds_and_never_twice_at_once():
    (periodic,) = [
        found for found in app.periodic_registry.periodic_tasks.values() if found.task.name == tasks.integrate_log.name
    ]
    assert periodic.cron == "*/10 * * * * *"
    assert tasks.integrate_log.queueing_lock == "audit.integrate_log"


@pytest.mark.usefixtures("committed")
def test_it_integrates():
    put()
    settle(1)
    assert tasks.integrate_log(timestamp=0) == 0
    assert log.published_head().size == 1
