"""The database dies or is restarted while people work: nothing acknowledged is lost, nothing is half done or done twice."""

import threading
import time

import pytest

from tests.faults import samples, writers
from tests.faults.private import private_city
from tests.sizes import sized

pytestmark = pytest.mark.faults
HANDS = 3  # writers at a time
TIMES = sized(1, 4, 100)  # how often a fault strikes
PAUSE = 2.0  # seconds of work before each, and after the last


@pytest.fixture(scope="module")
def private():
    with private_city() as city:
        yield city


def worked_through(city, folder, fault, *, kinds, times=TIMES, rate=0.0, hands=HANDS, again=True):
    """Writers at work while a fault strikes ``times`` times; what they noted against what is there, and what is wrong."""
    seconds = PAUSE * (times + 1)
    books = [folder / f"book-{number}" for number in range(hands)]
    given = {"kinds": kinds, "seconds": seconds, "rate": rate / hands}
    orders = [{"act": "write", "with": given | {"notes": str(book)}} for book in books]
    rig = city.rig()
    answers = []
    work = threading.Thread(target=lambda: answers.extend(rig.all(orders)))
    work.start()
    for _ in range(times):
        time.sleep(PAUSE)
        fault()
    work.join()
    rig.close()
    if again:
        city.start()
    broken = [answer for answer in answers if "result" not in answer]
    with city.ledger() as ledger:
        lies = ledger.lies(samples.truths() | writers.UNANSWERED)
        return writers.account(ledger, books) | {"lies": lies, "broken": broken}


def whole(found, record_property):
    for name in ("acts", "lost", "double"):
        record_property(name, found[name] if name == "acts" else len(found[name]))
    assert found["broken"] == []
    assert (found["lost"], found["double"], found["lies"]) == ([], [], [])
    return found["acts"]


def killed_and_started(city):
    city.kill()
    city.start()


def test_kill_9_of_the_database_loses_nothing_that_was_acknowledged(private, tmp_path, record_property):
    kinds = ["movement", "endpoint", "movement", "paper"]
    found = worked_through(private, tmp_path, lambda: killed_and_started(private), kinds=kinds)
    assert whole(found, record_property) >= HANDS


def test_kill_9_of_one_session_throws_everybody_out_and_loses_nothing(private, tmp_path, record_property):
    found = worked_through(private, tmp_path, private.kill_a_session, kinds=["movement"])
    assert whole(found, record_property) >= HANDS


def test_a_restart_under_load_loses_nothing(private, tmp_path, record_property):
    """200 a second are wanted; how many there are, the machine decides."""
    found = worked_through(private, tmp_path, private.restart, kinds=["endpoint"], rate=200)
    assert whole(found, record_property) >= HANDS
