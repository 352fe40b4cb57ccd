"""Counts the SQL statements of every page that people can reach: `python -m tests.journeys.statements ROUNDS`, JSON out.

Runs in a process of its own over the database that the environment names. First each action that has a sample is done so
many times, so that every list has lines; then each sample person walks, by links, through all pages.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from urllib.parse import urljoin, urlsplit

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402

from tests.faults import samples  # noqa: E402
from tests.sizes import sized  # noqa: E402
from yakusho.blocks.identity.queries import actor_for  # noqa: E402
from yakusho.kit.refusal import Refusal  # noqa: E402

PEOPLE = ("resident1", "clerk1", "manager1", "auditor1", "admin1")
SEARCHES = ("サ", "S", "見", "*ミ", "S50")
LINK = re.compile(r'<a [^>]*href="([^"#]+)')
GIVEN = ("葵", "蓮", "結", "光", "凪")
EACH = sized(1, 2)  # addresses opened of one route


@dataclass
class Filled:
    """Who is in the city beside its invented people."""

    family: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def fill(rounds: int) -> Filled:
    """Do every sampled action so many times; a family with so many children moves in; resident1 gets papers and is looked at."""
    stage, filled = samples.Stage(), Filled()
    for door in samples.sampled() * rounds:
        try:
            knock = samples.prepared(door)
            samples.registry.actions[door].call(knock.given, by=knock.by, on=knock.on, at=knock.at)
        except Refusal as refusal:
            filled.refused[door] = refusal.en
    people = samples.modules()["resident_records"]
    children = [people.person(name, "子", born="2015-01-10") for name in GIVEN[:rounds]]
    filled.family = people.family(stage, people.FATHER, people.MOTHER, *children).people
    for _ in range(rounds):
        _of_resident(stage)
    return filled


def _of_resident(stage: samples.Stage) -> None:
    """What stands on the own pages of the sample resident: a paper, a message about it, a look of a clerk."""
    resident = actor_for(login="resident1", on=stage.on)
    order = samples.modules()["certificates"].order(resident.person)
    request = stage.do("certificates.request_copy", by=replace(resident, proof="card"), **order).request
    stage.do("certificates.issue_copy", request=request)
    look = samples.registry.queries["resident_records.person"]
    look.call({"person": resident.person}, by=stage.clerk, on=stage.on, at=stage.at)


def route(address: str) -> str:
    """The pattern that an address belongs to; "" for what is no page."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return "" if found.route.startswith("api/") else f"/{found.route}"


def starts(login: str, filled: Filled) -> list[str]:
    if login in ("", "resident1"):
        return ["/"]
    pages = ["/desk/", "/"]
    if login in ("clerk1", "manager1"):
        pages += [f"/resident_records/desk/search?text={word}" for word in SEARCHES]
        pages.append(f"/resident_records/desk/person/{filled.family[0]}")
    return pages


def wanted(address: str, person: int) -> bool:
    """Pages about a person are opened for one person, the same in every city; all others for whoever they are about."""
    found = resolve(urlsplit(address).path)
    return found.kwargs.get("person", person) == person


def walk(client: Client, waiting: list[str], person: int, known: Container[str]) -> Iterator[tuple[str, str, int]]:
    """Route, address and number of statements of each page that opens; the second time, when what is kept is kept."""
    done: set[str] = set()
    opened: dict[str, int] = {}
    first = len(waiting)
    while waiting:
        first, address = first - 1, waiting.pop(0)
        where = route(address)
        enough = address in done or where in known or opened.get(where, 0) >= EACH
        if not where or (enough and first < 0) or not wanted(address, person):
            continue
        done.add(address)
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        opened[where] = opened.get(where, 0) + 1
        yield where, address, _asked(client, address)
        if "text/html" in answer["content-type"]:
            links = (urljoin(address, unescape(link)) for link in LINK.findall(answer.content.decode()))
            waiting += [link for link in links if "lang=" not in link]


def _asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def counted(login: str, filled: Filled, known: Container[str]) -> dict[str, dict[str, int]]:
    """Number of statements by route and address."""
    client = Client(HTTP_HOST="localhost")
    person = filled.family[0]
    if login:
        client.post(f"/identity/sample/sign-in/{login}")
    if login == "resident1":
        person = actor_for(login=login, on=samples.ON).person or 0
    found: dict[str, dict[str, int]] = {}
    for where, address, number in walk(client, starts(login, filled), person, known):
        found.setdefault(where, {})[address] = number
    return found


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["localhost"]
    made = fill(int(sys.argv[1]))
    connection.close()  # what was written is told to the statistics at the end of a session: what is kept by them stays
    public = counted("", made, ())
    each = {login: counted(login, made, public) for login in PEOPLE}
    json.dump({"refused": made.refused, "pages": {"": public} | each}, sys.stdout)
