"""A backup or a restoration that breaks half-way leaves nothing that looks whole, and works when it is repeated."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests import house
from tests.restore import drill
from tests.sizes import PROVE

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not PROVE, reason="minutes: bin/yakusho prove")]
FULL = ("unshare", "--mount", "--propagation", "private", "sh", "-c")


@pytest.fixture(scope="module")
def act():
    with tempfile.TemporaryDirectory(prefix="yakusho-restore-", dir="/tmp") as made, drill.drill(Path(made)) as found:
        found.rig.one(found.rig.prepare("resident_records.move_in") | {"name": "first"})
        found.settle()
        found.backup().must()
        yield found


def started(act, *words):
    """The command, under way in a group of its own."""
    command = [sys.executable, str(house.ROOT / "bin" / "yakusho"), *map(str, words)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    return subprocess.Popen(command, env=act.environ(), cwd=house.ROOT, **quiet)


def killed_after(act, seconds, *words):
    """kill -9 of the command and all its children that far into its work; was it still at it?"""
    running = started(act, *words)
    time.sleep(seconds)
    alive = running.poll() is None
    if alive:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    return alive


def listed(act):
    return act.command("backup", "--list").must().text.splitlines()


@pytest.mark.parametrize("seconds", [0.6, 1.2, 1.8, 2.4, 3.2])
def test_a_killed_backup_is_none_and_the_next_one_is_whole(act, seconds):
    before = [line for line in listed(act) if "rows" in line]
    killed = killed_after(act, seconds, "backup")
    whole = [line for line in listed(act) if "rows" in line]
    assert whole == before or not killed or len(whole) == len(before) + 1
    act.backup().must()
    assert len([line for line in listed(act) if "rows" in line]) == len(whole) + 1
    assert list(act.depot.glob("*.draft")) == []
    assert not (act.city.cluster.root / "copy").exists()


@pytest.mark.parametrize("seconds", [0.5, 1.5, 3.0, 5.0])
def test_a_killed_restoration_leaves_no_city_and_the_next_one_works(act, seconds):
    into = act.folder / f"again-{seconds}"
    words = ["restore", act.depot, "--into", into, "--keys", act.keys, "--passphrase", act.word]
    assert not killed_after(act, seconds, *words) or not into.exists()
    try:
        if not into.exists():
            act.restore(into).must()
        assert drill.told(into)["rows"] > 0
        assert not into.with_name(f"{into.name}.draft").exists()
    finally:
        drill.discard(into)


def test_only_the_wanted_number_is_kept_and_the_rest_can_be_restored(act):
    act.backup("--keep", 2).must()
    kept = [line.split()[0] for line in listed(act) if "rows" in line]
    assert len(kept) == 2
    into = act.folder / "oldest"
    try:
        act.restore(into, depot=act.depot / kept[0]).must()
        assert drill.told(into)["backup"] == kept[0]
    finally:
        drill.discard(into)


def small_disk(act, folder, *words, size="3m"):
    """The command in a world of its own where this folder has only so much room; what it said and left there."""
    command = " ".join(map(str, ["exec", sys.executable, house.ROOT / "bin" / "yakusho", *words]))
    script = (
        f"mount -t tmpfs -o size={size} none {folder} && {{ cp -a {folder}-was/. {folder}/ 2>/dev/null; {command}; }}"
    )
    return subprocess.run([*FULL, script], env=act.environ(), capture_output=True, text=True, cwd=house.ROOT)


@pytest.fixture
def mounting():
    probe = [*FULL, "mount -t tmpfs none /mnt"]
    if os.geteuid() or subprocess.run(probe, capture_output=True).returncode:
        pytest.skip("a full volume is made with mount(8), which only root may do")


@pytest.mark.usefixtures("mounting")
def test_a_full_depot_is_said_and_leaves_the_old_backups(act):
    was = act.depot.with_name("depot-was")
    shutil.copytree(act.depot, was, ignore=shutil.ignore_patterns("*T*Z", "wal"))
    before = listed(act)
    done = small_disk(act, act.depot, "backup")
    assert done.returncode == 1
    assert "ディスクがいっぱいです" in done.stderr
    assert "The disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert listed(act)[: len(before) - 1] == before[:-1]
    act.backup().must()


@pytest.mark.usefixtures("mounting")
def test_a_full_disk_while_restoring_is_said_and_leaves_nothing(act):
    top = act.folder / "small"
    top.mkdir()
    words = ["restore", act.depot, "--into", top / "city", "--keys", act.keys, "--passphrase", act.word]
    done = small_disk(act, top, *words, size="30m")
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(top.iterdir()) == []


def test_a_depot_that_is_not_mounted_is_not_filled(act):
    away = act.depot.with_name("away")
    act.depot.rename(away)
    act.depot.mkdir()
    try:
        told = act.backup()
        assert (told.code, "not mounted" in told.text) == (1, True)
        told = act.command("backup", "--carry")
        assert (told.code, "not mounted" in told.text) == (1, True)
        assert list(act.depot.iterdir()) == []
    finally:
        act.depot.rmdir()
        away.rename(act.depot)
    assert act.command("backup", "--carry").must().code == 0
