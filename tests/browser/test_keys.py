"""Keys of the desk and of a quick leave."""

import re

from playwright.sync_api import expect

from tests.browser import checks


def test_slash_leads_to_the_search_and_escape_leaves_it(opener):
    page = opener("/components/desk")
    page.locator("h1").click()
    page.keyboard.press("/")
    checks.focused(page, "q")
    page.keyboard.type("a/1?")
    expect(page.locator("#q")).to_have_value("a/1?")
    page.keyboard.press("Escape")
    checks.focused(page, "body")


def test_arrows_and_digits_choose_a_row_and_enter_opens_it(opener):
    page = opener("/components/desk")
    page.locator("h1").click()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr[data-current]")).to_contain_text("見本 二郎")
    page.keyboard.press("3")
    expect(page.locator("tr[data-current]")).to_contain_text("見本 三郎")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#two$"))


def test_a_row_is_chosen_from_the_search_field(opener):
    page = opener("/components/desk")
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr[data-current]")).to_contain_text("見本 花子")


def test_letters_reach_fields_only_when_nothing_is_typed(opener):
    page = opener("/components/desk")
    page.locator("#q").focus()
    page.keyboard.type("b")
    expect(page.locator("#q")).to_have_value("b")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    checks.focused(page, "id_on")


def test_escape_goes_the_way_out(opener):
    page = opener("/components/desk?on=R8.4.1")
    page.locator("h1").click()
    page.keyboard.press("Escape")
    page.wait_for_url("**/components/desk")


def test_the_key_bar_lists_all_keys(opener):
    page = opener("/components/desk")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator(".keys[data-all]")).to_be_focused()


def test_insert_adds_a_row(opener):
    page = opener("/components/desk-form")
    expect(page.locator("[name=people-1-name]")).to_have_count(0)
    page.keyboard.press("Insert")
    expect(page.locator("[name=people-1-name]")).to_have_count(1)


def test_shift_three_times_leaves_at_once_and_back_does_not_return(opener):
    page = opener("/search")
    page.goto("/components/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/search?q=")
    page.go_back()
    expect(page).not_to_have_url(re.compile("/components"))


def test_shift_while_writing_does_not_leave(opener):
    page = opener("/components/")
    for key in ("Shift", "a", "Shift", "b", "Shift"):
        page.keyboard.press(key)
    assert "/components/" in page.url
