"""Clerks, a receiver and a clock that the test turns."""

from datetime import UTC, datetime, timedelta

import pytest

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.exchange import actions
from yakusho.blocks.exchange.models import Endpoint
from yakusho.blocks.exchange.tests import toy
from yakusho.blocks.exchange.tests.receiver import receiver
from yakusho.blocks.exchange.values import NewEndpoint
from yakusho.blocks.identity.tests.sitting import signed_in  # noqa: F401 - a fixture


class Clock:
    """An instant that stands still until the test moves it."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC) + timedelta(minutes=1)  # after the rows that the database dates itself

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **time: int) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def clerk():
    return Actor(7, "連携 花子", frozenset({Grant("exchange_clerk", "informatics")}))


@pytest.fixture
def somebody():
    return Actor(8, "窓口 太郎", frozenset({Grant("resident_clerk", "citizen_registration")}))


@pytest.fixture
def inside(settings):
    """A city that allows receivers inside its own networks."""
    settings.CITY = {**settings.CITY, "exchange": {"allow_private_addresses": True}}


@pytest.fixture
def outsider(inside):
    with receiver() as state:
        yield state


@pytest.fixture
def endpoint(db, outsider, clerk):
    number = actions.register_endpoint(
        endpoint=NewEndpoint(title="見本の受け手", url=outsider.url, events="toy.*"), by=clerk
    )
    return Endpoint.objects.get(pk=number)


@pytest.fixture
def toll(somebody):
    return lambda **given: toy.toll(bell=given.pop("bell", 1), by=somebody, **given)
