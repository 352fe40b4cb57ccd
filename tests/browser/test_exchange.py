"""Import and export at the desk in a real browser: a broken file, a good one, two officers, without JavaScript, 320 px, axe."""

import pytest
from playwright.sync_api import expect

from tests.browser import checks

HEADINGS = "宛名番号,世帯番号,氏,名,氏の振り仮名,名の振り仮名,性別,生年月日,続柄,住所,住民となった年月日"
ROW = "Z{0},Z{0},見本,取込{0},ミホン,トリコミ,女,1990-1-{0},世帯主,内丸{0}番1号,2001-1-1"


def send(page, *lines):
    page.goto("/resident_exchange/desk/imports")
    data = "\r\n".join([HEADINGS, *lines, ""]).encode()
    page.get_by_label("CSV").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": data})
    page.locator("main form button").click()
    page.locator("button[value=check]").click()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_broken_file_in_each_language(signed_in, lang):
    page = signed_in("manager1", lang=lang)
    send(page, ROW.format(1).replace("1990-1-1", "平成31年5月1日"), ROW.format(2))
    expect(page.locator("table tbody tr")).to_have_count(1)
    checks.axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    checks.no_sideways_scroll(page)
    checks.axe(page)


def test_a_good_file_without_javascript(signed_in):
    page = signed_in("manager1", java_script_enabled=False)
    send(page, ROW.format(5), ROW.format(6))
    page.locator("button[value=import]").click()
    page.get_by_role("heading", name="2人、2世帯を取り込みました").wait_for()


def test_an_export_needs_a_second_officer(signed_in):
    clerk = signed_in("clerk1")
    clerk.goto("/resident_exchange/desk/exports")
    clerk.get_by_label("使用の目的").fill("学校への通知のため")
    clerk.get_by_role("button", name="申請する").click()
    clerk.wait_for_url("**/desk/exports/*")
    address = clerk.url
    manager = signed_in("manager1")
    manager.goto(address)
    checks.axe(manager)
    manager.get_by_role("button", name="承認する").click()
    clerk.reload()
    with clerk.expect_download() as download:
        clerk.get_by_role("button", name="CSVを取り出す").click()
    assert download.value.suggested_filename.startswith("residents_")
    for shown in (address, "/resident_exchange/desk/exports"):
        clerk.goto(shown)
        for width in (1280, 320):
            clerk.set_viewport_size({"width": width, "height": 700})
            checks.axe(clerk)
            checks.no_sideways_scroll(clerk)


def test_the_result_and_the_list_of_imports(signed_in):
    page = signed_in("manager1", lang="en")
    send(page, ROW.format(7))
    checks.axe(page)
    page.keyboard.press("F12")
    page.wait_for_url("**/desk/imports/*")
    checks.axe(page)
    page.goto("/resident_exchange/desk/imports")
    page.set_viewport_size({"width": 320, "height": 700})
    checks.axe(page)
    checks.no_sideways_scroll(page)


def test_who_was_imported_is_counted_for_the_public(signed_in):
    public, page = signed_in(""), signed_in("manager1")
    public.goto("/population/")
    before = public.locator("dl.figures dd").first.inner_text()
    send(page, ROW.format(8))
    page.locator("button[value=import]").click()
    page.wait_for_url("**/desk/imports/*")
    for _ in range(20):
        public.reload()
        if public.locator("dl.figures dd").first.inner_text() != before:
            break
        public.wait_for_timeout(500)
    assert int(public.locator("dl.figures dd").first.inner_text().replace(",", "")) == int(before.replace(",", "")) + 1
