"""kill -9 of web processes while people work over HTTP: nothing acknowledged is lost, and a retry has one effect."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import sys
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tests import house
from tests.faults import city as cities
from tests.faults import samples
from tests.faults.ledger import Ledger
from tests.journeys import family
from tests.sizes import sized
from yakusho.blocks.documents.tests import support

pytestmark = pytest.mark.faults
KILLS, HANDS, WORKERS = sized(3, 20, 500), 3, 2
DOOR = "resident_records.move_in"
MOVED = """
select array[(select count(*) from resident_records_movement where kind = '転入'),
             (select count(*) from exchange_event where name = 'resident_records.moved')]
"""


@pytest.fixture(scope="module")
def city():
    name = house.served(f"faults_web_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}")
    yield name
    house.drop(name)


@pytest.fixture(scope="module")
def token(city):
    """Of a program that acts for the clerk."""

    def command(verb, door, given):
        words = [verb, door, "--json", json.dumps(given), "--as", "admin1"]
        return json.loads(house.manage(*words, database=city, user="yakusho_app"))

    clerk = next(one["account"] for one in command("ask", "identity.staff_accounts", {}) if one["login"] == "clerk1")
    given = {"account": clerk, "name": "連携", "scopes": [DOOR], "days": 1}
    return command("do", "identity.issue_api_token", given)["token"]


class Hand:
    """Moves families in, one after another, each under a key of its own, until it is told to stop."""

    def __init__(self, address: str, token: str) -> None:
        self.host, self.token = urlsplit(address).netloc, token
        self.notice = family.notice(timezone.localdate() - timedelta(days=3))
        self.answered: dict[str, dict] = {}  # by key: what was acknowledged
        self.broken: list[str] = []  # keys whose answer never came
        self.wrong: list[str] = []

    def knock(self, key: str) -> dict | None:
        """What came back; None where the wire broke."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key}
        wire = http.client.HTTPConnection(self.host, timeout=30)
        try:
            wire.request("POST", f"/api/actions/{DOOR}", json.dumps({"notice": self.notice}), headers)
            answer = wire.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            wire.close()
        if answer.status != 200:
            self.wrong.append(f"{answer.status} {text[:200]!r}")
            return None
        return json.loads(text)

    def work(self, until: threading.Event) -> None:
        while not until.is_set():
            key = str(uuid.uuid4())
            result = self.knock(key)
            if result is None:
                self.broken.append(key)
                time.sleep(0.05)
            else:
                self.answered[key] = result

    def again(self) -> None:
        """Every key once more, as a program does that is not sure: the same answer, or the first."""
        for key, result in self.answered.items():
            if (now := self.knock(key)) != result:
                self.wrong.append(f"{key}: {result} became {now}")
        for key in self.broken:
            first = self.knock(key)
            if first is None or self.knock(key) != first:
                self.wrong.append(f"{key}: no answer that stays, {first}")


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def kill_one(server, chance: random.Random) -> None:
    """One of the processes that answer, as soon as there are as many as there should be."""
    end = time.monotonic() + 30
    while len(children(server.pid)) < WORKERS and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(chance.choice(children(server.pid)), signal.SIGKILL)


def test_kill_9_of_web_processes_loses_nothing_that_was_acknowledged(city, token, record_property):
    seed = cities.seed()
    sys.stdout.write(f"YAKUSHO_SEED={seed}\n")
    chance, until = random.Random(seed), threading.Event()
    with house.open_server(city, workers=WORKERS) as (address, server), support.owner(city) as connection:
        ledger = Ledger(connection)
        before, lies = ledger.value(MOVED), ledger.lies(samples.truths())  # the city was filled without its outbox
        hands = [Hand(address, token) for _ in range(HANDS)]
        threads = [threading.Thread(target=hand.work, args=[until]) for hand in hands]
        for thread in threads:
            thread.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.2, 1.0))
            kill_one(server, chance)
        patience = time.monotonic() + 60  # on a slow machine the first answer may come after the last kill
        while not all(hand.answered for hand in hands) and time.monotonic() < patience:
            time.sleep(0.1)
        until.set()
        for thread in threads:
            thread.join()
        for hand in hands:
            hand.again()
        keys = sum(len(hand.answered) + len(hand.broken) for hand in hands)
        assert [wrong for hand in hands for wrong in hand.wrong] == [], f"YAKUSHO_SEED={seed}"
        assert [now - then for now, then in zip(ledger.value(MOVED), before, strict=True)] == [keys, keys]
        assert ledger.lies(samples.truths()) == lies
    assert sum(len(hand.answered) for hand in hands) >= HANDS
    record_property("kills", KILLS)
    record_property("answers cut off", sum(len(hand.broken) for hand in hands))
    record_property("acts", keys)
