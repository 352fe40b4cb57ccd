"""The source tree as the fitness tests read it."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "yakusho"


def is_test(path: Path) -> bool:
    """Whether a file belongs to tests."""
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


def sources(*, tests: bool = False) -> list[Path]:
    """Python files of the product (or of its tests); migrations are left out, they are written by Django."""
    found = [*HOUSE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts and is_test(path) is tests)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a file, inner ones too."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def rooms() -> list[Path]:
    """Folders of systems, registers and blocks that are apps."""
    patterns = ("systems/*/*/apps.py", "registers/*/apps.py", "blocks/*/apps.py")
    return sorted(path.parent for pattern in patterns for path in HOUSE.glob(pattern))


def committed() -> list[Path]:
    """Files that are in the repository, or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.splitlines() if (path := ROOT / name).is_file()]


def name(path: Path) -> str:
    """A path as it is written in the repository."""
    return str(path.relative_to(ROOT))
