"""The database's disk is full while people work: refused in order or not at all, and nothing acknowledged is lost."""

import threading
import time

import psycopg
import pytest

from tests.faults import samples, writers
from tests.faults.private import private_city
from tests.faults.test_log_folder import may_mount
from tests.sizes import PROVE

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not PROVE, reason="a disk of its own: bin/yakusho prove")]
DISK = "600m"
MORE = "create table more as select repeat('x', 1000) as it from generate_series(1, 500000)"


def fill(path):
    """Take all the room that is left."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 2**20)
        except OSError:
            return


def test_a_full_disk_loses_nothing_and_work_goes_on_after_it(tmp_path, record_property):
    if not may_mount():
        pytest.skip("a small disk is made with mount(8), which only root may do")
    with private_city(disk=DISK) as city:
        books = [tmp_path / f"book-{number}" for number in range(3)]
        rig, answers = city.rig(), []
        given = {"kinds": ["movement", "endpoint", "paper"], "seconds": 14, "rate": 0.0}
        orders = [{"act": "write", "with": given | {"notes": str(book)}} for book in books]
        work = threading.Thread(target=lambda: answers.extend(rig.all(orders)))
        work.start()
        time.sleep(3)
        ballast = city.cluster.root / "ballast"
        fill(ballast)
        with pytest.raises(psycopg.Error), city.connect() as connection:
            connection.execute(MORE)
        time.sleep(4)
        ballast.unlink()
        city.start()
        work.join()
        rig.close()
        with city.ledger() as ledger:
            assert ledger.lies(samples.truths() | writers.UNANSWERED) == []
            found = writers.account(ledger, books)
        assert [answer for answer in answers if "result" not in answer] == []
        assert (found["lost"], found["double"]) == ([], [])
        assert found["acts"] > 0
        record_property("acts", found["acts"])
