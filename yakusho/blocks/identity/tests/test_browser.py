"""The door in a real browser: passkeys by a virtual authenticator, the card without JavaScript, the next person, axe."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests import house
from tests.browser import checks
from tests.browser.conftest import opener, profiles  # noqa: F401 - fixtures
from yakusho.blocks.pages import catalogs

pytestmark = pytest.mark.browser
SAMPLES = """
import django; django.setup()
from datetime import UTC, date, datetime, timedelta
from yakusho.blocks.identity import samples
items = samples.FourItems("髙橋 美咲", date(1990, 1, 2), "2", "岩手県盛岡市内丸12番2号")
at = datetime.now(UTC) - timedelta(days=1)
samples.ensure_sample_accounts(resident=7, items=items, on=at.date(), at=at)
"""


@pytest.fixture(scope="session")
def site():
    """A running sample city with its sample accounts."""
    catalogs.compile_stale(house.ROOT / "yakusho")
    database = house.clone(f"door_{os.getpid()}")
    try:
        env = house.surroundings(database)
        subprocess.run([sys.executable, "-c", SAMPLES], cwd=house.ROOT, env=env, check=True)
        with house.open_city(database) as address:
            yield address
    finally:
        house.drop(database)


@pytest.fixture
def door(opener):  # noqa: F811
    """Opens the sign-in page."""
    return lambda **more: opener("/identity/", **more)


def device(page, *, verified=True):
    """A virtual authenticator in this browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": verified, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def by_card(page, pin="1234"):
    """From the card page on: PIN and present."""
    page.get_by_label("暗証番号").fill(pin)
    page.get_by_role("button", name="カードをかざす").click()


def sign_in_by_card(page):
    page.get_by_role("button", name="カードでサインイン").click()
    by_card(page)


def test_a_passkey_is_registered_and_opens_the_door(door):
    page = door()
    device(page)
    sign_in_by_card(page)
    page.goto("/identity/mine/passkeys/new")
    page.get_by_label("端末の名前").fill("試験の電話")
    page.get_by_role("button", name="この端末を登録する").click()
    expect(page.get_by_text("試験の電話").first).to_be_visible()
    page.locator("main").get_by_role("button", name="終わる（次の方へ）").click()
    page.goto("/identity/")
    page.get_by_role("button", name="パスキーで確認する").click()
    page.wait_for_url(lambda url: "/identity/" not in url)
    page.goto("/identity/mine")
    expect(page.get_by_role("heading", level=1)).to_have_text("わたしのサインイン")


def test_a_device_that_knows_nobody_is_told_so(door):
    page = door()
    device(page, verified=False)
    page.get_by_role("button", name="パスキーで確認する").click()
    failed = page.get_by_role("alert")
    expect(failed).to_be_visible(timeout=70_000)
    expect(failed).to_be_focused()
    expect(failed).to_contain_text("パスキーを使えませんでした")


def test_the_card_works_without_javascript(door):
    page = door(javascript=False)
    sign_in_by_card(page)
    page.goto("/identity/mine")
    expect(page.get_by_role("heading", level=1)).to_have_text("わたしのサインイン")


def test_the_card_works_by_keyboard_alone_and_says_what_was_wrong(door):
    page = door()
    page.get_by_role("button", name="カードでサインイン").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("カードで確認")
    page.get_by_label("暗証番号").focus()
    page.keyboard.type("0000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("あと2回")
    assert page.title().startswith("エラー：")
    page.get_by_label("暗証番号").focus()
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/identity/" not in url)


def test_the_next_person_finds_nothing_behind_the_back_button(door):
    page = door()
    sign_in_by_card(page)
    page.goto("/identity/mine")
    expect(page.get_by_text("マイナンバーカード").first).to_be_visible()
    page.locator("main").get_by_role("button", name="終わる（次の方へ）").click()
    page.wait_for_url(lambda url: not url.endswith("/identity/mine"))
    page.go_back()
    expect(page.get_by_text("マイナンバーカード（")).to_have_count(0)
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"] == []


ADDRESSES = ("/identity/", "/identity/staff", "/identity/staff/enrol/x.y")


@pytest.mark.parametrize("lang", ["ja", "en", "easy"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_open_pages_have_no_fault(opener, address, lang):  # noqa: F811
    page = opener(address, lang=lang, width=320, fresh=False)
    checks.axe(page)
    checks.no_sideways_scroll(page)


@pytest.mark.parametrize("lang", ["ja", "en", "easy"])
def test_pages_behind_the_door_have_no_fault(opener, lang):  # noqa: F811
    page = opener("/identity/", lang=lang, width=320)
    page.locator("form[action$='/identity/card'] button").click()
    checks.axe(page)
    checks.no_sideways_scroll(page)
    page.locator("summary").click()
    checks.axe(page)
    page.locator("#pin").fill("9999")
    page.locator("form[action*='/sample/card/'] button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    checks.axe(page)
    page.locator("#pin").fill("1234")
    page.locator("form[action*='/sample/card/'] button").click()
    for address in ("/identity/mine", "/identity/again", "/identity/mine/passkeys/new"):
        page.goto(address)
        checks.axe(page)
        checks.no_sideways_scroll(page)
