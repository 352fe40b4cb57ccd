"""誤交付 No wrong paper, whatever is in flight: many requests at one frozen instant from several processes, while households
move, people leave the city or are protected, and the city gets a new seal. The checker reads the finished PDFs with libraries
that neither print nor guard."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import house
from tests.sizes import sized
from tests.stress import seals, truth
from yakusho.blocks.documents._internal import city_seal
from yakusho.blocks.documents.tests import support

SEED = int(os.environ.get("YAKUSHO_SEED", "1"))
PAPERS = sized(100, 2_000, 100_000)
PROCESSES, AT_ONCE = (4 if PAPERS > 100 else 2), 8  # each at work holds up to three of the cluster's connections
WAITING = 12  # requests of each process that are asked for and not made yet
HOUSEHOLDS, LEAVING, PROTECTED, SEALS = sized((12, 3, 3, 1), (40, 10, 10, 4), (100, 30, 30, 12))
RESIDENTS = """
select r.person_id, r.household_id, r.relation from people_residence r
 where upper(r.known) is null and r.valid @> current_date and upper(r.valid) is null
   and not exists (select 1 from people_residence o where o.household_id = r.household_id and o.person_id in
       (select person_id from people_protection union select person_id from people_closing))
 order by 1
"""
TOWNS = [{"town": "0405000", "town_name": "若園町"}, {"town": "0101000", "town_name": "上田一丁目"}]
UNSEALED = ("seal_unusable", "paper_took_too_long")  # the press or the gate has no seal while its files are replaced
WHOLE = ("世帯全員の分", "この人の分だけ")


@dataclass(frozen=True)
class City:
    """A city with secrets of its own; the certificate of its first seal."""

    name: str
    secrets: Path
    first: str


@dataclass(frozen=True)
class Stressed:
    """Everything that was said: of each paper that was asked for, and of each act of the rivals."""

    papers: list[dict[str, Any]]
    acts: list[dict[str, Any]]

    @property
    def refused(self) -> list[dict[str, Any]]:
        return [one for one in self.papers if "refused" in one]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = house.served(f"stress_{worker}")
    house.manage("audit", "integrate", database=name, user="yakusho_app")
    secrets = support.secrets_with_seal(tmp_path_factory.mktemp("secrets"))
    yield City(name, secrets, (secrets / city_seal.CERTIFICATE).read_text("ascii"))
    house.drop(name)


def started(city: City, program: str, order: dict[str, Any]) -> subprocess.Popen[str]:
    """A process of the city hall at work on an order."""
    command = [sys.executable, "-m", f"tests.stress.{program}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    own = house.surroundings(city.name) | {"YAKUSHO_SECRETS": str(city.secrets)}
    running = subprocess.Popen(command, cwd=house.ROOT, env=own, **pipes)
    assert running.stdin
    json.dump(order, running.stdin)
    running.stdin.close()
    running.stdin = None
    return running


def outcomes(*running: subprocess.Popen[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for one in running for line in one.communicate()[0].splitlines()]


@pytest.fixture(scope="module")
def stressed(city: City) -> Stressed:
    """Every outcome, after all processes have ended."""
    dice = random.Random(SEED)
    with truth.connect(city.name) as tables:
        people = tables.execute(RESIDENTS).fetchall()
    at = datetime.now(UTC).replace(microsecond=0).isoformat()
    homes: dict[int, list[dict[str, Any]]] = {}
    for person, household, relation in people:
        homes.setdefault(household, []).append({"person": person, "relation": relation})
    moving = dice.sample(sorted(homes), HOUSEHOLDS)
    who = [person for person, *_rest in people]
    wanted = [member["person"] for household in moving for member in homes[household]]
    requests = [{"person": one, "whole": dice.choice(WHOLE)} for one in dice.choices(who + wanted * 4, k=PAPERS)]
    printers = [
        started(
            city, "printer", {"at": at, "at_once": AT_ONCE, "waiting": WAITING, "requests": requests[part::PROCESSES]}
        )
        for part in range(PROCESSES)
    ]
    acts = {"move": max(40, PAPERS // 20), "leave": LEAVING, "protect": PROTECTED, "seal": SEALS}
    rival = {"at": at, "seed": SEED, "acts": acts, "papers": PAPERS // 2, "towns": TOWNS}
    rival |= {"households": [homes[household] for household in moving], "secrets": str(city.secrets)}
    rivals = started(city, "rivals", rival)
    return Stressed(outcomes(*printers), outcomes(rivals))


@pytest.fixture(scope="module")
def known(city: City, stressed: Stressed) -> truth.Truth:
    """The truth, read when all is over."""
    return truth.Truth(city.name, stressed.papers[0]["begun"][:10], stressed.acts)


@pytest.fixture(scope="module")
def papers(city: City, stressed: Stressed) -> list[tuple[dict[str, Any], bytes]]:
    """What came out: the outcome and the finished PDF, read from the table by its number."""
    with truth.connect(city.name) as tables:
        pdfs = dict(tables.execute("select number, pdf from documents_paper").fetchall())
    return [(one, bytes(pdfs[one["number"]])) for one in stressed.papers if "number" in one]


def sealing(stressed: Stressed, begun: datetime, ended: datetime) -> list[dict[str, Any]]:
    """New seals that were laid over the old one at some instant of that time."""
    times = [(one, *truth.time(one)) for one in stressed.acts if one.get("act") == "seal"]
    return [one for one, since, until in times if since <= ended and until >= begun]


def test_no_paper_is_wrong(known, stressed, papers, record_property: Callable[[str, object], None]):
    wrong = {}
    for outcome, pdf in papers:
        if found := known.wrong(outcome, truth.pages(pdf)):
            wrong[outcome["number"]] = found
    record_property("papers", len(papers))
    record_property("wrong", len(wrong))
    assert wrong == {}
    barred = [
        one
        for one in stressed.refused
        if one["refused"] not in ("record_changed", "paper_withheld") or sealing(stressed, *truth.time(one))
    ]
    assert len(papers) > (PAPERS - len(barred)) * 0.9


def test_whatever_was_not_made_says_why(stressed, record_property: Callable[[str, object], None]):
    told = Counter(one.get("refused") or one.get("error") or "issued" for one in stressed.papers if "number" not in one)
    acts = Counter(one.get("act") or one.get("error") for one in stressed.acts)
    record_property("not issued", dict(told))
    record_property("meanwhile", dict(acts))
    why = {"record_changed", "paper_withheld", "not_resident", "household_changed", "address_withheld"}
    assert set(told) <= why | set(UNSEALED), told
    assert acts == {"move": max(40, PAPERS // 20), "leave": LEAVING, "protect": PROTECTED, "seal": SEALS}


def test_whoever_was_refused_had_left_or_was_protected_or_came_while_the_seal_was_replaced(stressed, known):
    for one in stressed.refused:
        begun, ended = truth.time(one)
        if one["refused"] == "address_withheld":
            assert known.guarded(one["person"], ended), one
        if one["refused"] in UNSEALED:
            assert sealing(stressed, begun, ended), one
        if one["refused"] == "not_resident":
            assert not known.resident(one["person"], begun, ended), one
        if one["refused"] == "household_changed":
            assert known.touched(one["person"], datetime.fromisoformat(one["asked"]), ended), one


def test_what_the_gate_withheld_was_overtaken_by_the_register_or_a_new_seal_and_by_nothing_else(city, stressed, known):
    withheld = [one for one in stressed.papers if one.get("refused") == "paper_withheld"]
    for one in withheld:
        assert known.touched(one["person"], *truth.time(one)) or sealing(stressed, *truth.time(one)), one
    with truth.connect(city.name) as tables:
        alarms = tables.execute("select count(*) from documents_alarm where doubts <> '{no seal}'")
        assert alarms.fetchone() == (len(withheld),)


def test_every_paper_has_the_seal_that_was_in_force(city, stressed, papers):
    changes = sorted((one for one in stressed.acts if one.get("act") == "seal"), key=truth.time)
    seal_of = [seals.fingerprint(city.first), *(seals.fingerprint(one["certificate"]) for one in changes)]
    since = [datetime.min.replace(tzinfo=UTC), *(truth.time(one)[0] for one in changes)]
    until = [*(truth.time(one)[1] for one in changes), datetime.max.replace(tzinfo=UTC)]
    for outcome, pdf in papers:
        begun, ended = truth.time(outcome)
        right = {seal_of[at] for at in range(len(seal_of)) if since[at] <= ended and until[at] >= begun}
        assert seals.signer(pdf) in right, outcome
    assert {seals.signer(pdf) for _, pdf in papers} == set(seal_of), "papers under every seal"


def test_every_request_has_its_own_paper_number_and_bytes(city, papers):
    numbers = [outcome["number"] for outcome, _pdf in papers]
    assert len(set(numbers)) == len(numbers) == len({pdf for _outcome, pdf in papers})
    with truth.connect(city.name) as tables:
        rows = tables.execute(
            "select count(*), count(distinct request_id), count(distinct sealed_at) from documents_paper"
        )
        assert rows.fetchone() == (len(papers), len(papers), 1), "one paper a request, all at the same frozen instant"


def test_the_checker_finds_the_wrong_paper_that_is_put_before_it(known, papers):
    (first, _), (_, pdf) = papers[0], next(two for two in papers if two[0]["person"] != papers[0][0]["person"])
    assert known.wrong(first, truth.pages(pdf)) != []
