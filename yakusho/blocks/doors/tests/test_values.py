"""People are found by type, wherever they stand."""

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.doors import PersonId, Subject, Value
from yakusho.blocks.doors.values import finder_for


class Leaf(Value):
    person: PersonId
    weight: int = 0


class Tree(Value):
    root: PersonId | None = None
    leaves: list[Leaf] = []
    by_name: dict[str, Leaf] = {}
    pair: tuple[Leaf, ...] = ()
    count: int = 0


@pytest.mark.parametrize(
    ("hint", "value", "people"),
    [
        (PersonId, 3, [3]),
        (PersonId | None, None, []),
        (int, 3, []),
        (None, None, []),
        (list[PersonId], [1, 2], [1, 2]),
        (Leaf | None, Leaf(person=4), [4]),
        (Annotated[Leaf, "shown"], Leaf(person=4), [4]),
        (list[Leaf | int], [Leaf(person=4), 9], [4]),
        (Annotated[int, Subject()], 8, [8]),
        (str, "12", []),
    ],
)
def test_people_of_a_value(hint, value, people):
    assert list(finder_for(hint)(value)) == people


@given(st.lists(st.integers(1, 99)), st.lists(st.integers(1, 99)), st.none() | st.integers(1, 99))
def test_nobody_in_a_tree_is_missed(listed, named, root):
    tree = Tree(
        root=root,
        leaves=[Leaf(person=number, weight=1000) for number in listed],
        by_name={str(index): Leaf(person=number) for index, number in enumerate(named)},
        pair=(Leaf(person=100),),
        count=777,
    )
    assert sorted(finder_for(Tree)(tree)) == sorted([*listed, *named, 100, *([root] if root else [])])
