"""The page of rights says what is declared, and cannot say something else by accident."""

import pytest

from tests.access import table
from yakusho.blocks.doors import EVERYONE, registry

DOORS = [door for door in (registry.actions | registry.queries).values() if table.is_ours(door)]


def test_the_page_is_up_to_date():
    assert table.PATH.read_text("utf-8") == table.text(), (
        "run: python -m tests.access.write, and look at what has changed"
    )


@pytest.mark.parametrize("door", [door for door in DOORS if door.allowed is not EVERYONE], ids=lambda door: door.name)
def test_a_rule_that_changes_changes_the_page(door, monkeypatch):
    before = table.text_of(door)
    monkeypatch.setattr(door, "allowed", EVERYONE)
    assert table.text_of(door) != before
