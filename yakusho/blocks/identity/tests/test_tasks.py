"""The night work of the door."""

from datetime import UTC, datetime, timedelta

import pytest

from yakusho.blocks.identity import tasks
from yakusho.blocks.identity.models import SignInAttempt

NIGHT = datetime(2026, 11, 23, 18, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_old_tries_are_forgotten_in_the_night_and_late_ones_kept():
    for age in (1, 89, 91, 400):
        SignInAttempt.objects.create(who="a", address="b", method="card", at=NIGHT - timedelta(days=age))
    assert tasks.forget_attempts(timestamp=int(NIGHT.timestamp())) == 2
    assert SignInAttempt.objects.count() == 2


def test_it_runs_once_a_night_by_itself():
    found = tasks.app.periodic_registry.periodic_tasks.values()
    (periodic,) = [one for one in found if one.task.name == "identity.forget_attempts"]
    assert periodic.cron == "10 3 * * *"
