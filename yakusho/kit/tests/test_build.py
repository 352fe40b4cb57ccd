"""The fingerprint of a program."""

from pathlib import Path

import pytest

from yakusho.kit.build import fingerprint

FILES = {
    "one.py": "x = 1\n",
    "below/two.html": "<p>",
    "below/tests/test_two.py": "assert True\n",
    "below/notes.md": "#",
    "__pycache__/one.pyc": "",
}


def program(folder: Path, **changes: str) -> Path:
    for name, text in (FILES | {name.replace("__", "/"): text for name, text in changes.items()}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def first(tmp_path) -> Path:
    return program(tmp_path / "first")


def test_the_same_program_elsewhere_is_the_same(first, tmp_path):
    assert fingerprint(first) == fingerprint(program(tmp_path / "second" / "deeper"))
    assert len(fingerprint(first)) == 64


def test_what_is_not_the_program_does_not_count(first):
    before = fingerprint(first)
    for name in (
        "below/notes.md",
        "below/tests/test_two.py",
        "__pycache__/one.pyc",
        "below/new.log",
        "_data/city.toml",
    ):
        (first / name).parent.mkdir(exist_ok=True)
        (first / name).write_text("other", "utf-8")
    assert fingerprint(first) == before


@pytest.mark.parametrize("name", ["one.py", "below/two.html", "below/paper.typ", "law.yaml"])
def test_each_file_of_the_program_counts(first, name):
    before = fingerprint(first)
    (first / name).write_text("other", "utf-8")
    assert fingerprint(first) != before


def test_names_and_folders_count(first, tmp_path):
    other = program(tmp_path / "second")
    (other / "one.py").rename(other / "uno.py")
    assert len({fingerprint(first), fingerprint(other), fingerprint(first, first), fingerprint(first, other)}) == 4


def test_what_moves_from_one_file_to_the_next_counts(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, texts in ((one, ("ab", "c")), (two, ("a", "bc"))):
        folder.mkdir()
        for name, text in zip(("x.py", "y.py"), texts, strict=True):
            (folder / name).write_text(text, "utf-8")
    assert fingerprint(one) != fingerprint(two)
