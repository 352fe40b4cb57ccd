"""The clerks' desk in the browser: found in three strokes, a family moved in without a mouse, clean in every state."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.sizes import sized

ROOM = "/resident_records"
DESK = f"{ROOM}/desk"
NOTICES = [
    "move",
    "move-out",
    "birth",
    "death",
    "merge",
    "split",
    "change-head",
    "recompose",
    "amend",
    "erase",
    "rename",
    "change-origin",
    "lose-nationality",
    "change-status",
    "request-protection",
]
Signed = Callable[..., Page]
SETTLED = "() => !document.querySelector('[autofocus]') || document.activeElement !== document.body"


@pytest.fixture
def signed(signed_in: Signed) -> Signed:
    """`signed("clerk1", address, width=…, lang=…)` opens a page of the sample city with a sample sign-in."""

    def open_page(who: str, address: str, **look: object) -> Page:
        page = signed_in(who, **look)
        page.goto(address)
        return page

    return open_page


@pytest.fixture(scope="module")
def people(city: str) -> dict[str, str]:
    """Addresses that the tests visit, found once."""
    return {}


def household(signed: Signed, people: dict[str, str], **look: object) -> Page:
    """The page of somebody who lives here with others."""
    page = signed("clerk1", people.get("household") or f"{DESK}/search?text=たかはし&residents_only=on", **look)
    if "household" not in people:
        with page.expect_navigation():
            page.locator("tbody tr", has_text="子").locator("a").first.click()
        people["household"] = page.url.split("?")[0]
    return page


def press(page: Page, key: str) -> None:
    """A key that leads to another page, pressed when the page has given its focus to what it says."""
    if key != "Escape":  # which has just taken the focus out of a field
        page.wait_for_function(SETTLED)
    with page.expect_navigation():
        page.keyboard.press(key)


def clean(page: Page) -> None:
    """One heading, nothing for axe, not wider than the window."""
    expect(page.locator("h1")).to_have_count(1)
    checks.axe(page)
    checks.no_sideways_scroll(page)


def test_a_person_is_found_in_three_groups_of_strokes(signed):
    page = signed("clerk1", f"{DESK}/search")
    checks.focused(page, "id_text")
    page.keyboard.type("ﾀｶﾊｼ")
    press(page, "Enter")
    chosen = page.locator("tr[data-current] a").inner_text().split("\n")[-1]
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text(chosen)


def test_a_row_is_chosen_by_its_number_and_told_beside(signed):
    page = signed("clerk1", f"{DESK}/search?text=たかはし")
    page.keyboard.press("3")
    expect(page.locator("tr[data-current] kbd")).to_have_text("3")
    name = page.locator("tr[data-current] a").inner_text().split("\n")[-1]
    expect(page.locator("[data-row-detail]:visible h2")).to_contain_text(name)
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr[data-current] kbd")).to_have_text("4")
    page.keyboard.press("/")
    checks.focused(page, "id_text")
    page.keyboard.press("Escape")
    press(page, "Escape")
    expect(page).to_have_url(re.compile("/search$"))


def typed(page: Page, *fields: str) -> None:
    """Type into one field after the other: Tab goes on, "" passes by, ↓ opens nothing and chooses the next."""
    for number, text in enumerate(fields):
        if number:
            page.keyboard.press("Tab")
        if set(text) == {"↓"}:
            for _ in text:
                page.keyboard.press("ArrowDown")
        elif text:
            page.keyboard.type(text)


def test_a_family_moves_in_without_a_mouse(signed):
    page = signed("clerk1", f"{DESK}/move-in")
    checks.focused(page, "id_notice-event_on")
    day = page.locator("[name=notice-notified_on]").input_value()
    typed(page, day, "", "", "宮城県仙台市青葉区見本町1-2-3", "", "本宮五丁目", "15番8号", "")
    page.keyboard.press("Tab")
    typed(page, "世帯主", "", "及川", "香澄", "ｵｲｶﾜ", "かすみ", "↓↓", "S62.7.2")
    press(page, "Insert")
    checks.focused(page, "id_notice-people-1-relation")
    typed(page, "子", "", "及川", "結衣", "オイカワ", "ユイ", "↓↓", "H27.4.9")
    press(page, "F12")
    expect(page.locator("h1")).to_have_text("転入：受付結果")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("期限内")
    clean(page)
    press(page, "F9")
    expect(page.locator("h1")).to_have_text("及川　香澄の記録")
    expect(page.locator("main")).to_contain_text("本宮五丁目15番8号")


def test_enter_in_a_field_registers_and_never_removes_a_person(signed):
    page = signed("clerk1", f"{DESK}/move-in")
    page.locator("[name=notice-people-0-names-family]").fill("及川")
    page.locator("[name=notice-people-0-names-family]").focus()
    press(page, "Enter")
    expect(page.locator(".errors li").first).to_contain_text("異動日を入力してください")
    expect(page.locator("[name=notice-people-0-names-family]")).to_have_value("及川")


def test_the_term_and_towns_appear_while_one_types(signed):
    page = signed("clerk1", f"{DESK}/move-in")
    page.locator("[name=notice-event_on]").fill("R8.1.5")
    page.keyboard.press("Tab")
    expect(page.locator("#term")).to_contain_text("日超過")
    page.locator("[name=notice-address-town_name]").press_sequentially("本宮五")
    expect(page.locator("#notice-address-towns option")).to_have_count(1)


def test_a_doubtful_town_is_chosen_without_javascript(signed):
    page = signed("clerk1", f"{DESK}/move-in", java_script_enabled=False)
    page.locator("[name=notice-address-town_name]").fill("上田")
    page.locator("button", has_text="登録する").last.click()
    expect(page.locator(".errors")).to_contain_text("町字の候補がいくつかあります")
    page.locator("label.choice", has_text="上田一丁目").locator("input").check()
    page.locator("button", has_text="1人加える").click()
    expect(page.locator("[name=notice-address-town_name]")).to_have_value("上田一丁目")
    expect(page.locator("[name=notice-people-1-relation]")).to_have_count(1)


def test_a_notice_begins_at_the_household_by_its_key(signed, people):
    page = household(signed, people)
    for key, title in (("F6", "転居届"), ("F7", "転出届"), ("F9", "世帯分離")):
        press(page, key)
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator("main :focus")).to_have_count(1)  # autofocus may come after the page has loaded
        page.keyboard.press("Escape")  # out of the field
        press(page, "Escape")  # out of the form
        expect(page.locator("h1")).to_contain_text("の記録")


def test_the_past_by_keys(signed, people):
    page = household(signed, people)
    page.keyboard.press("b")
    checks.focused(page, "id_on")
    page.keyboard.type("R6.4.1")
    press(page, "Enter")
    expect(page.locator(".asof[data-past]")).to_have_count(1)
    clean(page)
    press(page, "Escape")
    expect(page.locator(".asof[data-past]")).to_have_count(0)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "address",
    [
        f"{DESK}/search",
        f"{DESK}/search?text=たかはし",
        f"{DESK}/search?text=いないひと",
        f"{DESK}/search?text=983205673214",
        f"{DESK}/move-in",
        f"{DESK}/record",
        f"{DESK}/enter-foreign-resident",
        f"{DESK}/protections",
        f"{DESK}/releases?number=1",
    ],
)
def test_each_desk_page_is_clean(signed, lang, address):
    clean(signed("clerk1", address, lang=lang, fresh=False))


@pytest.mark.parametrize("lang", sized(["ja"], ["ja", "en"]))
def test_a_household_and_every_notice_empty_or_with_errors_is_clean(signed, people, lang):
    page = household(signed, people, lang=lang)
    clean(page)
    start = people["household"]
    page.goto(f"{start}?on=x")
    expect(page.locator(".errors")).to_be_focused()
    clean(page)
    for notice in NOTICES:
        page.goto(f"{start}/{notice}")
        if lang == "en":
            clean(page)
        press(page, "F12")
        expect(page.locator(".errors")).to_be_focused()
        if lang == "ja":
            clean(page)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_move_in_form_with_errors_choices_and_open_details_is_clean(signed, lang):
    page = signed("clerk1", f"{DESK}/move-in", lang=lang)
    page.locator("[name=notice-address-town_name]").fill("上田")
    press(page, "F12")
    clean(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    clean(page)
    checks.keyboard(page, stops=80)


@pytest.mark.parametrize("lang", ["ja", "en", "easy"])
@pytest.mark.parametrize("address", [f"{ROOM}/mine", f"{ROOM}/mine/looked"])
def test_residents_pages_fit_a_phone(signed, lang, address):
    page = signed("resident1", address, lang=lang, width=320, fresh=False)
    clean(page)
    checks.no_small_targets(page)
    checks.keyboard(page)


def test_a_clerk_looks_and_the_resident_sees_it(signed):
    page = signed("resident1", f"{ROOM}/mine")
    name = page.locator("main h2").first.inner_text()
    born = page.locator("dt:has-text('生年月日') + dd").first.inner_text()
    clerk = signed("clerk1", f"{DESK}/search?text={name.replace('　', ' ')}+{born.split('（')[0]}")
    press(clerk, "Enter")
    page.goto(f"{ROOM}/mine/looked?who=staff")
    expect(page.locator("tbody tr").first).to_contain_text("（職員）")
