"""The public page of the plans in a real browser: every language, 320 px, keys, nothing found by axe."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser import checks


@pytest.fixture
def reader(opener):
    """Opens a page that is only looked at."""
    return partial(opener, fresh=False)


@pytest.mark.parametrize("lang", ["ja", "en", "easy"])
@pytest.mark.parametrize("pillar", ["e-citizen", "e-city"])
def test_the_plans_in_each_language(reader, lang, pillar):
    page = reader(f"/evaluation/?pillar={pillar}", lang=lang)
    expect(page.locator("h1")).to_have_count(1)
    checks.axe(page)
    checks.no_sideways_scroll(page)
    page.set_viewport_size({"width": 320, "height": 700})
    checks.no_sideways_scroll(page)
    checks.axe(page)


def test_pillars_are_changed_by_keyboard(opener):
    page = opener("/evaluation/")
    page.get_by_role("link", name="e-business").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="商店街の情報化促進")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?pillar=e-business#measures$"))


def test_figures_of_the_bars_stand_inside_them(reader):
    page = reader("/evaluation/", width=320)
    frame = page.locator("main").bounding_box()
    for box in [text.bounding_box() for text in page.locator("main svg.chart text").all()]:
        assert frame["x"] - 1 <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


def test_the_table_is_saved_without_javascript(opener):
    page = opener("/evaluation/", javascript=False)
    with page.expect_download() as download:
        page.get_by_role("link", name="表をCSVで保存する").click()
    assert download.value.suggested_filename == "measures.csv"
