"""誤交付 No wrong paper, whatever is in flight: many requests at one frozen instant from several processes, while households
move. The checker reads the finished PDFs with a library that neither prints nor guards."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests import house
from tests.sizes import sized
from tests.stress import truth

SEED = int(os.environ.get("YAKUSHO_SEED", "1"))
PAPERS = sized(100, 2_000, 100_000)
PROCESSES, AT_ONCE = (4 if PAPERS > 100 else 2), 8  # each at work holds up to three of the cluster's connections
RESIDENTS = """
select r.person_id, r.household_id, r.relation from people_residence r
 where upper(r.known) is null and r.valid @> current_date and upper(r.valid) is null
   and not exists (select 1 from people_protection p where p.person_id in
       (select o.person_id from people_residence o where o.household_id = r.household_id))
   and not exists (select 1 from people_closing c where c.person_id = r.person_id)
 order by 1
"""
TOWNS = [{"town": "0405000", "town_name": "若園町"}, {"town": "0101000", "town_name": "上田一丁目"}]


@pytest.fixture(scope="module")
def city() -> Iterator[str]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = house.served(f"stress_{worker}")
    house.manage("audit", "integrate", database=name, user="yakusho_app")
    yield name
    house.drop(name)


def started(city: str, order: dict[str, Any]) -> subprocess.Popen[str]:
    """A process of the city hall at work on an order."""
    command = [sys.executable, "-m", "tests.stress.printer"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = subprocess.Popen(command, cwd=house.ROOT, env=house.surroundings(city), **pipes)
    assert running.stdin
    json.dump(order, running.stdin)
    running.stdin.close()
    running.stdin = None
    return running


def outcomes(running: list[subprocess.Popen[str]]) -> list[dict[str, Any]]:
    return [json.loads(line) for one in running for line in one.communicate()[0].splitlines()]


@pytest.fixture(scope="module")
def stressed(city: str) -> list[dict[str, Any]]:
    """Every outcome, after all processes have ended."""
    dice = random.Random(SEED)
    with truth.connect(city) as tables:
        people = tables.execute(RESIDENTS).fetchall()
    at = datetime.now(UTC).replace(microsecond=0).isoformat()
    homes: dict[int, list[dict[str, Any]]] = {}
    for person, household, relation in people:
        homes.setdefault(household, []).append({"person": person, "relation": relation})
    moving = dice.sample(sorted(homes), 12)
    who = [person for person, *_rest in people]
    wanted = [member["person"] for household in moving for member in homes[household]]
    requests = [{"person": one, "whole": dice.choice(WHOLE)} for one in dice.choices(who + wanted * 4, k=PAPERS)]
    orders = [
        {"work": "papers", "at": at, "at_once": AT_ONCE, "requests": requests[part::PROCESSES]}
        for part in range(PROCESSES)
    ]
    rival = {"work": "moves", "at": at, "seed": SEED, "moves": max(40, PAPERS // 20), "towns": TOWNS}
    orders.append(rival | {"households": [homes[household] for household in moving]})
    return outcomes([started(city, order) for order in orders])


WHOLE = ("世帯全員の分", "この人の分だけ")


@pytest.fixture(scope="module")
def papers(city: str, stressed: list[dict[str, Any]]) -> list[tuple[dict[str, Any], bytes]]:
    """What came out: the outcome and the finished PDF, read from the table by its number."""
    with truth.connect(city) as tables:
        pdfs = dict(tables.execute("select number, pdf from documents_paper").fetchall())
    return [(one, bytes(pdfs[one["number"]])) for one in stressed if "number" in one]


def test_no_paper_is_wrong(city, stressed, papers, record_property: Callable[[str, object], None]):
    known = truth.Truth(city, stressed[0]["begun"][:10])
    wrong = {}
    for outcome, pdf in papers:
        if found := known.wrong(outcome, truth.pages(pdf)):
            wrong[outcome["number"]] = found
    record_property("papers", len(papers))
    record_property("wrong", len(wrong))
    assert wrong == {}
    assert len(papers) > PAPERS * 0.9


def test_whatever_was_not_made_says_why(stressed, record_property: Callable[[str, object], None]):
    told = Counter(
        one.get("refused") or one.get("error") or one.get("move") or "issued" for one in stressed if "number" not in one
    )
    record_property("not issued", dict(told))
    assert set(told) <= {"record_changed", "moved", "paper_withheld"}, told
    assert told["moved"] > 10


def test_what_the_gate_withheld_was_overtaken_by_a_move_and_by_nothing_else(city, stressed):
    known = truth.Truth(city, stressed[0]["begun"][:10])
    withheld = [one for one in stressed if one.get("refused") == "paper_withheld"]
    for one in withheld:
        meanwhile = known.between(one["person"], *(datetime.fromisoformat(one[end]) for end in ("begun", "ended")))
        assert len(meanwhile) > 1, one
    with truth.connect(city) as tables:
        assert tables.execute("select count(*) from documents_alarm").fetchone() == (len(withheld),)


def test_every_request_has_its_own_paper_number_and_bytes(city, papers):
    numbers = [outcome["number"] for outcome, _pdf in papers]
    assert len(set(numbers)) == len(numbers) == len({pdf for _outcome, pdf in papers})
    with truth.connect(city) as tables:
        rows = tables.execute(
            "select count(*), count(distinct request_id), count(distinct sealed_at) from documents_paper"
        )
        assert rows.fetchone() == (len(papers), len(papers), 1), "one paper a request, all at the same frozen instant"


def test_the_checker_finds_the_wrong_paper_that_is_put_before_it(city, papers):
    known = truth.Truth(city, papers[0][0]["begun"][:10])
    (first, _), (_, pdf) = papers[0], next(two for two in papers if two[0]["person"] != papers[0][0]["person"])
    assert known.wrong(first, truth.pages(pdf)) != []
