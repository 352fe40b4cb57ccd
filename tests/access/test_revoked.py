"""A right that is taken away is gone at the next request, in the browser and for programs."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from psycopg.types.range import Range as DateRange

from tests.access import cast
from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity.models import Appointment
from yakusho.blocks.identity.values import Token

SEARCH = "/api/queries/resident_records.search"
DESK = "/resident_records/desk/search"


@pytest.fixture
def clock(scene, monkeypatch):
    now = {"at": scene.stage.at}
    monkeypatch.setattr("yakusho.blocks.pages.clock.read", lambda: now["at"])
    return now


@pytest.fixture
def clerk(scene, clock):
    """A clerk, the browser in which they are signed in, and a program that acts for them."""
    actor = cast.officer("resident_clerk")
    begun = actions.begin(
        method="sample", who=f"try {actor.account}", address="192.0.2.1", by=SYSTEM, at=scene.stage.at
    )
    given = {"attempt": begun.attempt, "account": actor.account, "proof": "passkey", "device": "見本"}
    browser = Client()
    stored = browser.session
    stored["identity"] = actions.open_session(**given, by=SYSTEM, at=scene.stage.at).session
    stored.save()
    token = {"account": actor.account, "name": "見本", "scopes": ["resident_records.*"]}
    return Clerk(actor.account, browser, actions.issue_api_token(**token, by=SYSTEM, at=scene.stage.at))


@dataclass
class Clerk:
    account: int
    browser: Client
    token: Token

    def answers(self):
        """Status of a page in the browser, and of a question by the program."""
        header = {"Authorization": f"Bearer {self.token.token}"}
        asked = {"data": {"text": "見本"}, "content_type": "application/json", "headers": header}
        return self.browser.get(DESK).status_code, Client().post(SEARCH, **asked).status_code


def appointment(clerk):
    return Appointment.objects.get(account=clerk.account, revoked_on=None).pk


def test_a_duty_that_is_revoked_is_gone_at_the_next_request(scene, clerk):
    assert clerk.answers() == (200, 200)
    given = {"appointment": appointment(clerk), "reason": "異動"}
    actions.revoke_role(**given, by=SYSTEM, on=scene.stage.on)
    assert clerk.answers() == (403, 403)


def test_a_duty_ends_with_its_last_day(scene, clerk, clock):
    row = Appointment.objects.get(pk=appointment(clerk))
    row.valid = DateRange(row.valid.lower, scene.stage.on + timedelta(days=1))
    row.save()
    assert clerk.answers() == (200, 200)
    clock["at"] += timedelta(minutes=14)
    assert clerk.answers()[1] == 200
    clock["at"] = scene.stage.at.replace(hour=15)  # midnight in the city
    assert clerk.answers()[1] == 403


def test_an_account_that_is_ended_is_nobody_at_the_next_request(scene, clerk):
    actions.end_account(account=clerk.account, by=SYSTEM, at=scene.stage.at)
    assert clerk.answers() == (302, 401)


def test_a_session_or_token_that_is_ended_opens_nothing_more(scene, clerk):
    actions.revoke_api_token(client=clerk.token.client, by=SYSTEM, at=scene.stage.at)
    assert clerk.answers() == (200, 401)
    actions.close_session(session=clerk.browser.session["identity"], reason="signed_out", by=SYSTEM, at=scene.stage.at)
    assert clerk.answers() == (302, 401)
