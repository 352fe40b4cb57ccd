"""Every address of the house, found from the resolver, with real numbers where links lead to some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.hostile.attackers import PEOPLE, Visitor, undone
from tests.hostile.payloads import Reader
from yakusho.blocks.identity.models import Account

HOUSE = Path(__file__).resolve().parents[2] / "yakusho"
READ = re.compile(r"\.(GET|POST)(?:\.get|\.getlist)?[\(\[]\s*\"(\w+)\"")
CONVERTED = re.compile(r"<(?:(\w+):)?\w+>")


def patterns() -> Iterator[tuple[str, Any]]:
    """Route and view of each page; the API is attacked door by door."""

    def walk(some: list[Any], before: str) -> Iterator[tuple[str, Any]]:
        for one in some:
            if isinstance(one, URLResolver) and not str(one.pattern).startswith("api/"):
                yield from walk(one.url_patterns, before + str(one.pattern))
            elif isinstance(one, URLPattern):
                yield before + str(one.pattern), one.callback

    yield from walk(get_resolver().url_patterns, "")


def made_up(route: str, person: int = 1) -> str:
    """An address of a route with invented parts."""
    if route.startswith("^"):
        return "/verify/0000"
    named = route.replace("<int:person>", str(person)).replace("<slug:login>", "clerk1")
    return "/" + CONVERTED.sub(lambda found: "1" if found[1] == "int" else "x", named)


@cache
def read_names(kind: str) -> tuple[str, ...]:
    """Names that any view of the house reads from an address (GET) or a form (POST)."""
    sources = (path.read_text("utf-8") for path in HOUSE.rglob("*.py") if "tests" not in path.parts)
    return tuple(sorted({name for text in sources for method, name in READ.findall(text) if method == kind}))


def route(address: str) -> str:
    """The route of an address; "" for what is no page."""
    try:
        return str(resolve(address.partition("?")[0]).route)
    except Resolver404:
        return ""


def read(answer: Any) -> Reader:
    """The page of an answer as a browser reads it."""
    reader = Reader()
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        reader.feed(answer.content.decode())
    return reader


KNOWN: dict[str, dict[str, tuple[str, str]]] = {}


def found(visitors: dict[str, Visitor], *, most: int = 400) -> dict[str, tuple[str, str]]:
    """The addresses of this city, looked for once."""
    name = str(connection.settings_dict["NAME"])
    if name not in KNOWN:
        KNOWN[name] = _found(visitors, most=most)
    return KNOWN[name]


def _found(visitors: dict[str, Visitor], *, most: int) -> dict[str, tuple[str, str]]:
    """Each route with an address and somebody to whom it is open, as far as links lead; invented for the others."""
    known: dict[str, tuple[str, str]] = {}
    for login in PEOPLE[1:]:
        waiting = ["/", "/desk/"]
        seen: set[str] = set()
        while waiting and len(seen) < most:
            address = waiting.pop(0)
            where = route(address)
            if not where or where in seen or where.startswith("api/"):
                continue
            seen.add(where)
            with undone():
                answer = visitors[login].get(address)
            if answer.status_code == 200:
                known.setdefault(where, (address, login))
                waiting += read(answer).links
    for where, _ in patterns():
        if where not in known:
            known[where] = _opened(where, visitors)
    return known


def _opened(where: str, visitors: dict[str, Visitor]) -> tuple[str, str]:
    """An invented address and somebody to whom it opens, if it opens to anybody."""
    for address in {made_up(where): 1, made_up(where, resident()): 1}:
        for login in ("clerk1", "manager1", "resident1", "auditor1", "admin1", ""):
            with undone():
                if visitors[login].get(address).status_code == 200:
                    return address, login
    return made_up(where), "clerk1"


def resident() -> int:
    """The sample resident's number."""
    return int(Account.objects.get(login="resident1").person)
