"""The pages of alarms over a sample city in which everything is wrong: three languages, 320 px, nothing found by axe."""

import os

import psycopg
import pytest
from playwright.sync_api import expect

from tests import house
from tests.browser import checks
from tests.sizes import sized

RUNG = """
insert into alarms_alarm (cause, raised_at, gone_at, finding) values
  ('record_late', '2026-11-23 01:00Z', null, ''), ('depot_away', '2026-11-23 01:00Z', '2026-11-23 01:10Z', '')
on conflict do nothing
"""


@pytest.fixture
def rung(city):
    if "YAKUSHO_SITE" in os.environ:
        pytest.skip("no alarm is rung in a house that runs for others")
    password = (house.STATE / "secrets" / "db_owner").read_text("utf-8").strip()
    name = f"browser_city_{os.getpid()}"
    with psycopg.connect(host=house.HOST, dbname=name, user="yakusho_owner", password=password) as connection:
        connection.execute(RUNG)


@pytest.mark.parametrize("lang", sized(["easy"], ["ja", "en", "easy"]))  # each step below is tried in Japanese
def test_what_rang_and_what_to_do_about_it(rung, signed_in, lang):
    page = signed_in("auditor1", lang=lang, width=320)
    page.goto("/alarms/desk")
    pages = [page.url, *(link.evaluate("a => a.href") for link in page.locator("main tbody th a").all())]
    assert len(pages) == 3
    for address in pages:
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        checks.no_sideways_scroll(page)
        checks.axe(page)


def test_an_alarm_is_closed_by_keyboard_with_what_was_found(rung, signed_in):
    page = signed_in("auditor1", width=320)
    page.goto("/alarms/desk")
    page.locator("tbody tr", has_text="原因は解消").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="調査結果を記録して閉じる").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/close")
    checks.axe(page)
    checks.no_sideways_scroll(page)
    page.get_by_label("調査結果").focus()
    page.keyboard.type("置き場所の接続が外れていた")
    page.get_by_role("button", name="調査結果を記録して閉じる").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/alarms/desk")
    page.goto("/alarms/desk?closed=1")
    expect(page.locator("tbody tr", has_text="閉じた")).to_have_count(1)
