"""The scoreboard: what tests measured, failures included."""

import json
from pathlib import Path
from typing import Any

import pytest

from yakusho.launch import proof
from yakusho.launch.place import Place
from yakusho.launch.say import Stop

REPORT = """<testsuites><testsuite name="pytest">
<testcase classname="tests.stress.test_papers" name="a" time="1.25">
<properties><property name="papers" value="2000"/><property name="wrong" value="0"/>
<property name="engine" value="one"/></properties></testcase>
<testcase classname="tests.stress.test_papers" name="b" time="0.58"><failure message="m">no</failure>
<properties><property name="papers" value="7"/><property name="engine" value="two"/></properties></testcase>
<testcase classname="tests.faults.test_kill" name="c" time="2"><skipped message="no faketime"/></testcase>
<testcase classname="tests.faults.test_kill" name="d" time="2"><error message="m">no</error></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def home(place: Place) -> Path:
    for folder in ("tests/stress", "tests/faults", "docs"):
        (place.home / folder).mkdir(parents=True)
    place.state.mkdir(parents=True, exist_ok=True)
    return place.home


def prove(
    place: Place, *parts: str, long: bool = False, seed: int | None = 7, report: str = REPORT, code: int = 1
) -> list[Any]:
    """Prove with a stand-in for pytest; returns what it was called with."""
    calls: list[Any] = []

    def call(command: list[str], *, env: dict[str, str], **_more: object) -> int:
        calls.append((command, env))
        if report:
            (place.state / "proof.xml").write_text(report, "utf-8")
        return code

    assert proof.run(place, {"A": "1"}, proof.Order(parts, long, seed), call=call) == code
    return calls


def board(home: Path) -> list[dict[str, Any]]:
    known = json.loads((home / "proof" / "scoreboard.json").read_text("utf-8"))["proofs"]
    assert isinstance(known, list)
    return known


def test_every_file_has_its_cases_failures_and_figures(place: Place, home: Path) -> None:
    prove(place)
    faults, papers = board(home)
    assert (papers["proof"], papers["cases"], papers["failed"], papers["seconds"]) == ("stress.test_papers", 2, 1, 1.8)
    assert papers["figures"] == {"papers": "2007", "wrong": "0", "engine": "two"}
    assert (faults["cases"], faults["failed"], faults["skipped"]) == (2, 1, 1)


def test_seed_length_and_commit_are_on_record(place: Place, home: Path) -> None:
    ((_command, env),) = prove(place, long=True, seed=7)
    assert (env["YAKUSHO_SEED"], env["YAKUSHO_LONG"], env["A"]) == ("7", "1", "1")
    assert {(row["seed"], row["long"], row["commit"]) for row in board(home)} == {(7, True, "-")}


def test_without_a_seed_one_is_drawn_and_told(place: Place, home: Path) -> None:
    ((_command, env),) = prove(place, seed=None)
    assert {row["seed"] for row in board(home)} == {int(env["YAKUSHO_SEED"])}
    assert "YAKUSHO_LONG" not in env


def test_only_the_folders_that_are_here_are_proved(place: Place, home: Path) -> None:
    ((command, _env),) = prove(place)
    assert [word for word in command if word.startswith("tests/")] == ["tests/stress", "tests/faults"]


def test_the_page_shows_failures_too(place: Place, home: Path) -> None:
    prove(place, long=True)
    page = (home / "docs" / "proof.md").read_text("utf-8")
    day = board(home)[0]["begun"][:10]
    assert f"| stress.test_papers | 2 | 1 | 0 | 1.8 | 7 | - | {day} | papers 2007, wrong 0, engine two |" in page
    assert page.index("Not run yet.") < page.index("## prove --long") < page.index("stress.test_papers")


def test_a_part_that_is_run_again_replaces_its_own_rows_alone(place: Place, home: Path) -> None:
    prove(place)
    prove(place, long=True)
    ((command, _env),) = prove(
        place, "stress", seed=8, report=REPORT.replace("tests.faults.test_kill", "tests.stress.test_new")
    )
    assert [word for word in command if word.startswith("tests/")] == ["tests/stress"]
    assert [(row["proof"], row["long"], row["seed"]) for row in board(home)] == [
        ("faults.test_kill", False, 7),
        ("stress.test_new", False, 8),
        ("stress.test_papers", False, 8),
        ("faults.test_kill", True, 7),
        ("stress.test_papers", True, 7),
    ]


def test_a_run_that_broke_off_stands_as_failed(place: Place, home: Path) -> None:
    prove(place)
    prove(place, "faults", report="", code=4)
    rows = {row["proof"]: (row["cases"], row["failed"]) for row in board(home)}
    assert rows == {"faults": (0, 1), "stress.test_papers": (2, 1)}
    prove(place, "faults")
    assert "faults" not in {row["proof"] for row in board(home)}


def test_a_part_that_is_not_there_is_refused(place: Place, home: Path) -> None:
    with pytest.raises(Stop, match="There is no such proof; there are: stress"):
        prove(place, "stres")
    assert not (home / "proof").exists()
