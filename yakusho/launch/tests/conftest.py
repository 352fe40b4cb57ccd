"""Installations in temporary folders."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from yakusho.launch import cluster as pg
from yakusho.launch.place import Place, make_state


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty checkout."""
    home = tmp_path / "checkout"
    (home / "requirements").mkdir(parents=True)
    for name in ("run", "dev", "uv", "node"):
        (home / "requirements" / f"{name}.txt").write_text(f"{name}==1 --hash=sha256:0\n")
    (home / "package.json").write_text("{}")
    (home / "package-lock.json").write_text("{}")
    (home / "pyproject.toml").write_text('[project]\nname = "yakusho"\nversion = "9.8.7"\n')
    made = Place(home=home, state=home / "var", data=home, city="morioka", checkout=True)
    make_state(made)
    return made


class Calls:
    """Stands in for `run`: remembers what was run, answers as told."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.settings: list[dict[str, str]] = []
        self.answer: Callable[[list[str]], tuple[int, str]] = lambda _: (0, "")

    def __call__(self, command: list[object], *, env: dict[str, str] | None = None, **_: object) -> "Done":
        words = [str(word) for word in command]
        self.commands.append(words)
        self.settings.append(env or {})
        return Done(*self.answer(words))

    def find(self, *words: str) -> list[list[str]]:
        """The commands that hold all these words."""
        return [command for command in self.commands if set(words) <= set(command)]


class Done:
    def __init__(self, returncode: int, stdout: str) -> None:
        self.returncode = returncode
        self.stdout = stdout


@pytest.fixture
def calls() -> Calls:
    return Calls()


@contextmanager
def open_folder() -> Iterator[Place]:
    """A state folder that the database's user can enter (pytest's own are closed to it); its cluster is stopped after."""
    top = Path(tempfile.mkdtemp(prefix="yakusho-test-"))
    top.chmod(0o711)
    made = Place(home=top, state=top / "var", data=top, city="morioka", checkout=True)
    make_state(made)
    yield made
    pg.stop(pg.locate(made))
    shutil.rmtree(top)


@pytest.fixture
def open_place() -> Iterator[Place]:
    with open_folder() as made:
        yield made


@pytest.fixture(scope="module")
def shared_place() -> Iterator[Place]:
    """One for all tests of a file."""
    with open_folder() as made:
        yield made
