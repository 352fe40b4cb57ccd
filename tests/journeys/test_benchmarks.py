"""Each benchmark runs and prints its tables, at a size that shows nothing but that; those that serve pages, in a proof."""

import subprocess
import sys

import pytest

from tests import house
from tests.sizes import sized

FOLDER = house.ROOT / "benchmarks"
SMALL = {"papers": ["2"], "import_people": ["20"], "audit": ["50"]}
CITY = ["300"]
EVERY = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("name", sized(["papers"], EVERY))
def test_a_benchmark_prints_its_figures(name):
    command = [sys.executable, str(FOLDER / f"{name}.py"), *SMALL.get(name, CITY)]
    done = subprocess.run(command, cwd=house.ROOT, env=house.surroundings("none"), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if "|" in line]
    assert len(rows) >= 2
    assert any(character.isdigit() for character in rows[-1])
