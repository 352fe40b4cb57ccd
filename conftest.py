"""Every test that asks for the database gets a migrated one of its own and serves it as the application's role."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import pytest
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from playwright.sync_api import Browser

from tests import house
from tests.browser.running import browser

# Every page that a test opens is watched: a write outside an action stops the test.
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing has been collected in a fresh clone
settings.BUILD = os.environ["YAKUSHO_BUILD"]
settings.MIDDLEWARE = ["yakusho.web.watch.WatchMiddleware", *settings.MIDDLEWARE]


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: object) -> Iterator[None]:
    """Replaces pytest-django's own: the owner migrates, the tests run as the application's role, as in service."""
    get_resolver().url_patterns  # noqa: B018 - loaded now, before a test changes the settings that shape them
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = house.clone(f"test_{worker}_{os.getpid()}")
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name
    yield
    for connection in connections.all():
        connection.close()
    house.drop(name)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for each file of tests; ended before the next file, which may run a loop of its own."""
    with browser() as running:
        yield running
