"""The public page of the population over a sample city: three languages, 320 px, nothing found by axe."""

import pytest
from playwright.sync_api import expect

from tests.browser import checks


@pytest.mark.parametrize("lang", ["ja", "en", "easy"])
def test_the_population_in_each_language(signed_in, lang):
    page = signed_in("", lang=lang, width=1280)
    page.goto("/population/?on=2026-04-01")
    expect(page.locator("h1")).to_have_count(1)
    for summary in page.locator("main summary").all():
        summary.click()
    checks.axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    checks.no_sideways_scroll(page)
    checks.axe(page)


def test_a_town_is_found_and_the_file_saved_without_javascript(signed_in):
    page = signed_in("", java_script_enabled=False)
    page.goto("/population/?town=本宮&on=まちがい")
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto("/population/?town=本宮")
    expect(page.get_by_role("rowheader", name="本宮", exact=False).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="町・年齢ごとの表をCSVで保存する").click()
    assert download.value.suggested_filename.startswith("population_032018_")
