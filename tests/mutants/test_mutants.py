"""Each real incident of a real city, put back as a bug into a copy of our code: the tests that it names must find it."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fitness import tree
from tests.sizes import PROVE
from yakusho.blocks.pages import catalogs

PATCHES = sorted(Path(__file__).parent.glob("*.patch"))
FEW = 6
NURSERY = str(Path(__file__).with_name("nursery.py"))
LINE = re.compile(r"^(Incident|Source|Bug|Killed-by): (.+)$", re.MULTILINE)
SEED = int(os.environ.get("YAKUSHO_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
pytestmark = pytest.mark.mutants


def told(patch, word):
    """What the head of a patch says under this word."""
    head = patch.read_text("utf-8").partition("\n--- ")[0]
    return [text for found, text in LINE.findall(head) if found == word]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The repository as it is, elsewhere; database, fonts and packages are those of the house."""
    folder = tmp_path_factory.mktemp("mutants")
    for path in tree.committed():
        target = folder / tree.name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    catalogs.compile_stale(folder / "yakusho")  # or every test of a language fails, bug or not
    (folder / "node_modules").symlink_to(tree.ROOT / "node_modules")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def run(copy, tmp_path_factory):
    """`run(tests)`: the named tests, in a process of their own that knows the copy only; its code and what it said."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    state = os.environ.get("YAKUSHO_STATE", str(tree.ROOT / "var"))
    env |= {"YAKUSHO_STATE": state, "YAKUSHO_HOME": str(copy), "PYTHONPATH": str(copy)}
    env |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # a third of the time of so short a run is plugins
    said = tmp_path_factory.mktemp("said") / "said.txt"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    options = ["-q", "-x", "--no-header", "-p", "no:cacheprovider", "-p", "pytest_django.plugin"]
    with subprocess.Popen([sys.executable, NURSERY], cwd=copy, env=env, **pipes) as nursery:

        def run_tests(tests):
            nursery.stdin.write(json.dumps([[*options, *tests], str(said)]) + "\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline()), said.read_text("utf-8", "replace")

        yield run_tests
        nursery.stdin.close()


@contextmanager
def put_back(folder, patch):
    """The bug stands in the copy until the end of the block."""
    applied = subprocess.run(["git", "apply", str(patch)], cwd=folder, capture_output=True, text=True)
    assert applied.returncode == 0, f"stale: the code has moved on, write {patch.name} anew\n{applied.stderr}"
    try:
        yield
    finally:
        subprocess.run(["git", "apply", "--reverse", str(patch)], cwd=folder, check=True)


@pytest.fixture(scope="module")
def chosen():
    """All of them in a proof; in the fast run those that chance names, which YAKUSHO_SEED repeats."""
    sys.stdout.write(f"YAKUSHO_SEED={SEED}\n")
    return PATCHES if PROVE else random.Random(SEED).sample(PATCHES, FEW)


@pytest.mark.parametrize("place", range(len(PATCHES) if PROVE else FEW))
def test_the_incident_is_found(place, chosen, copy, run, record_property):
    patch = chosen[place]
    with put_back(copy, patch):
        code, said = run(told(patch, "Killed-by"))
    record_property("killed", int(code == 1))
    assert code == 1, f"it lives: {told(patch, 'Bug')}\n{said[-4000:]}"
    assert re.search(r"\b1 failed", said), f"no test failed by itself\n{said[-4000:]}"


@pytest.mark.skipif(not PROVE, reason="the suite around it runs the same tests without the bugs")
def test_without_the_bugs_the_same_tests_pass(run):
    named = list(dict.fromkeys(test for patch in PATCHES for test in told(patch, "Killed-by")))
    code, said = run(named)
    assert code == 0, said[-5000:]


def test_every_mutant_says_what_happened_and_what_finds_it():
    assert len(PATCHES) >= 14
    for patch in PATCHES:
        assert [len(told(patch, word)) for word in ("Incident", "Source", "Bug")] == [1, 1, 1], patch.name
        assert told(patch, "Killed-by"), patch.name
