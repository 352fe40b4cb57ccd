"""Residents and colleagues, the templates of a toy room, a clock that the test turns, and a mail server."""

import copy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.identity.tests.sitting import signed_in  # noqa: F401 - a fixture
from yakusho.blocks.messages import actions
from yakusho.blocks.messages.tests import toy
from yakusho.blocks.messages.tests.mail_server import mail_server
from yakusho.blocks.messages.values import ContactInput


class Clock:
    """An instant that stands still until the test moves it."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC) + timedelta(minutes=1)  # after the rows that the database dates itself

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **time: int) -> None:
        self.at += timedelta(**time)


@pytest.fixture(autouse=True)
def templates(settings):
    """The toy room's templates, found as a real room's are."""
    changed = copy.deepcopy(settings.TEMPLATES)
    changed[0]["DIRS"] = [Path(__file__).parent / "templates"]
    changed[0]["OPTIONS"]["loaders"][0][1].append("django.template.loaders.filesystem.Loader")
    settings.TEMPLATES = changed


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def clerk():
    return Actor(7, "窓口 花子", frozenset({Grant("resident_clerk", "citizen_registration")}), case="C-1")


@pytest.fixture
def mother():
    return Actor(70, "見本 母", person=501)


@pytest.fixture
def neighbour():
    return Actor(71, "見本 隣", person=502)


@pytest.fixture
def toll(db, clerk):
    return lambda **given: toy.toll_for(by=clerk, on=date(2026, 11, 23), **({"person": 501} | given))


@pytest.fixture
def with_mail(db, mother):
    actions.set_contact(contact=ContactInput(mail="mother@example.jp", language="ja"), by=mother)


@pytest.fixture
def real_city(settings):
    """A city whose mail is really sent."""
    settings.SAMPLE_CITY = False


@pytest.fixture
def post_office(settings, real_city):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as state:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", state.port
        yield state
