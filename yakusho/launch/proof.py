"""`prove`: the tests that attack the house, at length; their figures on a scoreboard, failures included."""

import json
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from yakusho.launch.place import Place
from yakusho.launch.say import line

PROOFS = (
    "stress",
    "mutants",
    "access",
    "hostile",
    "faults",
    "record",
    "restore",
    "asvs",
    "journeys/test_statements.py",
    "journeys/test_benchmarks.py",
)
PAGE = """\
# Proof

What `bin/yakusho prove{long}` found on {begun}, at commit {commit}, seed {seed}, in {seconds} s.
`--long` runs each of these at length. A figure stands as the test measured it; nothing is left out.

| proof | cases | failed | skipped | seconds | figures |
|---|--:|--:|--:|--:|---|
{rows}
"""


@dataclass
class Score:
    """What one file of tests came to."""

    proof: str
    cases: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    figures: dict[str, str] = field(default_factory=dict)


def run(
    place: Place, env: dict[str, str], *, long: bool, seed: int | None, call: Callable[..., int] = subprocess.call
) -> int:
    """Run the proofs, then write `proof/scoreboard.json` and `docs/proof.md`; pytest's code."""
    chosen = secrets.randbelow(2**31) if seed is None else seed
    report = place.state / "proof.xml"
    report.unlink(missing_ok=True)
    settings = {**os.environ, **env, "DJANGO_ALLOW_ASYNC_UNSAFE": "1", "YAKUSHO_PROVE": "1"}
    settings |= {"YAKUSHO_SEED": str(chosen)} | ({"YAKUSHO_LONG": "1"} if long else {})
    begun, clock = datetime.now(UTC), time.monotonic()
    line(f"・証明 proofs, seed {chosen} …")
    code = call(pytest(place, report), env=settings, cwd=place.home, stdin=subprocess.DEVNULL)
    scores = sorted(read(report), key=lambda score: score.proof) if report.exists() else []
    facts = {
        "begun": begun.isoformat(timespec="seconds"),
        "commit": commit(place.home),
        "seed": chosen,
        "long": long,
        "seconds": round(time.monotonic() - clock),
        "code": code,
        "proofs": [asdict(score) for score in scores],
    }
    write(place.home, facts, scores)
    return code


def pytest(place: Place, report: Path) -> list[str]:
    """The proofs that this checkout has, in two processes, with a report of every test."""
    paths = [f"tests/{name}" for name in PROOFS if (place.home / "tests" / name).exists()]
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return [str(place.python), "-m", "pytest", *spread, f"--junitxml={report}", *paths]


def read(report: Path) -> Iterator[Score]:
    """Scores by file, from pytest's report; figures are what tests recorded as properties."""
    found: dict[str, Score] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("classname", "").removeprefix("tests.")
        score = found.setdefault(name, Score(name))
        score.cases += 1
        score.failed += case.find("failure") is not None or case.find("error") is not None
        score.skipped += case.find("skipped") is not None
        score.seconds += float(case.get("time", "0"))
        score.figures |= {one.get("name", ""): one.get("value", "") for one in case.iter("property")}
    for score in found.values():
        score.seconds = round(score.seconds, 1)
        yield score


def write(home: Path, facts: dict[str, object], scores: list[Score]) -> None:
    """The scoreboard for programs, and the page for people."""
    (home / "proof").mkdir(exist_ok=True)
    text = json.dumps(facts, ensure_ascii=False, indent=2)
    (home / "proof" / "scoreboard.json").write_text(f"{text}\n", "utf-8")
    rows = "\n".join(_row(score) for score in scores)
    page = PAGE.format(**facts | {"long": " --long" if facts["long"] else "", "rows": rows})
    (home / "docs" / "proof.md").write_text(page, "utf-8")


def _row(score: Score) -> str:
    figures = ", ".join(f"{name} {value}" for name, value in score.figures.items())
    return f"| {score.proof} | {score.cases} | {score.failed} | {score.skipped} | {score.seconds} | {figures} |"


def commit(home: Path) -> str:
    """Of the checkout; marked where files differ from it."""
    known = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=home, capture_output=True, text=True
    )
    return known.stdout.strip() or "-"
