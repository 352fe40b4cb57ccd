"""The map of ASVS 5.0 as a page of the docs: what each requirement of levels 1 and 2 is proved by, or why it is not."""

from __future__ import annotations

import ast
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import house

MAP = Path(__file__).parent / "map.csv"
PATH = house.ROOT / "docs" / "reference" / "asvs.md"
STATES = {"test": "proved by", "n/a": "not applicable:", "gap": "**open**:"}
CHAPTERS = (
    "Encoding and sanitisation", "Validation and business logic", "Web frontend", "API and web service", "Files",
    "Authentication", "Sessions", "Authorisation", "Self-contained tokens", "OAuth and OIDC", "Cryptography",
    "Communication", "Configuration", "Data protection", "Coding and architecture", "Logging and errors", "WebRTC",
)  # fmt: skip
ASKED = {  # requirements of levels 1 and 2 in each section of ASVS 5.0.0, in its order
    1: (2, 9, 11, 3, 2), 2: (3, 3, 4, 1), 3: (0, 2, 4, 6, 5, 0, 2), 4: (3, 1, 2, 4), 5: (1, 3, 2, 3),
    6: (3, 12, 4, 4, 5, 3, 0, 4), 7: (3, 4, 2, 5, 2, 2), 8: (2, 3, 1, 1), 9: (3, 4),
    10: (2, 2, 4, 11, 5, 2, 3), 11: (2, 3, 3, 4, 1, 1, 0), 12: (3, 2, 4), 13: (1, 5, 2, 5), 14: (2, 4, 3),
    15: (3, 3, 7, 0), 16: (1, 5, 4, 3, 3), 17: (1, 4, 2),
}  # fmt: skip
PAGE = """\
# ASVS 5.0, levels 1 and 2

Written by `python -m tests.asvs.write` from `tests/asvs/map.csv`; tests hold both up to date and see that every test named here
exists. The numbers are those of the OWASP Application Security Verification Standard 5.0.0 (CC BY-SA 4.0), whose sentences are
not repeated: what stands here says it in our words, and shortly. Read the standard for what is asked. Nobody but ourselves has looked at this map.

{total} requirements: {test} proved by tests, {na} not applicable, {gap} open.

{chapters}
"""


@dataclass(frozen=True)
class Item:
    """One requirement: its number, its level, what it asks in our words, and what we can say."""

    number: str
    level: str
    what: str
    state: str
    tests: tuple[str, ...]
    why: str

    @property
    def chapter(self) -> int:
        return int(self.number.split(".")[0])


@cache
def items() -> tuple[Item, ...]:
    """The map in the order of the standard."""
    with MAP.open(encoding="utf-8", newline="") as file:
        return tuple(
            Item(row["id"], row["level"], row["what"], row["state"], tuple(row["tests"].split()), row["why"])
            for row in csv.DictReader(file)
        )


def counts() -> Counter[str]:
    """How many items are in each state."""
    return Counter(item.state for item in items())


def text() -> str:
    """The whole page."""
    found = counts()
    numbers = {"total": len(items()), "test": found["test"], "na": found["n/a"], "gap": found["gap"]}
    return PAGE.format(chapters="\n\n".join(_chapter(place) for place in range(1, 18)), **numbers)


def _chapter(place: int) -> str:
    rows = [_row(item) for item in items() if item.chapter == place]
    head = f"## {place} {CHAPTERS[place - 1]}\n\n| | level | asks | |\n|---|:-:|---|---|"
    return "\n".join([head, *rows])


def _row(item: Item) -> str:
    said = [STATES[item.state], *([item.why] if item.why else []), *(_test(one) for one in item.tests)]
    return f"| {item.number} | {item.level} | {item.what} | {' '.join(said)} |"


def _test(name: str) -> str:
    file, _, test = name.partition("::")
    return f"[`{test.removeprefix('test_')}`](../../{file})"


@cache
def tests_of(file: str) -> frozenset[str]:
    """The tests that a file holds."""
    path = house.ROOT / file
    return frozenset(_names(ast.parse(path.read_text("utf-8")))) if path.is_file() else frozenset()


def _names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from (inner.name for inner in node.body if isinstance(inner, ast.FunctionDef))
