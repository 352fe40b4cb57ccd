"""The budgets of the house: a file fits on a few screens, a function on one."""

import statistics

from tests.fitness import tree

FILE, FUNCTION = 300, 40
ROOM, BLOCK = 2_500, 2_500


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


def test_no_room_has_grown_into_two():
    def weight(room):
        return sum(lines(path) for path in tree.sources() if room in path.parents)

    heavy = {tree.name(room): weight(room) for room in tree.rooms() if weight(room) > ROOM}
    assert heavy == {}


def test_the_tests_weigh_more_than_what_they_test():
    product = sum(lines(path) for path in tree.sources())
    proof = sum(lines(path) for path in tree.sources(tests=True))
    assert proof / product >= 0.75
