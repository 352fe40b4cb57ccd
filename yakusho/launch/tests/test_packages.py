"""The distribution's packages."""

import pytest

from yakusho.launch import packages
from yakusho.launch.say import Stop
from yakusho.launch.tests.conftest import Calls

ALL = "".join(f"{name} install ok installed\n" for name in (*packages.RUN, *packages.TEST, *packages.WELCOME))


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, calls: Calls) -> None:
    """A Debian machine with every package, nothing really run."""
    monkeypatch.setattr(packages, "run", calls)
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    calls.answer = lambda words: (0, ALL if words[0] == "dpkg-query" else "")


def without(*names: str) -> str:
    return "".join(f"{text}\n" for text in ALL.splitlines() if text.split()[0] not in names)


def test_nothing_is_installed_where_nothing_is_missing(calls: Calls) -> None:
    packages.ensure(dev=True, root=True)
    assert {words[0] for words in calls.commands} == {"dpkg-query"}


def test_the_browser_is_wanted_for_the_tests_only() -> None:
    assert "chromium" in packages.wanted(dev=True)
    assert "chromium" not in packages.wanted(dev=False)


def test_python_venv_is_wanted_only_where_python_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "python3-venv" not in packages.wanted(dev=False)
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert "python3-venv" in packages.wanted(dev=False)
    assert "python3-venv" not in packages.wanted(dev=False, checkout=False)


def test_without_root_one_line_for_the_administrator_and_2(calls: Calls) -> None:
    calls.answer = lambda _: (1, without("postgresql", "fonts-noto-cjk"))
    with pytest.raises(Stop) as stop:
        packages.ensure(dev=False, root=False)
    assert stop.value.code == 2
    assert stop.value.message.splitlines()[-1] == (
        "apt-get update && apt-get install -y --no-install-recommends postgresql fonts-noto-cjk"
    )
    assert calls.find("apt-get") == []


def test_as_root_only_what_is_missing_is_installed(calls: Calls) -> None:
    calls.answer = lambda words: (0, without("postgresql-15-postgis-3") if words[0] == "dpkg-query" else "")
    packages.ensure(dev=False, root=True)
    steps = [" ".join(words) for words in calls.commands]
    assert steps[1] == "dpkg --configure -a"
    assert steps[2].endswith("update")
    assert steps[3].endswith("install -y --no-install-recommends postgresql-15-postgis-3")
    assert calls.settings[3]["DEBIAN_FRONTEND"] == "noninteractive"


def cannot(words: list[str]) -> tuple[int, str]:
    if "install" in words:
        raise Stop("no such package")
    return 0, without("faketime") if words[0] == "dpkg-query" else ""


def test_what_is_only_welcome_stops_nobody(calls: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    calls.answer = lambda words: (0, without("faketime")) if words[0] == "dpkg-query" else (0, "")
    packages.ensure(dev=True, root=False)
    assert calls.find("apt-get") == []
    packages.ensure(dev=True, root=True)
    assert [words[-1] for words in calls.find("install")] == ["faketime"]
    calls.answer = cannot
    packages.ensure(dev=True, root=True)
    assert "tests are skipped" in capsys.readouterr().err


@pytest.mark.parametrize("state", ["install ok half-configured", "install ok unpacked", "deinstall ok config-files"])
def test_a_half_installed_package_is_missing(calls: Calls, state: str) -> None:
    calls.answer = lambda _: (0, without("postgresql") + f"postgresql {state}\n")
    assert packages.missing(packages.RUN) == ["postgresql"]


def test_old_lists_are_used_when_new_ones_cannot_be_had(calls: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    calls.answer = lambda words: (100, "") if "update" in words else (0, "")
    packages.ensure(dev=False, root=True)
    assert len(calls.find("install")) == 1
    assert "going on with the old lists" in capsys.readouterr().err


def test_another_distribution_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.shutil, "which", lambda _: None)
    with pytest.raises(Stop, match=r"Debian 12.*postgresql-15-postgis-3") as stop:
        packages.ensure(dev=False, root=True)
    assert stop.value.code == 2
