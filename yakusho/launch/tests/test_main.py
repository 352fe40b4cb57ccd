"""The verbs, with the machine behind them played."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import pytest

from yakusho.launch import cluster as pg
from yakusho.launch import main as launcher
from yakusho.launch import opening, preparation, production, serve, setup
from yakusho.launch.main import main
from yakusho.launch.place import Place
from yakusho.launch.process import OURSELVES
from yakusho.launch.say import Stop


class Played:
    """What the set-up was asked for, in order."""

    def __init__(self, place: Place) -> None:
        self.steps: list[Any] = []
        self.cluster = pg.Cluster(place.state / "pg", Path("/s"), OURSELVES, Path("/nowhere"))
        self.started = True

    def tools(self, place: Place, *, dev: bool = False) -> None:
        self.steps.append(("tools", dev))

    def open_database(self, place: Place, **_: Any) -> tuple[pg.Cluster, bool]:
        self.steps.append("database")
        return self.cluster, self.started

    def fill(self, place: Place, cluster: pg.Cluster, wish: preparation.Wish | None) -> None:
        self.steps.append(("fill", wish))

    def stop(self, cluster: pg.Cluster) -> bool:
        self.steps.append("stop")
        return True


@pytest.fixture
def played(place: Place, monkeypatch: pytest.MonkeyPatch) -> Played:
    made = Played(place)
    (place.data / "cities" / "morioka").mkdir(parents=True)
    (place.data / "cities" / "morioka" / "city.toml").write_text("sample = true\n")
    monkeypatch.setattr(launcher, "find", lambda _: place)
    for name in ("tools", "open_database", "fill"):
        monkeypatch.setattr(setup, name, getattr(made, name))
    monkeypatch.setattr(pg, "stop", made.stop)
    monkeypatch.setattr(preparation, "translations", lambda _: made.steps.append("translations"))
    monkeypatch.setattr(preparation, "mark_sample", lambda *_: made.steps.append("mark"))
    monkeypatch.setattr(preparation, "command_file", lambda name: Path(name) if name in {"do", "city"} else None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return made


@pytest.fixture
def replaced(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The program that would have taken our place, with its database user."""
    seen: list[Any] = []

    def execv(program: Path, words: list[str]) -> None:
        seen.extend([words[1:], os.environ["YAKUSHO_DB_USER"]])
        raise SystemExit(0)

    monkeypatch.setattr(os, "execv", execv)
    return seen


def test_without_words_the_help_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    page = capsys.readouterr().out
    assert main(["help"]) == main(["--help"]) == 0
    assert page.startswith("役所 Yakusho")


def test_the_help_page_shows_the_verbs_this_house_has(
    played: Played, place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["help"]) == 0
    page = capsys.readouterr().out
    assert "bin/yakusho do ACTION" in page
    assert "bin/yakusho ask" not in page
    wheel = Place(place.home, place.state, place.data, place.city, checkout=False)
    monkeypatch.setattr(launcher, "find", lambda _: wheel)
    assert main(["help"]) == 0
    assert "bin/" not in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["fly", "../do", "do.py", ""])
def test_an_unknown_verb_is_a_sentence_and_2(played: Played, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "x"]) == 2
    told = capsys.readouterr()
    assert f"There is no command {verb!r}" in told.err
    assert told.out == ""
    assert played.steps == []


def test_a_verb_of_the_house_gets_its_words_untouched(played: Played, replaced: list[Any]) -> None:
    words = ["do", "resident_records.move_in", "--json", "-", "--as", "clerk1"]
    with pytest.raises(SystemExit):
        main(words)
    assert replaced == [["-m", "django", *words], "yakusho_app"]
    assert played.steps == [("tools", False), "database", ("fill", preparation.Wish())]


def test_building_the_city_is_the_owners_and_marks_it_first(played: Played, replaced: list[Any]) -> None:
    with pytest.raises(SystemExit):
        main(["city", "build", "--population", "100"])
    assert replaced == [["-m", "django", "city", "build", "--population", "100"], "yakusho_owner"]
    assert played.steps == [("tools", False), "database", ("fill", None), "mark"]


def test_a_stop_becomes_its_sentence_and_code(
    played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Stop("足りません / missing", 2)

    monkeypatch.setattr(setup, "tools", refuse)
    assert main(["up", "--port", "8123"]) == 2
    assert capsys.readouterr().err.endswith("足りません / missing\n")


def test_an_interruption_says_that_it_can_go_on(
    played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "open_database", interrupt)
    assert main(["env"]) == 130
    assert "run it again to go on" in capsys.readouterr().err


def test_env_is_read_by_a_shell(played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["env"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "export YAKUSHO_DB_HOST=/s" in lines
    assert all(line.startswith("export ") for line in lines)


def test_tests_get_their_parts_and_stop_only_what_they_started(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher.suite, "run", lambda *_: 5)
    assert main(["test"]) == 5
    assert played.steps == [("tools", True), "database", "translations", "stop"]
    played.started = False
    played.steps.clear()
    assert main(["test", "-k", "x"]) == 5
    assert "stop" not in played.steps


def test_a_wheel_has_no_tests(played: Played, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = Place(place.home, place.state, place.data, place.city, checkout=False)
    monkeypatch.setattr(launcher, "find", lambda _: wheel)
    assert main(["test"]) == 2


def test_an_unknown_benchmark_names_those_there_are(
    played: Played, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.data / "benchmarks").mkdir()
    (place.data / "benchmarks" / "search.py").write_text("raise SystemExit(3)")
    assert main(["bench", "speed"]) == 2
    assert "there are: search" in capsys.readouterr().err
    assert played.steps == []


def test_a_benchmark_gets_its_sizes(played: Played, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.data / "benchmarks").mkdir()
    (place.data / "benchmarks" / "search.py").write_text("")
    calls: list[list[str]] = []
    monkeypatch.setattr(launcher.subprocess, "call", lambda command, **_: calls.append(command) or 0)
    assert main(["bench", "search", "10", "20"]) == 0
    assert [command[2:] for command in calls] == [["10", "20"]]


def test_secrets_are_made_on_demand(place: Place, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["secrets"]) == 0
    assert "Made: db_superuser" in capsys.readouterr().err
    assert main(["secrets"]) == 0
    assert "None is missing" in capsys.readouterr().err


def test_down_where_nothing_runs(place: Place, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    place.state.rename(place.home / "gone")
    assert main(["down"]) == 0
    assert "Nothing was running" in capsys.readouterr().err


def test_status_of_a_house_that_was_never_opened(
    place: Place, played: Played, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--json"]) == 0
    known = json.loads(capsys.readouterr().out)
    parts = {"version", "city", "home", "state", "port", "cluster", "database", "web", "worker", "backup"}
    assert set(known) == parts
    assert known["backup"] == {"last": None, "waiting": None}
    assert (known["version"], known["city"], known["port"]) == ("9.8.7", "morioka", None)
    assert not any(known[part]["running"] for part in ("cluster", "web", "worker"))
    assert known["database"]["ready"] is False
    assert main(["status"]) == 0
    assert "web: 停止 stopped" in capsys.readouterr().out


def options(**words: Any) -> argparse.Namespace:
    return argparse.Namespace(
        **{"port": 8123, "population": None, "seed": None, "background": False, "production": False, **words}
    )


def test_production_is_refused_before_anything_is_made(
    played: Played, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["up", "--production"]) == 2
    told = capsys.readouterr().err
    assert all(word in told for word in ("sample = true", "TLS", "YAKUSHO_HOST", "django_key: missing"))
    assert played.steps == []
    assert list(place.secrets.iterdir()) == []


def test_production_opens_when_nothing_speaks_against_it(
    played: Played, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(production, "refusals", lambda *_, **__: [])
    monkeypatch.setattr(serve, "free", lambda _: True)
    monkeypatch.setattr(serve, "supervise", lambda *_, **__: 0)
    assert opening.up(place, options(production=True)) == 0
    assert os.environ["YAKUSHO_PRODUCTION"] == "1"


def test_a_taken_port_is_told_before_the_set_up(
    played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "free", lambda _: False)
    assert main(["up"]) == 1
    assert "Port 8000 is in use" in capsys.readouterr().err
    assert played.steps == []


def test_a_house_on_another_port_is_told(
    played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "running", lambda _: {"port": 9000, "url": "http://localhost:9000/"})
    assert main(["up"]) == 1
    assert "already runs on http://localhost:9000/" in capsys.readouterr().err


def test_a_second_up_only_greets(
    played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "running", lambda _: {"port": 8000, "url": "http://localhost:8000/"})
    monkeypatch.setattr(serve, "supervise", lambda *_, **__: pytest.fail("started twice"))
    assert main(["up"]) == 0
    told = capsys.readouterr()
    assert "already running" in told.err
    assert "The city hall is open: http://localhost:8000/" in told.out


def test_up_stops_the_database_that_it_started(place: Place, played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "free", lambda _: True)
    monkeypatch.setattr(serve, "supervise", lambda *_, **__: 1)
    assert opening.up(place, options(population=50)) == 1
    assert played.steps == [("tools", False), "database", ("fill", preparation.Wish(50, None)), "stop"]


def test_in_the_background_the_database_stays(
    place: Place, played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "free", lambda _: True)
    monkeypatch.setattr(serve, "detach", lambda *_: None)
    monkeypatch.setattr(preparation, "command_file", lambda _: Path("signins.py"))
    monkeypatch.setattr(preparation, "manage", lambda *_: "職員 clerk1\n")
    assert opening.up(place, options(background=True)) == 0
    assert "stop" not in played.steps
    assert capsys.readouterr().out.endswith("職員 clerk1\n")


def test_a_real_city_shows_no_sign_ins(place: Place, played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.data / "cities" / "morioka" / "city.toml").write_text("sample = false\n")
    monkeypatch.setattr(preparation, "command_file", lambda _: Path("signins.py"))
    monkeypatch.setattr(preparation, "manage", lambda *_: pytest.fail("sign-ins of a real city"))
    assert opening.welcome(place, played.cluster, serve.Serving(port=1)) == 0


def test_a_list_of_sign_ins_that_fails_does_not_close_the_house(
    place: Place, played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> str:
        raise Stop("一覧がありません / no list")

    monkeypatch.setattr(preparation, "command_file", lambda _: Path("signins.py"))
    monkeypatch.setattr(preparation, "manage", fail)
    assert opening.welcome(place, played.cluster, serve.Serving(port=8123)) == 0
    told = capsys.readouterr()
    assert "http://localhost:8123/" in told.out
    assert "no list" in told.err
