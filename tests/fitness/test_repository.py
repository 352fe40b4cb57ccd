"""The repository speaks of the project alone."""

import json
import re
import subprocess
import sys
import tomllib

import pytest

from tests.fitness import tree
from yakusho.kit import build
from yakusho.launch import preparation

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".ini",
    ".cfg",
    ".sh",
    ".typ",
    ".po",
    "",
}


def texts():
    for path in tree.committed():
        if path.suffix in TEXT and path.stat().st_size < 2_000_000:
            try:
                yield path, path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_carries_a_path_of_one_machine():
    absolute = re.compile(r"(?<![\w.])/(?:work|farm|root)/")
    assert [
        tree.name(path) for path, text in texts() if absolute.search(text) and path.name != "test_repository.py"
    ] == []


@pytest.mark.parametrize(
    "lock", ["requirements/run.txt", "requirements/dev.txt", "requirements/uv.txt", "requirements/node.txt"]
)
def test_locks_hold_hashes_and_no_addresses(lock):
    text = (tree.ROOT / lock).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "find-links" not in text


def test_the_lock_of_the_pages_holds_hashes_and_no_addresses():
    packages = json.loads((tree.ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    installed = {name: one for name, one in packages.items() if name}
    assert all(one["integrity"].startswith("sha512-") and "resolved" not in one for one in installed.values())


def test_each_dependency_says_why_it_is_there():
    text = (tree.ROOT / "pyproject.toml").read_text("utf-8")
    listed = tomllib.loads(text)["project"]["dependencies"]
    commented = set()
    reason = False
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("#"):
            reason = True
        elif line.startswith('"') and reason:
            commented.add(line.strip('",'))
        else:
            reason = False
    assert [one for one in listed if one not in commented] == []


def test_third_party_code_is_installed_never_committed():
    foreign = re.compile(r"node_modules/|\.min\.(js|css)$|\.woff2?$|\.ttf$|\.otf$|\.mo$")
    assert [tree.name(path) for path in tree.committed() if foreign.search(tree.name(path))] == []


def test_the_contracts_between_floors_are_kept():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_launcher_looks_at_the_files_that_the_fingerprint_reads():
    assert preparation.CODE == build.CODE
