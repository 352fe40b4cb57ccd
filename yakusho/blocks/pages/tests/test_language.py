"""Language and clock of the edge; furigana; dates as pages write them."""

from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import get_language, gettext

from yakusho.blocks.pages import dates, language
from yakusho.blocks.pages.furigana import with_ruby
from yakusho.blocks.pages.middleware import ClockMiddleware, LanguageMiddleware
from yakusho.blocks.pages.tests.toys import NOON, request


def through(made):
    seen = {}

    def view(asked):
        seen.update(language=get_language(), easy=gettext("はい"), today=getattr(asked, "today", None))
        return HttpResponse()

    return LanguageMiddleware(view)(made), seen


@pytest.mark.parametrize(
    ("path", "cookie", "browser", "expected"),
    [
        ("/", "", "", "ja"),
        ("/", "", "en-GB,en", "en"),
        ("/", "", "fr", "ja"),
        ("/", "easy", "en", "ja-easy"),
        ("/?lang=en", "easy", "", "en"),
        ("/?lang=easy", "", "", "ja-easy"),
        ("/?lang=xx", "en", "", "en"),
    ],
)
def test_the_language_is_asked_for_remembered_or_the_browsers(path, cookie, browser, expected):
    made = request(path, **({"accept-language": browser} if browser else {}))
    made.COOKIES["lang"] = cookie
    answer, seen = through(made)
    assert seen["language"] == expected
    assert answer["Content-Language"] == ("en" if expected == "en" else "ja")


def test_a_choice_is_remembered_and_a_guess_is_not():
    assert through(request("/?lang=easy"))[0].cookies["lang"].value == "easy"
    assert "lang" not in through(request("/", **{"accept-language": "en"}))[0].cookies


def test_headers_that_the_policy_does_not_cover():
    answer, _ = through(request())
    assert "camera=()" in answer["Permissions-Policy"]
    assert "no-cache" in answer["Cache-Control"]


def test_one_instant_a_request_in_japanese_days(settings):
    settings.CLOCK = lambda: datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    seen = {}
    ClockMiddleware(lambda asked: seen.update(now=asked.now, today=asked.today) or HttpResponse())(request())
    assert seen["today"] == date(2026, 11, 23)


def test_plain_japanese_is_a_catalogue_of_its_own():
    with translation.override("ja-easy"):
        assert gettext("見つかりません") == "見(み)つかりません"
        assert language.current().tag == "ja"


def test_readings_become_ruby_in_text_only():
    html = (
        '<title>市(し)</title><a title="市(し)">市役所(しやくしょ)へ 行(い)く</a><option>市(し)</option><p>(かな)</p>'
    )
    made = with_ruby(html)
    assert "<title>市(し)</title>" in made
    assert 'title="市(し)"' in made
    assert "<ruby>市役所<rp>(</rp><rt>しやくしょ</rt><rp>)</rp></ruby>へ " in made
    assert "<option>市(し)</option><p>(かな)</p>" in made


def test_dates_are_written_for_people():
    day = date(2026, 11, 14)
    assert dates.full(day) == "令和8年11月14日（土）"
    assert dates.near(day) == "11月14日（土）"
    assert dates.full(date(2019, 5, 1)) == "令和元年5月1日（水）"
    assert dates.full(date(1872, 1, 1)) == "1872年1月1日（月）"
    assert dates.full_moment(NOON) == "令和8年11月23日（月）12時00分"
    assert dates.last_day(date(2026, 4, 1)) == date(2026, 3, 31)
    with translation.override("en"):
        assert dates.full(day) == "14 November 2026 (Sat)"
        assert dates.near_moment(NOON) == "Mon 23 November 12:00"


def test_amounts_have_commas_and_a_true_minus():
    assert dates.yen(262700) == "262,700円"
    assert dates.yen(-8400) == "−8,400円"
    with translation.override("en"):
        assert dates.yen(300) == "300 yen"
