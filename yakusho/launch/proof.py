"""`prove`: the tests that attack the house, at length; their figures on a scoreboard, failures included."""

import json
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from yakusho.launch.place import Place
from yakusho.launch.say import Stop, line

PROOFS = {
    "stress": "stress",
    "mutants": "mutants",
    "access": "access",
    "hostile": "hostile",
    "faults": "faults",
    "record": "record",
    "restore": "restore",
    "asvs": "asvs",
    "browser": "browser",
    "statements": "journeys/test_statements.py",
    "benchmarks": "journeys/test_benchmarks.py",
}
PAGE = """\
# Proof

What `bin/yakusho prove` and `prove --long` found: for each file of tests the last run of either, on a machine with two cores; a part is run
again by its name (`bin/yakusho prove stress --long --seed 7`). A figure stands as the test measured it; nothing is left out.

## prove

{short}

## prove --long

{long}
"""
HEAD = "| proof | cases | failed | skipped | seconds | seed | commit | day | figures |\n|---|--:|--:|--:|--:|--:|---|---|---|"


@dataclass(frozen=True)
class Score:
    """What one file of tests came to in one run."""

    proof: str
    long: bool = False
    begun: str = ""
    commit: str = ""
    seed: int = 0
    cases: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    figures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """Which parts, how long, and where chance begins."""

    parts: Sequence[str] = ()
    long: bool = False
    seed: int | None = None


def run(place: Place, env: dict[str, str], order: Order, *, call: Callable[..., int] = subprocess.call) -> int:
    """Run the proofs, then write `proof/scoreboard.json` and `docs/proof.md`; pytest's code."""
    paths = chosen(place, order.parts)
    seed = secrets.randbelow(2**31) if order.seed is None else order.seed
    report = place.state / "proof.xml"
    report.unlink(missing_ok=True)
    settings = {**os.environ, **env, "DJANGO_ALLOW_ASYNC_UNSAFE": "1", "YAKUSHO_PROVE": "1"}
    settings |= {"YAKUSHO_SEED": str(seed)} | ({"YAKUSHO_LONG": "1"} if order.long else {})
    begun, clock = datetime.now(UTC).isoformat(timespec="minutes"), time.monotonic()
    line(f"・証明 proofs, seed {seed} …")
    code = call(pytest(place, report, paths), env=settings, cwd=place.home, stdin=subprocess.DEVNULL)
    run = Score("", order.long, begun, commit(place.home), seed)
    broken = [replace(run, proof=_name(path), failed=1, seconds=round(time.monotonic() - clock, 1)) for path in paths]
    new = list(read(report, run)) if report.exists() else broken
    write(place.home, [*kept(place.home, paths, long=order.long), *new])
    return code


def chosen(place: Place, parts: Sequence[str]) -> list[str]:
    """The paths of these parts, or of all, that this checkout has."""
    if unknown := set(parts) - set(PROOFS):
        raise Stop(
            f"「{'、'.join(sorted(unknown))}」という証明はありません。 / There is no such proof; there are: {', '.join(PROOFS)}",
            2,
        )
    return [PROOFS[part] for part in parts or PROOFS if (place.home / "tests" / PROOFS[part]).exists()]


def pytest(place: Place, report: Path, paths: Iterable[str]) -> list[str]:
    """The proofs in two processes, with a report of every test."""
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return [str(place.python), "-m", "pytest", *spread, f"--junitxml={report}", *(f"tests/{path}" for path in paths)]


def read(report: Path, run: Score) -> Iterator[Score]:
    """Scores by file, from pytest's report; figures are what tests recorded as properties, whole numbers added up."""
    found: dict[str, list[ElementTree.Element]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        found.setdefault(case.get("classname", "").removeprefix("tests."), []).append(case)
    for name, cases in found.items():
        figures: dict[str, str] = {}
        for one in (one for case in cases for one in case.iter("property")):
            key, value = one.get("name", ""), one.get("value", "")
            known = figures.get(key, "0" if value.isdigit() else value)
            figures[key] = str(int(known) + int(value)) if known.isdigit() and value.isdigit() else value
        yield replace(
            run,
            proof=name,
            cases=len(cases),
            failed=sum(case.find("failure") is not None or case.find("error") is not None for case in cases),
            skipped=sum(case.find("skipped") is not None for case in cases),
            seconds=round(sum(float(case.get("time", "0")) for case in cases), 1),
            figures=figures,
        )


def kept(home: Path, paths: Sequence[str], *, long: bool) -> Iterator[Score]:
    """What stands on the board and was not run now."""
    board = home / "proof" / "scoreboard.json"
    names = tuple(_name(path) for path in paths)
    for row in json.loads(board.read_text("utf-8"))["proofs"] if board.exists() else []:
        score = Score(**row)
        now = any(score.proof == name or score.proof.startswith(f"{name}.") for name in names)
        if not now or score.long != long:
            yield score


def _name(path: str) -> str:
    """As pytest's report calls it."""
    return path.removesuffix(".py").replace("/", ".")


def write(home: Path, scores: Iterable[Score]) -> None:
    """The scoreboard for programs, and the page for people."""
    board = sorted(scores, key=lambda score: (score.long, score.proof))
    (home / "proof").mkdir(exist_ok=True)
    text = json.dumps({"proofs": [asdict(score) for score in board]}, ensure_ascii=False, indent=2)
    (home / "proof" / "scoreboard.json").write_text(f"{text}\n", "utf-8")
    tables = {name: _table(score for score in board if score.long is long) for name, long in LENGTHS.items()}
    (home / "docs" / "proof.md").write_text(PAGE.format(**tables), "utf-8")


LENGTHS = {"short": False, "long": True}


def _table(scores: Iterable[Score]) -> str:
    rows = [
        f"| {score.proof} | {score.cases} | {score.failed} | {score.skipped} | {score.seconds} | {score.seed} |"
        f" {score.commit} | {score.begun[:10]} | {', '.join(f'{name} {value}' for name, value in score.figures.items())} |"
        for score in scores
    ]
    return "\n".join([HEAD, *rows]) if rows else "Not run yet."


def commit(home: Path) -> str:
    """Of the checkout; marked where files differ from it."""
    known = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=home, capture_output=True, text=True
    )
    return known.stdout.strip() or "-"
