"""The database dies or is restarted while people work: nothing acknowledged is lost, nothing is half done or done twice."""

import threading
import time

import pytest

from tests.faults import samples, writers
from tests.faults.private import private_city

pytestmark = pytest.mark.faults
HANDS = 3  # writers at a time


@pytest.fixture(scope="module")
def private():
    with private_city() as city:
        yield city


def worked_through(city, folder, fault, *, seconds, times, kinds, rate=0.0, hands=HANDS):
    """Writers at work while a fault strikes ``times`` times; what they noted against what is there, and what is wrong."""
    books = [folder / f"book-{number}" for number in range(hands)]
    given = {"kinds": kinds, "seconds": seconds, "rate": rate / hands}
    orders = [{"act": "write", "with": given | {"notes": str(book)}} for book in books]
    rig = city.rig()
    answers = []
    work = threading.Thread(target=lambda: answers.extend(rig.all(orders)))
    work.start()
    for _ in range(times):
        time.sleep(seconds / (times + 1))
        fault()
    work.join()
    rig.close()
    city.start()
    broken = [answer for answer in answers if "result" not in answer]
    with city.ledger() as ledger:
        lies = ledger.lies(samples.truths() | writers.UNANSWERED)
        return writers.account(ledger, books) | {"lies": lies, "broken": broken}


def whole(found):
    assert found["broken"] == []
    assert (found["lost"], found["double"], found["lies"]) == ([], [], [])
    return found["acts"]


def killed_and_started(city):
    city.kill()
    city.start()


def test_kill_9_of_the_database_loses_nothing_that_was_acknowledged(private, tmp_path):
    kinds = ["movement", "endpoint", "movement", "paper"]
    found = worked_through(private, tmp_path, lambda: killed_and_started(private), seconds=6, times=2, kinds=kinds)
    assert whole(found) >= HANDS


def test_kill_9_of_one_session_throws_everybody_out_and_loses_nothing(private, tmp_path):
    found = worked_through(private, tmp_path, private.kill_a_session, seconds=4, times=2, kinds=["movement"])
    assert whole(found) >= HANDS


def test_a_restart_under_load_loses_nothing(private, tmp_path):
    """200 a second are wanted; how many there are, the machine decides."""
    found = worked_through(private, tmp_path, private.restart, seconds=5, times=1, kinds=["endpoint"], rate=200)
    assert whole(found) >= HANDS


def long_run(folder, *, kills=100, restarts=20, pause=3.0):
    """The same for as long as one likes; what was found."""
    with private_city() as city:
        kinds = ["movement", "endpoint", "movement", "paper"]
        faults = {
            "kill": (kills, lambda: killed_and_started(city), kinds, 0.0),
            "session": (kills, lambda: city.kill_a_session(), kinds, 0.0),
            "restart": (restarts, lambda: city.restart(), ["endpoint"], 200.0),
        }
        found = {}
        for name, (times, fault, what, rate) in faults.items():
            (folder / name).mkdir()
            seconds = pause * (times + 1)
            found[name] = worked_through(
                city, folder / name, fault, seconds=seconds, times=times, kinds=what, rate=rate
            )
        return found
