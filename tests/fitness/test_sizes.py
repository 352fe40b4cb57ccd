"""The budgets of the house: a file fits on a few screens, a function on one."""

import ast
import statistics

import pytest

from tests.fitness import tree

FILE, FUNCTION = 300, 40
ROOM = 2_500


def lines(path):
    return path.read_text("utf-8").count("\n") + 1


def length(node):
    return node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_its_budget():
    long = {tree.name(path): lines(path) for path in tree.sources() + tree.sources(tests=True) if lines(path) > FILE}
    assert long == {}


def test_no_function_is_longer_than_its_budget():
    every = [(path, node) for path in tree.sources() + tree.sources(tests=True) for node in tree.functions(path)]
    long = {f"{tree.name(path)}:{node.name}": length(node) for path, node in every if length(node) > FUNCTION}
    assert long == {}


def test_the_middle_file_and_the_middle_function_are_small():
    files = [lines(path) for path in tree.sources() if path.name != "__init__.py"]
    each = [length(node) for path in tree.sources() for node in tree.functions(path)]
    assert statistics.median(files) <= 100
    assert statistics.median(each) <= 10


def code(path):
    """Lines that say something to the machine: no blank lines, comments, docstrings."""
    words = {
        line
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    written = enumerate(path.read_text("utf-8").splitlines(), 1)
    return sum(
        number not in words and bool(line.strip()) and not line.strip().startswith("#") for number, line in written
    )


@pytest.mark.parametrize("room", tree.rooms(), ids=lambda room: room.name)
def test_no_room_has_grown_into_two(room):
    assert sum(code(path) for path in tree.sources() if room in path.parents) <= ROOM


def test_the_tests_weigh_more_than_what_they_test():
    product = sum(lines(path) for path in tree.sources())
    proof = sum(lines(path) for path in tree.sources(tests=True))
    assert proof / product >= 0.75
