"""One launcher at a time, and questions that make nothing."""

import multiprocessing
import time
from collections.abc import Callable

import pytest

from yakusho.launch import cluster as pg
from yakusho.launch import preparation, secrets, setup
from yakusho.launch.place import Place


def hold(place: Place, taken: Callable[[], None], seconds: float) -> None:
    with setup.alone(place):
        taken()
        time.sleep(seconds)


def test_a_second_launcher_waits_for_the_first(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    context = multiprocessing.get_context("fork")
    taken = context.Event()
    other = context.Process(target=hold, args=(place, taken.set, 0.5))
    other.start()
    assert taken.wait(10)
    with setup.alone(place):
        other.join(5)
        assert other.exitcode == 0
    assert "Waiting for another start" in capfd.readouterr().err


def test_a_launcher_that_was_killed_holds_up_nobody(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    context = multiprocessing.get_context("fork")
    taken = context.Event()
    other = context.Process(target=hold, args=(place, taken.set, 60))
    other.start()
    assert taken.wait(10)
    other.kill()
    other.join()
    with setup.alone(place):
        assert "Waiting" not in capfd.readouterr().err


def test_peeking_into_a_house_without_secrets_makes_none(place: Place) -> None:
    assert setup.peek(place, lambda *_: pytest.fail("asked")) is False
    assert list(place.secrets.iterdir()) == []


@pytest.mark.slow
def test_peeking_starts_and_stops_the_database(open_place: Place) -> None:
    secrets.make_all(open_place.secrets)
    assert setup.peek(open_place, preparation.is_sample) is False
    cluster, _ = setup.open_database(open_place)
    preparation.mark_sample(open_place, cluster)
    pg.stop(cluster)
    assert setup.peek(open_place, preparation.is_sample) is True
    assert cluster.answers() == 2
