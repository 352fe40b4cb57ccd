"""A new room is one folder, edits no existing file, and keeps every rule from its first minute."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.fitness import tree
from yakusho.kit.refusal import Refusal
from yakusho.web.new_system import NewSystem

ROOM = ("city", "dog_register", "犬の登録", "Dog register")


@pytest.fixture
def copy(tmp_path):
    """The repository as it is, elsewhere."""
    for path in tree.committed():
        target = tmp_path / tree.name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    (tmp_path / "node_modules").symlink_to(tree.ROOT / "node_modules")
    return tmp_path


def run(folder, *command):
    state = os.environ.get("YAKUSHO_STATE", str(tree.ROOT / "var"))
    env = os.environ | {"YAKUSHO_STATE": state, "PYTHONPATH": str(folder), "YAKUSHO_HOME": str(folder)}
    env |= {"DJANGO_SETTINGS_MODULE": "yakusho.web.settings"}
    env = {name: value for name, value in env.items() if not name.startswith(("PYTEST", "COV_"))}
    return subprocess.run([sys.executable, *command], cwd=folder, env=env, capture_output=True, text=True)


@pytest.mark.slow
def test_a_new_room_passes_everything_that_guards_the_house(copy):
    before = {path: path.read_bytes() for path in copy.rglob("*.py") if "node_modules" not in path.parts}
    made = run(copy, "-m", "django", "new_system", *ROOM)
    assert made.returncode == 0, made.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert "dog_register/apps.py" in made.stdout
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    for check in (
        ("ruff", "check", "yakusho/systems"),
        ("ruff", "format", "--check", "yakusho/systems/city/dog_register"),
    ):
        done = run(copy, "-m", *check)
        assert done.returncode == 0, done.stdout + done.stderr
    linted = run(copy, "-c", "from importlinter.cli import lint_imports_command as run; run()")
    assert linted.returncode == 0, linted.stdout[-2000:]
    fitness = ("tests/fitness/test_shape.py", "tests/fitness/test_doors.py")
    tested = run(copy, "-m", "pytest", "-q", "-p", "no:xdist", "yakusho/systems/city/dog_register", *fitness)
    assert tested.returncode == 0, tested.stdout[-3000:]
    assert "passed" in tested.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("town", "dog_register", "犬の登録", "Dogs"), "citizen・business・city"),
        (("city", "DogRegister", "犬の登録", "Dogs"), "英小文字"),
        (("city", "class", "犬の登録", "Dogs"), "英小文字"),
        (("city", "doors", "窓口", "Doors"), "もうあります"),
    ],
)
def test_a_room_that_would_break_the_house_is_refused(words, says):
    with pytest.raises(Refusal) as refused:
        NewSystem(*words).check(tree.HOUSE)
    assert says in refused.value.ja
