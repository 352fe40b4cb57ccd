"""The database's machine is lost while people work and its replica takes over: nothing that was acknowledged is missing."""

import pytest

from tests.faults.private import private_city
from tests.faults.test_database_killed import whole, worked_through
from tests.sizes import PROVE
from yakusho.launch import cluster as clusters

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not PROVE, reason="a second server: bin/yakusho prove")]


def test_the_replica_has_everything_that_was_acknowledged(tmp_path, record_property):
    with private_city() as city:
        replica = city.replica()

        def fail_over():
            city.kill()
            city.promote(replica)

        try:
            kinds = ["movement", "endpoint", "movement", "paper"]
            found = worked_through(city, tmp_path, fail_over, times=1, kinds=kinds, again=False)
            assert whole(found, record_property) > 0
        finally:
            clusters.stop(replica)
