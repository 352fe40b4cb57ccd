"""kill -9 at every statement and commit of every action: all of it or nothing of it, and a retry has one effect.

A sample of crash points by chance, which `YAKUSHO_SEED` repeats; at length, thousands of them over all actions.
"""

import sys

import pytest
from django.apps import apps

from tests.faults import city, crashes, samples
from tests.sizes import sized
from yakusho.blocks.doors import registry

pytestmark = pytest.mark.faults
RUNS, ACTIONS = sized((4, 4), (50, 16), (5_000, 1_000))
ALWAYS = ("resident_records.move_in", "certificates.issue_copy", "documents.issue", "identity.open_session")


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    with city.broken_city("crash", tmp_path_factory.mktemp("crash")) as found:
        yield found


def test_killed_anywhere_nothing_is_lost_half_done_or_done_twice(broken, record_property):
    rig, ledger = broken
    seed = city.seed()
    sys.stdout.write(f"YAKUSHO_SEED={seed}\n")
    doors = crashes.chosen(samples.sampled(), ACTIONS, ALWAYS, seed)
    ways = [crashes.course(rig, ledger, door) for door in doors]
    found = crashes.go_through(rig, ledger, crashes.sampled_points(ways, RUNS, seed), samples.truths())
    record_property("kills", found.killed)
    record_property("lost, half done or done twice", len(found.wrong))
    assert found.wrong == [], f"YAKUSHO_SEED={seed}"
    assert (found.runs, found.killed) == (RUNS, RUNS)


def test_every_sample_belongs_to_an_action():
    known = {name for module in samples.modules().values() for name in vars(module) if not name.startswith("_")}
    assert {door.partition(".")[2] for door in samples.sampled()} <= known
    assert set(ALWAYS) <= set(samples.sampled())


def test_every_action_that_can_be_called_has_a_sample():
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("yakusho.")}
    public = {
        name
        for name, door in registry.actions.items()
        if set(door.allowed.names) != {"within"} and name.partition(".")[0] in rooms
    }
    assert len(public) >= 40
    assert public - set(samples.sampled()) == set(), "write the sample of an action in tests/knocks.py of its room"
