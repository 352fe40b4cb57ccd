"""No page asks the database more in a larger city: as many statements for 1,200 residents and full lists as for 400."""

import json
import subprocess
import sys

import pytest
from django.urls import resolve, reverse

from tests import house
from tests.journeys.test_lists import LISTS
from tests.sizes import sized

SIZES = sized({400: 1, 1_200: 2}, {400: 1, 6_400: 4})  # residents, and how often everything has been done
MORE = ("exchange:endpoints", "resident_records:looked", "messages:outbox")
UNREAD = ("staff_access:matches",)  # the sampled card is none that can be read
Pages = dict[str, dict[str, dict[str, int]]]


@pytest.fixture(scope="module")
def cities():
    """What each sample person's pages ask in the small and in the large city; both are walked at once."""
    names = {size: house.served(f"statements_{size}", population=size) for size in SIZES}
    walks = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.statements", str(rounds)],
            cwd=house.ROOT,
            env=house.surroundings(names[size]),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for size, rounds in SIZES.items()
    ]
    said = [walk.communicate(timeout=300) for walk in walks]
    for name in names.values():
        house.drop(name)
    assert [walk.returncode for walk in walks] == [0, 0], said
    return [json.loads(out) for out, _ in said]


def most(pages: Pages) -> dict[str, int]:
    """Statements of each page, by person and route: the most that any address of the route took."""
    return {f"{who} {where}": max(found.values()) for who, routes in pages.items() for where, found in routes.items()}


@pytest.mark.slow
def test_no_page_grows_with_the_city(cities):
    small, large = (most(city["pages"]) for city in cities)
    assert {page: (small[page], large[page]) for page in small.keys() & large.keys() if small[page] < large[page]} == {}


@pytest.mark.slow
def test_the_same_pages_are_reached_in_both(cities):
    small, large = (most(city["pages"]) for city in cities)
    assert small.keys() - large.keys() == set()
    assert len(large) >= 80
    assert {"clerk1 /resident_records/desk/search", "resident1 /resident_records/mine"} <= large.keys()
    lists = {f"/{resolve(reverse(one)).route}" for one in (*LISTS, *MORE) if one not in UNREAD}
    assert lists - {page.partition(" ")[2] for page in large} == set()


@pytest.mark.slow
def test_everything_was_done_before_pages_were_counted(cities):
    assert [city["refused"] for city in cities] == [{}, {}]
