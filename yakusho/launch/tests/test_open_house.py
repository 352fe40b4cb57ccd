"""The whole command on a real, small city: open, ask, look, be refused, lose a process, close."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from yakusho.launch import pids
from yakusho.launch.place import PACKAGE, Place
from yakusho.launch.tests.conftest import open_folder

pytestmark = pytest.mark.slow
PEOPLE = "200"


@dataclass(frozen=True)
class House:
    """`bin/yakusho` with a state folder of its own."""

    place: Place
    port: str

    def __call__(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "YAKUSHO_STATE": str(self.place.state), "YAKUSHO_CITY": "morioka", **more}
        command = [sys.executable, str(PACKAGE.parent / "bin" / "yakusho"), *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def up(self) -> subprocess.CompletedProcess[str]:
        return self("up", "--port", self.port, "--population", PEOPLE, "--background")

    def page(self) -> tuple[int, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", int(self.port), timeout=60)
        connection.request("GET", "/", headers={"Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders())

    def status(self) -> dict[str, dict[str, object]]:
        known: dict[str, dict[str, object]] = json.loads(self("status", "--json").stdout)
        return known


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with open_folder() as place:
        made = House(place, port)
        yield made
        made("down")


def test_it_opens_and_tells_who_can_sign_in(house: House) -> None:
    done = house.up()
    assert done.returncode == 0, done.stderr
    assert f"http://localhost:{house.port}/" in done.stdout
    assert all(word in done.stdout for word in ("resident", "clerk", "manager", "auditor"))
    status, headers = house.page()
    assert status < 400
    assert "Content-Security-Policy" in headers


def test_the_state_of_an_open_house(house: House) -> None:
    known = house.status()
    assert known["port"] == int(house.port)
    assert all(known[part]["running"] for part in ("cluster", "web", "worker"))
    assert known["database"]["ready"] is True


def test_opening_it_again_changes_nothing(house: House) -> None:
    before = house.status()["web"]["pid"]
    done = house.up()
    assert done.returncode == 0
    assert "already running" in done.stderr
    assert "・" not in done.stderr
    assert house.status()["web"]["pid"] == before


def test_an_answer_is_json_alone(house: House) -> None:
    done = house("ask", "nothing.here", "--json", "-", "--as", "clerk1")
    assert done.returncode == 1
    assert json.loads(done.stdout)["status"] == 404


def test_production_refuses_the_invented_people(house: House) -> None:
    done = house("up", "--production", "--port", house.port)
    assert done.returncode == 2
    assert "sample = true" in done.stderr
    assert "invented people" in done.stderr


def test_the_other_is_stopped_when_one_dies(house: House) -> None:
    os.kill(int(str(house.status()["worker"]["pid"])), signal.SIGKILL)
    until = time.monotonic() + 60
    while pids.find(house.place.state / "pids", "supervisor") and time.monotonic() < until:
        time.sleep(0.2)
    known = house.status()
    assert not known["web"]["running"]
    assert not known["worker"]["running"]
    log = (house.place.logs / "supervisor.log").read_text()
    assert "worker ended with code -9" in log


def test_after_a_killed_launcher_it_opens_again(house: House) -> None:
    assert house.up().returncode == 0
    os.kill(int(str(json.loads((house.place.state / "pids" / "supervisor.json").read_text())["pid"])), signal.SIGKILL)
    done = house.up()
    assert done.returncode == 0, done.stderr
    assert house.page()[0] < 400


def test_it_closes_everything_it_opened(house: House) -> None:
    running = [house.status()[part]["pid"] for part in ("web", "worker")]
    done = house("down")
    assert done.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in running)
    assert not any(house.status()[part]["running"] for part in ("cluster", "web", "worker"))
    assert "Nothing was running" in house("down").stderr
