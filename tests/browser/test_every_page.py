"""Every page that can be reached, for each kind of person, in two languages: axe, 320 px, one heading, no fault."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser import checks

PEOPLE = ["", "resident1", "clerk1", "manager1", "auditor1", "admin1"]
LINKS = "all => all.map((a) => a.href)"
MOST = 40


def route(address: str) -> str:
    """The route of an address, so that a page is looked at once and not once a person; "" for what is no page."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return "" if found.route.startswith("api/") else f"/{found.route}"


def walk(page, starts):
    """Open one address of each route that links lead to; yields while the page is open."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if route(address) in seen or not route(address):
            continue
        seen.add(route(address))
        if "text/html" not in page.request.get(address).headers.get("content-type", ""):
            continue
        answer = page.goto(address)
        yield answer
        waiting += [
            link for link in page.locator("a[href]").evaluate_all(LINKS) if link.startswith(page.url.split("/", 3)[0])
        ]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("login", PEOPLE)
def test_every_page_a_person_can_reach(signed_in, login, lang):
    page = signed_in(login, lang=lang, width=1280 if lang == "en" else 320)
    wrong, opened = [], []
    for answer in walk(page, ["/desk/", "/"] if login not in ("", "resident1") else ["/"]):
        opened.append(route(page.url))
        wrong += faults(page, answer)
    assert len(opened) > 3
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
