"""A browser, accounts, soft cards and a clock that tests can turn."""

import itertools
import os
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests import house
from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions, matching
from yakusho.blocks.identity.values import GrantInput
from yakusho.blocks.jpki import sample_authority
from yakusho.blocks.jpki.profile import FourItems

ON = date(2026, 11, 24)
MISAKI = FourItems("髙橋 美咲", date(1990, 1, 2), "2", "岩手県盛岡市内丸12番2号")
KENTA = FourItems("佐藤 健太", date(1985, 5, 5), "1", "岩手県盛岡市本町通1丁目1番")


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self):
        self.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 09:00 in Morioka

    def __call__(self):
        return self.now

    def turn(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database of its own in which rivals really commit."""
    name, before = house.clone(f"test_rivals_{os.getpid()}"), connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
    house.drop(name)


def rivals(*acts):
    """Run these at once, each on a connection of its own; what each returned or raised, in their order."""
    outcomes, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        start.wait()
        try:
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def clock(settings):
    settings.CLOCK = Clock()
    return settings.CLOCK


@pytest.fixture
def state(settings, tmp_path, quick_keys):
    """The city's folder for this test alone."""
    settings.STATE = settings.STATIC_ROOT = tmp_path
    settings.SAMPLE_CARDS = tmp_path / "sample_cards"
    return tmp_path


@pytest.fixture(scope="session")
def some_keys():
    return [sample_authority.new_key() for _ in range(6)]


@pytest.fixture
def quick_keys(monkeypatch, some_keys):
    """Making keys is slow; neighbouring cards still get different ones."""
    monkeypatch.setattr(sample_authority, "new_key", itertools.cycle(some_keys).__next__)


@pytest.fixture
def register(monkeypatch):
    """A register of residents that finds people by exactly equal items: (items, person) pairs."""
    people = []
    monkeypatch.setattr(matching, "_registered", [])
    matching.find_by(lambda items, on: [number for known, number in people if same(known, items)])
    return people


def same(known, items):
    return (known.name, known.born, known.sex, known.address) == (items.name, items.born, items.sex, items.address)


@pytest.fixture
def browser(db, clock, state):
    """One browser; its cookies stay between requests."""
    return Client()


@pytest.fixture
def staff(db, clock):
    """Opens a staff account with duties: staff("clerk", ("role", "office"))."""

    def open_(login, *duties, since=ON, until=None):
        account = actions.open_account(login=login, name=login, by=SYSTEM).account
        for role, office in duties:
            given = GrantInput(account=account, role=role, office=office, since=since, until=until, reason="任命")
            actions.grant_role(appointment=given, by=SYSTEM, at=clock.now)
        return account

    return open_


@pytest.fixture
def resident(db, clock):
    """Opens a resident's account: resident(person, name)."""

    def open_(person=1, name="髙橋 美咲"):
        login = f"resident-{person}"
        return actions.open_account(login=login, name=name, kind="resident", person=person, by=SYSTEM).account

    return open_
