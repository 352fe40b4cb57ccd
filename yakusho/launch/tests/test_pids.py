"""Which processes are ours."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yakusho.launch import pids

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"]) as child:
        yield child
        child.kill()


def test_a_living_process_is_found_with_its_facts(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    pids.note(tmp_path, "web", sleeper.pid, port=8123)
    found = pids.find(tmp_path, "web") or {}
    assert (found["pid"], found["port"]) == (sleeper.pid, 8123)


def test_nothing_is_found_where_nothing_was_noted(tmp_path: Path) -> None:
    assert pids.find(tmp_path / "none", "web") is None


def test_a_dead_process_is_not_found_not_even_its_remains(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    pids.note(tmp_path, "web", sleeper.pid)
    os.kill(sleeper.pid, signal.SIGKILL)
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert pids.find(tmp_path, "web") is None


def test_a_number_that_was_given_to_another_process_is_not_ours(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    pids.note(tmp_path, "web", sleeper.pid)
    known = json.loads((tmp_path / "web.json").read_text())
    (tmp_path / "web.json").write_text(json.dumps({**known, "born": "another boot 1"}))
    assert pids.find(tmp_path, "web") is None
    assert pids.end(tmp_path, "web") is False
    assert sleeper.poll() is None


@pytest.mark.parametrize("text", ["", "{", '{"pid": 0, "born": ""}'])
def test_a_torn_note_is_no_note(tmp_path: Path, text: str) -> None:
    (tmp_path / "web.json").write_text(text)
    assert pids.find(tmp_path, "web") is None


def test_a_note_of_a_process_that_was_gone_already_finds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as child:
        child.wait()
    pids.note(tmp_path, "web", child.pid)
    assert pids.find(tmp_path, "web") is None


def test_ending_asks_politely_and_forgets(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    pids.note(tmp_path, "web", sleeper.pid)
    assert pids.end(tmp_path, "web", seconds=5) is True
    assert sleeper.wait(5) == -signal.SIGTERM
    assert pids.end(tmp_path, "web") is False
    assert list(tmp_path.iterdir()) == []


def test_ending_insists_after_a_while(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"up\n"
        pids.note(tmp_path, "worker", child.pid)
        assert pids.end(tmp_path, "worker", seconds=0.3) is True
        assert child.wait(5) == -signal.SIGKILL
