"""Every page that can be reached, for each kind of person, in two languages: axe, 320 px, one heading, no fault."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.browser import checks

PEOPLE = ["", "resident1", "clerk1", "manager1", "auditor1", "admin1"]
LINKS = "all => all.map((a) => a.href.split('#')[0])"
MOST = 40


@pytest.fixture(scope="module")
def seen():
    """Routes that somebody has opened already, in each language: a page is measured once, not once a person."""
    return {"ja": set(), "en": set()}


def route(address: str) -> str:
    """The route of an address, so that a page is looked at once and not once a person; "" for what is no page."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return "" if found.route.startswith("api/") else f"/{found.route}"


def walk(page, starts, seen):
    """Open the starts and one address of each new route that links lead to; yields while the page is open."""
    waiting, opened = list(starts), 0
    while waiting and opened < MOST:
        address = waiting.pop(0)
        if not route(address) or (route(address) in seen and address not in starts):
            continue
        seen.add(route(address))
        opened += 1
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue
        yield answer
        home = "/".join(page.url.split("/", 3)[:3]) + "/"
        waiting += [link for link in page.locator("a[href]").evaluate_all(LINKS) if link.startswith(home)]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("login", PEOPLE)
def test_every_page_a_person_can_reach(signed_in, seen, login, lang):
    page = signed_in(login, lang=lang, width=1280 if lang == "en" else 320)
    wrong, opened = [], []
    for answer in walk(page, ["/desk/", "/"] if login not in ("", "resident1") else ["/"], seen[lang]):
        opened.append(route(page.url))
        wrong += faults(page, answer)
    assert "/" in opened
    assert wrong == [], "\n".join(wrong)


def faults(page, answer):
    """What is wrong with the page that is open now."""
    where = f"{route(page.url)} ({page.url})"
    found = [f"{where}: status {answer.status}"] if answer.status >= 400 else []
    if page.locator("h1").count() != 1:
        found.append(f"{where}: {page.locator('h1').count()} headings of the first order")
    for check in (checks.axe, checks.no_sideways_scroll):
        try:
            check(page)
        except AssertionError as error:
            found.append(f"{where}: {error}")
    return found
