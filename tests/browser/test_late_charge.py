"""The page on which anybody reckons a late charge: an answer and errors in each language at 320 px, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser import checks

PAGE = "/collection/late-charge"
ANSWER = f"{PAGE}?kind=tax&yen=65,000&due=R3.5.31&paid_on=R4.1.31"
WRONG = f"{PAGE}?kind=tax&yen=x&due=R3.5.31&paid_on="


@pytest.mark.parametrize("lang", ["ja", "en", "easy"])
def test_the_answer_and_the_errors_are_clean(opener, lang):
    page = opener(ANSWER, lang=lang, width=320)
    expect(page.locator("tbody tr")).to_have_count(3)
    checks.axe(page)
    checks.no_sideways_scroll(page)
    page.goto(WRONG)
    expect(page.locator(".errors li")).to_have_count(2)
    checks.axe(page)
    checks.no_sideways_scroll(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_charge_is_reckoned_by_keyboard(opener, javascript):
    page = opener(PAGE, javascript=javascript)
    page.locator("input[name=kind][value=tax]").focus()
    page.keyboard.press("Space")
    for typed in ("65000", "2021-05-31", "2022-01-31"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.locator("dl.figures")).to_contain_text("68,400円")
