"""The map of ASVS 5.0 is whole, names tests that exist, and is the page that people read."""

from collections import Counter
from pathlib import PurePosixPath

from tests.asvs import page

ITEMS = page.items()


def test_every_requirement_of_levels_1_and_2_is_there_once():
    asked = [
        f"{chapter}.{section}.{place}"
        for chapter, sections in page.ASKED.items()
        for section, many in enumerate(sections, 1)
        for place in range(1, many + 1)
    ]
    assert [item.number for item in ITEMS] == asked
    assert Counter(item.level for item in ITEMS) == {"1": 70, "2": 183}


def test_an_item_is_proved_or_says_why_not():
    assert {item.state for item in ITEMS} == set(page.STATES)
    assert [item.number for item in ITEMS if not item.what] == []
    assert [item.number for item in ITEMS if item.state == "test" and not item.tests] == []
    assert [item.number for item in ITEMS if item.state != "test" and not item.why] == []


def test_every_test_that_is_named_exists():
    named = {name.partition("::")[::2] for item in ITEMS for name in item.tests}
    assert {file.partition("/")[0] for file, _ in named} == {"tests", "yakusho"}
    assert [file for file, _ in named if not PurePosixPath(file).name.startswith("test_")] == []
    assert sorted(f"{file}::{test}" for file, test in named if test not in page.tests_of(file)) == []


def test_the_page_is_up_to_date(record_property):
    for state, many in page.counts().items():
        record_property(f"asvs {state}", many)
    assert page.PATH.read_text("utf-8") == page.text(), "run: python -m tests.asvs.write, and look at what has changed"
