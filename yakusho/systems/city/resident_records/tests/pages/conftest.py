"""A browser at the desk: who sits there, at which instant, and what the page says."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse

from yakusho.blocks.doors import SYSTEM
from yakusho.registers.places import actions as places
from yakusho.systems.city.resident_records.tests.conftest import AT, CLERK, ON

TAGS = re.compile(r"<[^>]+>")


@dataclass
class Shown:
    """One answer: its status, where it leads, its words, its source."""

    status: int
    where: str
    html: str

    @property
    def main(self):
        return self.html[self.html.index("<main") : self.html.index("</main>")]

    @property
    def words(self):
        return unescape(re.sub(r"\s+", " ", TAGS.sub(" ", self.main)))

    @property
    def title(self):
        return " ".join(unescape(re.search(r"<title>(.*?)</title>", self.html, re.S)[1]).split())

    @property
    def sentences(self):
        found = re.search(r'<div class="errors".*?</div>', self.html, re.S)
        return unescape(TAGS.sub(" ", found[0])) if found else ""

    def value(self, name):
        field = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', self.html)[0]
        said = re.search(r'value="([^"]*)"', field)
        return unescape(said[1]) if said else ""


class Browser:
    """Django's client with an actor at it."""

    def __init__(self, client, monkeypatch):
        self.client, self.actor, self.at = client, CLERK, AT

        def who(request):
            request.visit = None
            return self.actor

        monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", who)
        monkeypatch.setattr("yakusho.blocks.pages.clock.read", lambda: self.at)

    def sit(self, actor, *, day=None):
        self.actor = actor
        if day is not None:
            self.at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        return self

    def show(self, name, *args, lang="ja", **get):
        return self._shown(self.client.get(reverse(f"resident_records:{name}", args=args), {"lang": lang} | get))

    def follow(self, address):
        return self._shown(self.client.get(address))

    def send(self, name, *args, query="", lang="ja", **data):
        posted = {field.replace("__", "-"): value for field, value in data.items()}
        address = reverse(f"resident_records:{name}", args=args)
        return self._shown(self.client.post(f"{address}?lang={lang}&{query}", posted))

    def _shown(self, answer):
        return Shown(answer.status_code, answer.headers.get("Location", ""), answer.content.decode())


@pytest.fixture
def browser(db, client, monkeypatch):
    return Browser(client, monkeypatch)


@pytest.fixture
def towns(db, settings, tmp_path):
    """Some towns of the city, from its own file."""
    city = settings.CITY_DIR
    lines = (city / "data" / "towns.csv").read_text("utf-8").splitlines()
    (tmp_path / "data").mkdir()
    kept = [
        line
        for number, line in enumerate(lines)
        if number == 0 or line.split(",")[1].startswith(("本宮", "上田", "内丸"))
    ]
    (tmp_path / "data" / "towns.csv").write_text("\n".join([*kept, ""]), "utf-8")
    settings.CITY_DIR = tmp_path
    places.load_towns(by=SYSTEM, on=ON)
    settings.CITY_DIR = city
