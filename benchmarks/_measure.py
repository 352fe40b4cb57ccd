"""What all benchmarks share: scratch cities, interleaved timing, processor time of others, and one way to print.

Every benchmark prints its own figure, a peer's or a bound's from the same run, their ratio, and how both grow with size.
Wall time depends on what else the machine does; ratios of interleaved runs and processor time hardly do.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yakusho.web.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from tests import house  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
Row = Sequence[object]


def sizes(standard: Sequence[int], *, long: int = 0) -> list[int]:
    """The sizes asked for on the command line; else the standard ones, and with --long one more."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*")
    parser.add_argument("--long", action="store_true")
    asked = parser.parse_args()
    return asked.sizes or [*standard, *([long] if asked.long and long else [])]


@contextmanager
def city(population: int, *, name: str = "bench") -> Iterator[str]:
    """A scratch city of that size, to which this process is connected as the application; gone afterwards."""
    database = house.clone(f"{name}_{os.getpid()}_{population}", lasting=True)
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        if population:
            house.manage("city", "build", "--population", str(population), database=database)
        yield database
    finally:
        connection.close()
        house.drop(database)


def interleaved(acts: Mapping[str, Callable[[int], object]], rounds: int, *, warm: int = 20) -> dict[str, list[float]]:
    """Milliseconds of each act, sorted; A B C A B C … so that a busy minute hits all of them alike."""
    spent: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(-min(warm, rounds), rounds):
        for name, act in acts.items():
            begun = time.perf_counter()
            act(turn)
            if turn >= 0:
                spent[name].append((time.perf_counter() - begun) * 1000)
    return {name: sorted(times) for name, times in spent.items()}


def share(times: Sequence[float], part: float) -> float:
    """A percentile of sorted times."""
    return times[min(int(len(times) * part), len(times) - 1)]


def effort(act: Callable[[int], object], rounds: int) -> float:
    """Milliseconds of processor time of one act: this process and its database session together."""
    connection.ensure_connection()
    session = connection.connection.info.backend_pid
    before = time.process_time() + seconds(session)
    for turn in range(rounds):
        act(turn)
    return (time.process_time() + seconds(session) - before) / rounds * 1000


def processor(*, pid: int | None = None, words: str = "") -> float:
    """Seconds of processor time of one process, or of all whose command line contains some words."""
    return sum(seconds(one) for one in ([pid] if pid else saying(words)))


def saying(words: str) -> list[int]:
    """Processes whose command line contains some words (a database session's names its user and database)."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if words in _said(path)]


def _said(process: Path) -> str:
    try:
        return (process / "cmdline").read_text("utf-8", "replace").replace("\0", " ")
    except OSError:
        return ""


def seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def table(title: str, headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Print one table: the first column to the left, figures to the right."""
    cells = [list(headings), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(headings))]
    print(f"\n{title}\n{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for first, *rest in cells:
        figures = (f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))
        print(" | ".join([f"{first:<{widths[0]}}", *figures]))


def _shown(cell: object) -> str:
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell >= 1000 else f"{cell:.1f}" if cell >= 10 else f"{cell:.2f}"
    return str(cell)


def growth(values: Sequence[float]) -> list[str]:
    """How many times more than at the first size."""
    return [f"x{value / values[0]:.2f}" for value in values]
