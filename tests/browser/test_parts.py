"""Every part in every state and language: axe, 320 px, targets, focus, spacing, strict policy."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser import checks
from tests.sizes import sized


@pytest.fixture
def reader(opener):
    """Opens a page that is only looked at."""
    return partial(opener, fresh=False)


STATES = ["not-found", "missing", "denied", "not-allowed", "refused", "bad-request", "csrf", "error", "unavailable"]
PAGES = [
    "/",
    "/search?q=%E4%BD%8F%E6%B0%91%E7%A5%A8",
    "/search?q=zzz",
    "/search",
    "/components/",
    "/components/desk",
    "/components/question",
    "/components/walk",
    "/components/desk-form",
    "/components/desk-check",
    "/components/done?n=1",
]


@pytest.mark.parametrize("lang", sized(["ja", "en"], ["ja", "en", "easy"]))
@pytest.mark.parametrize("address", PAGES)
def test_each_page_in_each_language(reader, address, lang):
    page = reader(address, lang=lang)
    assert page.locator("html").get_attribute("lang") == ("en" if lang == "en" else "ja")
    expect(page.locator("h1")).to_have_count(1)
    checks.no_sideways_scroll(page)
    if lang == "ja":
        checks.axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    checks.no_sideways_scroll(page)
    checks.axe(page)


@pytest.mark.parametrize("kind", STATES)
def test_each_state_is_a_whole_page(reader, kind):
    page = reader(f"/components/state/{kind}", width=320)
    expect(page.locator("h1")).to_have_count(1)
    checks.axe(page)
    checks.no_sideways_scroll(page)


@pytest.mark.parametrize("address", ["/components/", "/components/desk", "/components/question", "/"])
def test_wide_text_spacing_and_double_size_break_nothing(reader, address):
    page = reader(address, width=320)
    checks.with_wide_spacing(page)
    checks.no_sideways_scroll(page)
    page = reader(address, width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    checks.no_sideways_scroll(page)


@pytest.mark.parametrize("address", ["/components/", "/components/desk", "/components/question", "/"])
def test_targets_are_large_enough(reader, address):
    for width in (1280, 320):
        checks.no_small_targets(reader(address, width=width))


@pytest.mark.parametrize("address", ["/", "/components/question", "/components/desk", "/components/desk-form"])
def test_every_stop_of_the_keyboard_is_seen(reader, address):
    stops = checks.keyboard(reader(address))
    assert "skip" in stops[0] or "/components/desk" in address
    assert len(stops) > 5


def test_help_stands_in_the_same_place_on_every_page(reader):
    orders = set()
    for address in ("/", "/search", "/components/question", "/components/state/error"):
        links = reader(address).locator("header a, footer a").all_inner_texts()
        orders.add(tuple(re.sub(r"\s", "", link) for link in links))
    assert len(orders) == 1


def test_forced_colours_keep_buttons_bounded(reader):
    page = reader("/components/", forced_colors="active")
    borders = page.locator(".button").evaluate_all("all => all.map((e) => getComputedStyle(e).borderTopStyle)")
    assert set(borders) == {"solid"}
    assert len(borders) > 5


def test_plain_japanese_has_ruby(reader):
    page = reader("/components/question", lang="easy")
    expect(page.locator("h1 ruby").first).to_be_visible()
    assert "(" not in page.locator("h1").inner_text().replace("（", "(") or page.locator("rp").count()


def test_the_policy_is_strict(reader):
    page = reader("/")
    policy = page.request.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert page.request.get("/").headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "address", ["/", "/search?q=zzz", "/components/question", "/components/walk", "/components/state/error"]
)
def test_english_pages_are_in_english(reader, address):
    page = reader(address, lang="en")
    page.locator(".lang").evaluate("list => list.remove()")
    assert re.findall(r"[\u3040-\u30ff\u3400-\u9fff]+", page.locator("body").inner_text()) == []
    assert not re.search(r"[\u3040-\u30ff\u3400-\u9fff]", page.title())
