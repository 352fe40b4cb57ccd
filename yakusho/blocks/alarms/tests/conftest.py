"""A city's house of which the test says what is wrong, at an instant that stands still."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from yakusho.blocks.alarms import watch
from yakusho.blocks.doors import SYSTEM, Actor, Grant
from yakusho.blocks.identity import actions as identity
from yakusho.blocks.identity.tests.sitting import signed_in  # noqa: F401 - a fixture
from yakusho.blocks.identity.values import GrantInput

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = AT.date()


class House:
    """What is wrong: how long the oldest entry waits for its signature, and what the launcher wrote down of the depot."""

    def __init__(self, state):
        self.at, self.waits, self.seen = AT, timedelta(0), state / "backup" / "seen.json"
        self.seen.parent.mkdir()

    def keeps(self, *, carried, backup=timedelta(hours=9)):
        """So long ago something came into the depot, and so old is the last whole backup."""
        told = {"well": self.at - carried} | ({} if backup is None else {"last": self.at - backup})
        self.seen.write_text(json.dumps({word: instant.isoformat() for word, instant in told.items()}))

    def later(self, **time):
        self.at += timedelta(**time)

    def look(self):
        return watch.look(clock=lambda: self.at)


@pytest.fixture
def kept(db, settings, tmp_path, monkeypatch):
    """Everything is well."""
    settings.STATE = tmp_path
    made = House(tmp_path)
    monkeypatch.setattr("yakusho.blocks.alarms.queries.log.evidence_is_late", lambda most: made.waits > most)
    made.keeps(carried=timedelta(seconds=40))
    return made


@pytest.fixture
def real_city(settings):
    settings.SAMPLE_CITY = False


@pytest.fixture
def appointed(db):
    """Gives somebody a duty: appointed("auditor1"), and returns the account."""

    def appoint(login, role="auditor", since=DAY, until=None):
        account = identity.open_account(login=login, name="見本 職員", by=SYSTEM).account
        duty = GrantInput(account=account, role=role, office="audit", since=since, until=until, reason="任命")
        identity.grant_role(appointment=duty, by=SYSTEM, at=AT)
        return account

    return appoint


@pytest.fixture
def auditors(appointed):
    return [appointed(f"auditor-{number}") for number in range(2)]


@pytest.fixture
def auditor():
    return Actor(7, "監査 一郎", frozenset({Grant("auditor", "audit")}))
