"""What must stand on a paper, and what must not: read straight from the tables, sharing nothing with the renderer or the gate."""

from __future__ import annotations

import re
from bisect import bisect_right
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
PROTECTED = "select person_id, changed_at from people_protection where ended_on is null"
Outcome = dict[str, Any]
Time = tuple[datetime, datetime]


def connect(database: str) -> psycopg.Connection[tuple[Any, ...]]:
    """The city's owner reads everything."""
    password = (house.STATE / "secrets" / "db_owner").read_text("utf-8").strip()
    return psycopg.connect(host=house.HOST, dbname=database, user="yakusho_owner", password=password, autocommit=True)


def time(outcome: Outcome) -> Time:
    """Between which instants something was done."""
    return datetime.fromisoformat(outcome["begun"]), datetime.fromisoformat(outcome["ended"])


class Acts:
    """What happened one after the other. The register notes the instant at which an act began its transaction; from
    outside it came true at some instant between its begin and its end."""

    def __init__(self, acts: Iterable[Outcome]) -> None:
        self.times = sorted(time(one) for one in acts if "begun" in one)

    def around(self, instant: datetime) -> Time:
        """When the act that noted this instant began, and when it had ended."""
        place = bisect_right(self.times, (instant, instant.max.replace(tzinfo=instant.tzinfo))) - 1
        found = self.times[place] if place >= 0 else (instant, instant)
        return found if found[0] <= instant <= found[1] else (instant, instant)


@dataclass(frozen=True)
class Home:
    """Where somebody was believed to live on the day of the papers, from one instant to another."""

    person: int
    household: int
    address: str
    since: Time
    until: Time | None

    def meanwhile(self, begun: datetime, ended: datetime) -> bool:
        """Whether it may have held at some instant of that time."""
        return self.since[0] <= ended and (self.until is None or self.until[1] > begun)

    def throughout(self, begun: datetime, ended: datetime) -> bool:
        """Whether it held all that time."""
        return self.since[1] <= begun and (self.until is None or self.until[0] > ended)


class Truth:
    """The city as its tables have it on one day, and what happened to it meanwhile."""

    def __init__(self, database: str, day: str, acts: Iterable[Outcome] = ()) -> None:
        around = Acts(acts).around
        self.names: dict[int, str] = {}
        self.homes: dict[int, list[Home]] = {}
        self.households: dict[int, list[Home]] = {}
        with connect(database) as city:
            for person, name, _kana in city.execute(NAMES):
                self.names[person] = flat(name)
            for person, household, address, since, until, holds in city.execute(HOMES, {"day": day}):
                if holds:
                    home = Home(person, household, flat(address), around(since), until and around(until))
                    self.homes.setdefault(person, []).append(home)
                    self.households.setdefault(household, []).append(home)
            self.protected = {person: around(changed) for person, changed in city.execute(PROTECTED)}

    def between(self, person: int, begun: datetime, ended: datetime) -> list[Home]:
        """Every belief about the person's home that stood at some instant of that time."""
        return [home for home in self.homes.get(person, []) if home.meanwhile(begun, ended)]

    def resident(self, person: int, begun: datetime, ended: datetime) -> bool:
        """Whether the person lived here all that time, be it in several homes."""
        homes = self.between(person, begun, ended)
        stayed = any(home.until is None or home.until[0] > ended for home in homes)
        return stayed and any(home.since[1] <= begun for home in homes)

    def family(self, person: int, begun: datetime, ended: datetime) -> set[int]:
        """Who lived with this person at some instant of that time."""
        mine = {home.household for home in self.between(person, begun, ended)}
        mates = [home for number in mine for home in self.households[number] if home.meanwhile(begun, ended)]
        return {home.person for home in mates}

    def hidden(self, people: Iterable[int], begun: datetime, ended: datetime) -> set[str]:
        """Addresses of those who had been protected before."""
        secret = [one for one in people if one in self.protected and self.protected[one][1] < begun]
        return {home.address for one in secret for home in self.between(one, begun, ended)}

    def guarded(self, person: int, ended: datetime) -> bool:
        """Whether somebody who ever lived with this person may have been protected by then."""
        mine = {home.household for home in self.homes.get(person, [])}
        mates = {home.person for number in mine for home in self.households[number]}
        return any(self.protected[one][0] <= ended for one in mates if one in self.protected)

    def touched(self, person: int, begun: datetime, ended: datetime) -> bool:
        """Whether anything changed meanwhile for anybody of the person's household."""
        mine = {home.household for home in self.homes.get(person, [])}
        homes = [home for number in mine for home in self.households[number]]
        times = [home.since for home in homes] + [home.until for home in homes if home.until]
        times += [self.protected[home.person] for home in homes if home.person in self.protected]
        return any(since <= ended and until >= begun for since, until in times)

    def wrong(self, paper: Outcome, pages: list[str]) -> list[str]:
        """What is wrong with a paper; nothing for a right one."""
        begun, ended = time(paper)
        homes = self.between(paper["person"], begun, ended)
        family = self.family(paper["person"], begun, ended)
        text = "".join(pages)
        found = [f"no number on page {at}" for at, page in enumerate(pages, 1) if paper["number"] not in page]
        found += [] if self.names[paper["person"]] in text else ["its own person is missing"]
        found += [] if homes else ["of somebody who had left the city"]
        found += [] if any(home.address in text for home in homes) else ["an address that nobody believed meanwhile"]
        found += [f"a stranger: {name}" for name in strangers(text, self.names, family)]
        found += ["a protected address" for address in self.hidden(family, begun, ended) if address in text]
        if paper["whole"] == "世帯全員の分":
            stayed = [one for one in family if self.resident(one, begun, ended)]
            found += ["a member is missing" for one in stayed if self.names[one] not in text]
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
