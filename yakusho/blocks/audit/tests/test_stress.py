"""Many writers, slow ones, savepoints, rollbacks, and two sequencers at once: no entry is missed and no place is empty."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection

from yakusho.blocks.audit import log
from yakusho.blocks.audit.models import Leaf
from yakusho.blocks.audit.tests.acts import INSERT, put, settle
from yakusho.blocks.audit.verify import verify

ROOT = Path(__file__).resolve().parents[4]
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]

INTEGRATOR = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connection
from yakusho.blocks.audit import log
settings.STATE, connection.settings_dict["NAME"] = Path(sys.argv[1]), sys.argv[2]
settings.SECRETS, settings.RECORD = settings.STATE / "secrets", ""
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while batch := sys.stdin.readline():
    child = os.fork()
    while not child:
        log.integrate(batch=int(batch))
    print(child, flush=True)
"""


@pytest.fixture
def integrators():
    """Starts the log's program in processes of its own, as on other nodes; gives their ids. All end with the test."""
    at = connection.settings_dict
    command = [sys.executable, "-c", INTEGRATOR, str(django_settings.STATE), at["NAME"]]
    mother = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    started = []

    def start(batch):
        mother.stdin.write(f"{batch}\n")
        mother.stdin.flush()
        started.append(int(mother.stdout.readline()))
        return started[-1]

    yield start
    for child in started:
        kill(child)
    mother.communicate()


def kill(process):
    """At once, without a chance to tidy up."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


class Writer(threading.Thread):
    """Writes until told to stop; remembers what was committed."""

    def __init__(self, made: psycopg.Connection, seed: int, slow: bool) -> None:
        super().__init__()
        self.made, self.chance, self.slow = made, random.Random(seed), slow
        self.committed: list[int] = []
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            self.turn()

    def turn(self) -> None:
        numbers = [self.made.execute(INSERT).fetchone()[0]]
        if self.chance.random() < 0.3:
            self.made.execute("savepoint inner_part")
            inner = self.made.execute(INSERT).fetchone()[0]
            if self.chance.random() < 0.5:
                self.made.execute("rollback to savepoint inner_part")
            else:
                numbers.append(inner)
        if self.slow:
            time.sleep(self.chance.uniform(0.2, 1.0))
        if self.chance.random() < 0.1:
            self.made.rollback()
        else:
            self.made.commit()
            self.committed += numbers


def test_writers_and_two_sequencers(another, integrators):
    writers = [Writer(another(), seed, slow=seed == 0) for seed in range(6)]
    sequencers = [integrators(100), integrators(20_000)]
    for writer in writers:
        writer.start()
    time.sleep(6)
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join()
    for process in sequencers:
        kill(process)
    committed = {number for writer in writers for number in writer.committed}
    assert len(committed) > 500
    settle(len(committed))
    places = list(Leaf.objects.order_by("leaf").values_list("leaf", "entry"))
    assert [leaf for leaf, _ in places] == list(range(len(committed)))
    assert {entry for _, entry in places} == committed
    assert verify().ok


def test_kill_9_at_any_moment_loses_nothing(another, integrators):
    """The integrator dies again and again; what it left is made good, and the published size never goes back."""
    writer = Writer(another(), seed=1, slow=False)
    writer.start()
    chance, sizes, end = random.Random(7), [0], time.monotonic() + 150
    while len(set(sizes)) < 12 and time.monotonic() < end:
        process = integrators(50)
        time.sleep(chance.uniform(0.02, 0.25))
        kill(process)
        sizes.append(log.published_head().size)
    writer.stop.set()
    writer.join()
    settle(len(writer.committed))
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 12
    assert set(Leaf.objects.values_list("entry", flat=True)) == set(writer.committed)
    assert verify().ok


def test_thirty_thousand_entries_in_one_call(owner):
    put()
    owner.execute(
        INSERT.partition(" returning")[0].replace("values (", "select ").removesuffix(")")
        + " from generate_series(1, 29999)"
    )
    settle(30_000)
    report = verify()
    assert (report.ok, report.size) == (True, 30_000)
