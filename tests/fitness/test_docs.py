"""The docs say what is there."""

import csv
import re

import pytest

from tests.fitness import tree

PAGES = sorted((tree.ROOT / "docs").rglob("*.md")) + sorted(tree.ROOT.glob("README*.md"))
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_links_lead_somewhere(page):
    assert [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


def test_the_glossary_names_places_that_exist_and_no_term_twice():
    with (tree.ROOT / "docs" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = {row["where"] for row in rows} - {"glossary"}
    assert [
        where
        for where in sorted(places)
        if not (tree.HOUSE / where).exists() and not (tree.HOUSE / f"{where}.py").exists()
    ] == []
    english = [row["english"] for row in rows]
    assert len(english) == len(set(english))
    assert all(row["japanese"] for row in rows)


@pytest.mark.parametrize("room", tree.rooms(), ids=lambda room: room.name)
def test_every_door_named_in_a_rooms_page_is_open(room):
    text = (room / "README.md").read_text("utf-8")
    written = "\n".join(path.read_text("utf-8") for path in tree.sources() if room in path.parents)
    table = [line for line in text.splitlines() if line.startswith("|")]
    named = {name for line in table for name in re.findall(r"`([a-z_]+)\(", line.split("|")[1])}
    assert sorted(name for name in named if f"def {name}(" not in written and f"class {name}" not in written) == []
