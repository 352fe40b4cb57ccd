"""Every room has the shape that a newcomer learned from the first one."""

import ast
import re

import pytest

from tests.fitness import tree

FORBIDDEN = {"utils", "util", "helpers", "services", "managers", "enums", "constants", "signals", "common", "misc"}
ABOVE_TABLES = {"views.py", "urls.py", "forms.py", "tasks.py", "procedures.py"}


@pytest.mark.parametrize("room", tree.rooms(), ids=lambda room: room.name)
def test_a_room_says_what_it_is_and_is_tested(room):
    assert (room / "README.md").exists(), "a room has one page that says what it is"
    assert (room / "tests" / "__init__.py").exists(), "a room has tests of its own"
    assert list((room / "tests").glob("**/test_*.py")), "a room has tests of its own"


@pytest.mark.parametrize(
    "room", [room for room in tree.rooms() if "blocks" not in room.parts], ids=lambda room: room.name
)
def test_a_system_says_its_official_name_and_law_first(room):
    text = (room / "README.md").read_text("utf-8")
    assert re.search(r"[぀-ヿ一-鿿]", text.splitlines()[0]), "the first line holds the official Japanese term"


def test_no_drawer_takes_whatever_has_no_place():
    drawers = [tree.name(path) for path in tree.sources() if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN]
    assert drawers == []


def imported(path):
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_pages_and_tasks_never_touch_tables():
    guilty = [
        f"{tree.name(path)}: {module}"
        for path in tree.sources()
        if (path.name in ABOVE_TABLES or "views" in path.parts) and "systems" in path.parts
        for module in imported(path)
        if ".models" in module or module == "django.db"
    ]
    assert guilty == []


def test_law_knows_no_clock_and_no_framework():
    guilty = [
        f"{tree.name(path)}: {module}"
        for path in tree.sources()
        if path.name == "rules.py" or "rules" in path.parent.parts[-1:] or "kit" in path.parts
        for module in imported(path)
        if module.split(".")[0] in {"django", "psycopg", "time", "random", "requests", "httpx"}
    ]
    assert guilty == []


CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("timezone", "now"),
    ("time", "time"),
}
EDGES = re.compile(r"yakusho/(launch/|blocks/pages/(middleware|clock)\.py|web/)")


def reads_the_clock(path):
    for node in ast.walk(tree.parsed(path)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and (node.value.id, node.attr) in CLOCKS
        ):
            yield f"{tree.name(path)}:{node.lineno}"


def test_only_the_edge_reads_the_clock():
    guilty = [where for path in tree.sources() for where in reads_the_clock(path)]
    assert [where for where in guilty if where.startswith("yakusho/") and not EDGES.match(where)] == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
    found = [
        f"{tree.name(path)}:{number}"
        for path in tree.sources() + tree.sources(tests=True)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []
