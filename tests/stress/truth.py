"""What must stand on a paper, and what must not: read straight from the tables, sharing nothing with the renderer or the gate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import psycopg
import pypdf

from tests import house

NAMES = """
select n.person_id, n.family || n.given, n.family_kana || n.given_kana
  from people_naming n where upper(n.known) is null and upper(n.valid) is null
"""
HOMES = """
select r.person_id, r.household_id, r.town_name || r.block, lower(r.known), upper(r.known), r.valid @> %(day)s::date
  from people_residence r
"""


def connect(database: str) -> psycopg.Connection[tuple[Any, ...]]:
    """The city's owner reads everything."""
    password = (house.STATE / "secrets" / "db_owner").read_text("utf-8").strip()
    return psycopg.connect(host=house.HOST, dbname=database, user="yakusho_owner", password=password, autocommit=True)


@dataclass(frozen=True)
class Home:
    """Where somebody was believed to live on the day of the papers, from one instant to another."""

    household: int
    address: str
    since: datetime
    until: datetime | None


class Truth:
    """The city as its tables have it on one day."""

    def __init__(self, database: str, day: str) -> None:
        self.names: dict[int, str] = {}
        self.homes: dict[int, list[Home]] = {}
        with connect(database) as city:
            for person, name, _kana in city.execute(NAMES):
                self.names[person] = flat(name)
            for person, household, address, since, until, holds in city.execute(HOMES, {"day": day}):
                if holds:
                    self.homes.setdefault(person, []).append(Home(household, flat(address), since, until))

    def between(self, person: int, begun: datetime, ended: datetime) -> list[Home]:
        """Every belief about the person's home that stood at some instant of that time."""
        return [
            home
            for home in self.homes.get(person, [])
            if home.since <= ended and (home.until is None or home.until > begun)
        ]

    def household(self, number: int) -> set[int]:
        """Who ever lives in it on this day."""
        return {person for person, homes in self.homes.items() if any(home.household == number for home in homes)}

    def wrong(self, paper: dict[str, Any], pages: list[str]) -> list[str]:
        """What is wrong with a paper; nothing for a right one."""
        begun, ended = datetime.fromisoformat(paper["begun"]), datetime.fromisoformat(paper["ended"])
        homes = self.between(paper["person"], begun, ended)
        mine = {home.household for home in homes}
        family = set().union(*(self.household(number) for number in mine)) if mine else set()
        text = "".join(pages)
        found = [f"no number on page {at}" for at, page in enumerate(pages, 1) if paper["number"] not in page]
        found += [] if self.names[paper["person"]] in text else ["its own person is missing"]
        found += [] if any(home.address in text for home in homes) else ["an address that nobody believed meanwhile"]
        found += [f"a stranger: {name}" for name in strangers(text, self.names, family)]
        if paper["whole"] == "世帯全員の分":
            found += ["a member is missing" for one in family if self.names[one] not in text]
        return found


def strangers(text: str, names: dict[int, str], family: Iterable[int]) -> list[str]:
    """Names of others that stand in the text once the names of the family are taken out of it."""
    for name in sorted({names[one] for one in family}, key=len, reverse=True):
        text = text.replace(name, "＊")
    own = {names[one] for one in family}
    return sorted({name for name in names.values() if len(name) > 2 and name not in own and name in text})


def flat(text: str) -> str:
    """Without any space: a PDF knows no words."""
    return re.sub(r"\s", "", text)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, read by pypdf: neither the writer's library nor the gate's."""
    return [flat(page.extract_text()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]
