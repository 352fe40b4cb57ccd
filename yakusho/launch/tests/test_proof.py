"""The scoreboard: what tests measured, failures included."""

import json
from pathlib import Path
from typing import Any

import pytest

from yakusho.launch import proof
from yakusho.launch.place import Place

REPORT = """<testsuites><testsuite name="pytest">
<testcase classname="tests.stress.test_papers" name="a" time="1.25">
<properties><property name="papers" value="2000"/><property name="wrong" value="0"/></properties></testcase>
<testcase classname="tests.stress.test_papers" name="b" time="0.58"><failure message="m">no</failure></testcase>
<testcase classname="tests.faults.test_kill" name="c" time="2"><skipped message="no faketime"/></testcase>
<testcase classname="tests.faults.test_kill" name="d" time="2"><error message="m">no</error></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def home(place: Place) -> Path:
    for folder in ("tests/stress", "tests/faults", "docs"):
        (place.home / folder).mkdir(parents=True)
    place.state.mkdir(parents=True, exist_ok=True)
    return place.home


def prove(place: Place, *, long: bool = False, seed: int | None = 7, report: str = REPORT, code: int = 1) -> list[Any]:
    """Prove with a stand-in for pytest; returns what it was called with."""
    calls: list[Any] = []

    def call(command: list[str], *, env: dict[str, str], **_more: object) -> int:
        calls.append((command, env))
        if report:
            (place.state / "proof.xml").write_text(report, "utf-8")
        return code

    assert proof.run(place, {"A": "1"}, long=long, seed=seed, call=call) == code
    return calls


def board(home: Path) -> dict[str, Any]:
    known = json.loads((home / "proof" / "scoreboard.json").read_text("utf-8"))
    assert isinstance(known, dict)
    return known


def test_every_file_has_its_cases_failures_and_figures(place: Place, home: Path) -> None:
    prove(place)
    faults, papers = board(home)["proofs"]
    assert (papers["proof"], papers["cases"], papers["failed"], papers["seconds"]) == ("stress.test_papers", 2, 1, 1.8)
    assert papers["figures"] == {"papers": "2000", "wrong": "0"}
    assert (faults["cases"], faults["failed"], faults["skipped"]) == (2, 1, 1)


def test_seed_length_and_outcome_are_on_record(place: Place, home: Path) -> None:
    ((_command, env),) = prove(place, long=True, seed=7)
    assert (env["YAKUSHO_SEED"], env["YAKUSHO_LONG"], env["A"]) == ("7", "1", "1")
    assert {name: board(home)[name] for name in ("seed", "long", "code")} == {"seed": 7, "long": True, "code": 1}


def test_without_a_seed_one_is_drawn_and_told(place: Place, home: Path) -> None:
    ((_command, env),) = prove(place, seed=None)
    assert board(home)["seed"] == int(env["YAKUSHO_SEED"])
    assert "YAKUSHO_LONG" not in env


def test_only_the_folders_that_are_here_are_proved(place: Place, home: Path) -> None:
    ((command, _env),) = prove(place)
    assert [word for word in command if word.startswith("tests/")] == ["tests/stress", "tests/faults"]


def test_the_page_shows_failures_too(place: Place, home: Path) -> None:
    prove(place, long=True)
    page = (home / "docs" / "proof.md").read_text("utf-8")
    assert "| stress.test_papers | 2 | 1 | 0 | 1.8 | papers 2000, wrong 0 |" in page
    assert "prove --long" in page


def test_a_run_that_broke_off_leaves_no_old_scores(place: Place, home: Path) -> None:
    prove(place)
    prove(place, report="", code=4)
    assert (board(home)["proofs"], board(home)["code"]) == ([], 4)
