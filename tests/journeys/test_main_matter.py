"""The main matter in the browser: a family moves in at the counter; the next minute the mother asks for a copy of her record
on her phone; the right signed paper comes out; she sees who looked; an outsider verifies the paper."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import checks

pytestmark = pytest.mark.browser


def visitor(browser: Browser, site: str, *, width: int) -> Page:
    """Somebody's own browser."""
    size = {"width": width, "height": 900}
    return browser.new_context(base_url=site, viewport=size, locale="ja-JP", timezone_id="Asia/Tokyo").new_page()


@pytest.fixture(scope="module")
def clerk(chromium: Browser, site: str) -> Page:
    page = visitor(chromium, site, width=1280)
    page.goto("/identity/")
    page.locator("form[action$='/clerk1'] button").click()
    return page


@pytest.fixture(scope="module")
def phone(chromium: Browser, site: str) -> Page:
    return visitor(chromium, site, width=390)


def person(page: Page, number: int, relation: str, given: str, kana: str, sex: str, born: str) -> None:
    """One row of the notice."""
    row = f"notice-people-{number}"
    for name, text in (
        ("relation", relation),
        ("names-family", "見本"),
        ("names-given", given),
        ("names-family_kana", "ミホン"),
        ("names-given_kana", kana),
        ("names-born", born),
    ):
        page.locator(f"[name={row}-{name}]").fill(text)
    box = page.locator(f"[name={row}-names-sex]").first
    if box.evaluate("e => e.tagName") == "SELECT":
        box.select_option(label=sex)
    else:
        page.locator(f"[name={row}-names-sex][value={sex}]").check()


@pytest.fixture(scope="module")
def number(clerk: Page) -> int:
    """宛名番号 The mother's number, after the clerk has taken the notice."""
    clerk.goto("/resident_records/desk/move-in")
    moved = timezone.localdate() - timedelta(days=2)
    clerk.locator("[name=notice-event_on]").fill(moved.isoformat())
    clerk.locator("[name=notice-came_from]").fill("東京都杉並区見本一丁目2番3号")
    clerk.locator("[name=notice-address-town_name]").fill("若園町")
    clerk.locator("[name=notice-address-block]").fill("2番18号")
    person(clerk, 0, "世帯主", "太郎", "タロウ", "男", "H2.4.2")
    for row, member in enumerate(
        (("妻", "花子", "ハナコ", "女", "H3.8.15"), ("子", "葵", "アオイ", "女", "R4.1.10")), 1
    ):
        with clerk.expect_navigation():
            clerk.keyboard.press("Insert")
        person(clerk, row, *member)
    with clerk.expect_navigation():
        clerk.keyboard.press("F12")
    expect(clerk.locator("h1")).to_contain_text("転入")
    expect(clerk.locator("tbody tr")).to_have_count(3)
    address = clerk.locator("tbody tr", has_text="花子").locator("a").first.get_attribute("href") or ""
    return int(address.split("/person/")[1].split("/")[0].split("?")[0])


def choose(page: Page) -> None:
    """What shall stand on the copy."""
    for label in ("住民票の写し", "世帯全員の分", "世帯主と続柄を載せる"):
        page.get_by_label(label, exact=True).check()
    page.locator("main button").last.click()


@pytest.fixture(scope="module")
def signed_in(clerk: Page, phone: Page, number: int) -> Page:
    """The mother, signed in with the card that was made for her new address."""
    clerk.goto("/resident_card/desk/make")
    clerk.locator("input[name=person]").fill(str(number))
    clerk.locator("main button.button").last.click()
    expect(clerk.locator("h1")).to_contain_text("見本のカードができました")
    phone.goto("/identity/")
    phone.get_by_role("button", name="カードでサインイン").click()
    phone.locator("select[name=card]").select_option(label="見本花子")
    phone.locator("input[name=pin]").fill("1234")
    phone.get_by_role("button", name="カードをかざす").click()
    phone.locator("input[name=pin]").last.fill("MIHON123")
    phone.locator("form:has(input[name=pin]) button").last.click()
    phone.wait_for_load_state()
    return phone


def test_the_mother_gets_her_paper_on_the_phone(signed_in: Page):
    page = signed_in
    page.goto("/certificates/")
    checks.no_sideways_scroll(page)
    page.locator("ul.linklist a", has_text="花子").click()
    choose(page)
    expect(page.locator("h1")).to_contain_text("確かめてください")
    page.locator("main button").last.click()
    expect(page.locator("h1")).to_contain_text("住民票の写し")
    checks.axe(page)
    pdf = page.request.get(page.get_by_role("link", name="PDF").first.get_attribute("href") or "").body()
    printed = "".join("".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(pdf)).pages).split())
    places = [printed.index(word) for word in ("若園町2番18号", "見本太郎", "見本花子", "見本葵", "世帯全員の住民票")]
    assert places == sorted(places)


def test_she_finds_it_in_her_inbox_too(signed_in: Page):
    signed_in.goto("/messages/")
    expect(signed_in.locator("main")).to_contain_text("住民票の写し")


def test_she_sees_who_looked_at_her_record(signed_in: Page):
    signed_in.goto("/resident_records/mine/looked")
    expect(signed_in.locator("main")).to_contain_text("市民登録課")
    checks.axe(signed_in)


def test_anybody_verifies_the_paper_by_its_code(signed_in: Page, chromium: Browser, site: str):
    signed_in.goto("/documents/papers")
    signed_in.locator("main a[href*='/documents/papers/']").first.click()
    code = signed_in.locator("main dd", has_text="-").first.inner_text().replace("\n", "").strip()
    outsider = visitor(chromium, site, width=390)
    outsider.goto(f"/VERIFY/{code.replace('-', '')}")
    expect(outsider.locator("main")).to_contain_text("有効")
    assert "花子" not in outsider.content()
    outsider.goto(f"/VERIFY/{code.replace('-', '')[:-1]}{'A' if code[-1] != 'A' else 'B'}")
    expect(outsider.locator("main")).not_to_contain_text("有効な証明書")


def test_another_resident_sees_neither_her_paper_nor_her_record(
    signed_in: Page, chromium: Browser, site: str, number: int
):
    paper = signed_in.goto("/documents/papers")
    assert paper is not None
    address = signed_in.locator("main a[href*='/documents/papers/']").first.get_attribute("href") or ""
    other = visitor(chromium, site, width=390)
    other.goto("/identity/")
    other.locator("form[action$='/resident1'] button").click()
    for foreign in (address, f"/certificates/{number}", "/documents/papers/202699999999"):
        answer = other.goto(foreign)
        assert answer is not None
        assert answer.status == 404


def test_who_has_not_just_shown_a_card_shows_it_before_the_order_and_comes_back_to_the_answers(
    chromium: Browser, site: str
):
    page = visitor(chromium, site, width=390)
    page.goto("/identity/")
    page.locator("form[action$='/resident1'] button").click()
    page.goto("/certificates/")
    page.locator("ul.linklist a").first.click()
    choose(page)
    expect(page.locator("h1")).to_contain_text("もう一度、ご本人の確認")
    checks.axe(page)
    page.get_by_role("button", name="カードで確認する").click()
    page.locator("select[name=card]").select_option(label="佐々木彩")
    page.locator("input[name=pin]").fill("1234")
    page.get_by_role("button", name="カードをかざす").click()
    expect(page.locator("h1")).to_contain_text("確かめてください")
    expect(page.locator("main")).to_contain_text("世帯主と続柄を載せる")
