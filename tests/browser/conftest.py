"""The browser for tests: Debian's chromium, Japanese, offline except for our own server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import house
from tests.browser import checks
from yakusho.blocks.pages import catalogs

Opener = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def _open(make: Callable[[str], str], name: str) -> Iterator[str]:
    """Address of a house over a database made for it; YAKUSHO_SITE names one that already runs."""
    if running := os.environ.get("YAKUSHO_SITE"):
        yield running
        return
    catalogs.compile_stale(house.ROOT / "yakusho")
    database = make(f"{name}_{os.getpid()}")
    try:
        with house.open_city(database) as address:
            yield address
    finally:
        house.drop(database)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Address of a running house over an empty database."""
    with _open(house.clone, "browser") as address:
        yield address


@pytest.fixture(scope="session")
def city() -> Iterator[str]:
    """Address of a running house over a small sample city with its sample sign-ins."""
    with _open(house.served, "browser_city") as address:
        yield address


@pytest.fixture(scope="module")
def profiles(chromium: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Browser profiles; those for reading only are kept, so that fonts and styles are loaded once."""
    kept: dict[tuple[object, ...], BrowserContext] = {}

    def profile(lang: str, *, fresh: bool, **more: Any) -> BrowserContext:
        name = (lang, *sorted(more.items()))
        if fresh or name not in kept:
            made = chromium.new_context(base_url=site, locale="ja-JP", timezone_id="Asia/Tokyo", **more)
            made.add_cookies([{"name": "lang", "value": lang, "url": site}])
            if fresh:
                return made
            kept[name] = made
        return kept[name]

    yield profile
    for context in kept.values():
        context.close()


@pytest.fixture
def opener(profiles: Callable[..., BrowserContext]) -> Iterator[Opener]:
    """`opener(address, width=320, lang="en", javascript=False)` opens a page; what it logs as an error fails the test.

    Each call has a browser profile of its own, unless `fresh=False`: pages that are only looked at share one.
    """
    pages: list[tuple[Page, bool]] = []
    said: list[str] = []

    def open_page(
        address: str = "/",
        *,
        width: int = 1280,
        lang: str = "ja",
        javascript: bool = True,
        fresh: bool = True,
        **more: Any,
    ) -> Page:
        more |= {} if javascript else {"java_script_enabled": False}
        page = profiles(lang, fresh=fresh, **more).new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}") if _is_ours(message) else None)
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.goto(address)
        pages.append((page, fresh))
        return page

    yield open_page
    for page, alone in pages:
        (page.context if alone else page).close()
    assert said == [], "\n".join(said)


@pytest.fixture(scope="module")
def readers() -> Iterator[dict[tuple[object, ...], Page]]:
    """Pages at which people have signed in to look only, by who and how; one for all tests of a file."""
    kept: dict[tuple[object, ...], Page] = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.fixture
def signed_in(chromium: Browser, city: str, readers: dict[tuple[object, ...], Page]) -> Iterator[Opener]:
    """`signed_in("clerk1", width=320)`: a page of the sample city at which a sample person has signed in; "" for nobody.

    Each call is a browser profile of its own, unless `fresh=False`: what only looks shares one.
    """
    contexts: list[BrowserContext] = []

    def open_page(login: str, *, fresh: bool = True, **look: Any) -> Page:
        name = (login, *sorted(look.items()))
        if fresh or name not in readers:
            page = _new_page(login, **look)
            if fresh:
                contexts.append(page.context)
                return page
            readers[name] = page
        return readers[name]

    def _new_page(login: str, *, width: int = 1280, lang: str = "ja", **more: Any) -> Page:
        size = {"width": width, "height": 900}
        context = chromium.new_context(base_url=city, viewport=size, locale="ja-JP", timezone_id="Asia/Tokyo", **more)
        context.add_cookies([{"name": "lang", "value": lang, "url": city}])
        page = context.new_page()
        if login:
            page.goto("/identity/")
            with page.expect_navigation():
                page.locator(f"form[action$='/{login}'] button").click()
        return page

    yield open_page
    for context in contexts:
        context.close()


def _is_ours(message: Any) -> bool:
    return message.type == "error" and "the server responded with a status" not in message.text


@pytest.fixture
def page(opener: Opener) -> Page:
    """A page at the portal's first address, 1280 px wide, in Japanese."""
    return opener("/")


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)`: nothing is found."""
    return checks.axe


@pytest.fixture
def no_sideways_scroll() -> Callable[[Page], None]:
    """`no_sideways_scroll(page)`."""
    return checks.no_sideways_scroll


@pytest.fixture
def keyboard() -> Callable[..., list[str]]:
    """`keyboard(page)`: walk with Tab; every stop is outlined and visible."""
    return checks.keyboard
