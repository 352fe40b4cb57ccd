"""The public page and its files: everybody, three languages, search, what cannot be read, the columns of the data set."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.urls import reverse

from yakusho.blocks.pages import catalogs
from yakusho.systems.city.population import charts
from yakusho.systems.city.population.tests.conftest import ON
from yakusho.systems.city.population.values import Band, MonthView

ROOM = Path(__file__).resolve().parent.parent


@pytest.fixture
def show(client, db):
    def get(status=200, **given):
        answer = client.get(reverse("population:overview"), given)
        assert answer.status_code == status
        return answer.content.decode()

    return get


def _words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_tells_the_city(town_of_sixty, show):
    words = _words(show())
    assert "人口と世帯" in words
    assert re.search(r"人口 80 世帯 X", words)


def test_the_page_in_english_and_plain_japanese(town_of_sixty, show):
    english = show(lang="en")
    main = english[english.index("<main") : english.index("</main>")]
    assert "Population" in main
    assert re.findall(r"[\u3040-\u30ff]+", _words(re.sub(r'<th scope="row" lang="ja">.*?</th>', "", main))) == []
    assert "<ruby>" in show(lang="easy")


def test_a_town_is_found(town_of_sixty, show):
    words = _words(show(town="上田1"))
    assert "上田一丁目" in words
    assert "本宮五丁目" not in words
    assert "この名前の町に、人口はありません" in show(town="どこにもない")


@pytest.mark.parametrize("typed", ["令和8年4月1日", "R8.4.1", "2026-04-20"])
def test_a_day_is_typed_in_any_way(town_of_sixty, show, typed):
    assert 'datetime="2026-04-01"' in show(on=typed)


@pytest.mark.parametrize("typed", ["平成31年5月1日", "きのう", "<script>"])
def test_a_day_that_cannot_be_read_is_said_and_kept(town_of_sixty, show, typed):
    html = show(422, on=typed)
    assert "エラー：" in html
    assert "aria-invalid" in html
    assert "<script>" not in html[html.index("<main") :]


def test_a_day_ahead_shows_today(town_of_sixty, show):
    assert "80" in _words(show(on="2999-01-01"))


def test_the_page_is_few_statements(town_of_sixty, show, django_assert_max_num_queries):
    show()
    with django_assert_max_num_queries(14):
        show()


def test_nothing_is_styled_or_scripted_inline(town_of_sixty, show):
    html = show()
    assert 'style="' not in html
    assert not re.search(r"<script(?![^>]*src=)", html)
    assert len(re.findall("<h1>", html)) == 1


def read(answer):
    assert answer["content-type"].startswith("text/csv")
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_file_has_the_columns_of_the_recommended_data_set(client, town_of_sixty):
    rows = read(client.get(reverse("population:towns_csv"), {"on": ON.isoformat()}))
    assert list(rows[0])[:9] == [
        "都道府県コード又は市区町村コード",
        "地域コード",
        "都道府県名",
        "市区町村名",
        "調査年月日",
        "地域名",
        "総人口",
        "男性",
        "女性",
    ]
    assert list(rows[0])[9:11] == ["0-4歳の男性", "0-4歳の女性"]
    assert list(rows[0])[-4:] == ["85歳以上の男性", "85歳以上の女性", "世帯数", "備考"]
    assert len(rows[0]) == 47
    assert [(row["地域名"], row["総人口"]) for row in rows] == [
        ("盛岡市", "80"),
        ("上田一丁目", "20"),
        ("本宮五丁目", "60"),
    ]
    assert {row["調査年月日"] for row in rows} == {"2026-11-01"}
    assert {row["世帯数"] for row in rows} == {"X"}


def test_the_file_of_months(client, town_of_sixty):
    rows = read(client.get(reverse("population:months_csv"), {"on": ON.isoformat()}))
    assert len(rows) == 61
    assert (rows[-1]["年月"], rows[-1]["1日現在の人口"], rows[-1]["転入"]) == ("2026-11", "80", "")


def test_every_string_is_translated():
    assert catalogs.missing(ROOM, "en") == []
    assert catalogs.missing(ROOM, "ja_Easy") == []


def test_the_pyramid_has_its_oldest_on_top_and_no_bar_for_what_is_hidden():
    drawn = charts.pyramid([Band(first=0, last=4, men=10, women=None), Band(first=5, last=None, men=20, women=5)])
    assert [step.label for step in drawn.steps] == ["5+", "0–4"]
    assert (drawn.steps[0].men_x, drawn.steps[0].men_width, drawn.steps[0].women_width) == ("0.00%", "40.00%", "10.00%")
    assert drawn.steps[1].women_width == "0.00%"


def test_the_curve_has_a_gap_where_a_number_is_hidden():
    def month(number, people):
        nothing = dict.fromkeys(("births", "deaths", "arrivals", "departures"))
        return MonthView(month=ON.replace(month=number, day=1), population=people, **nothing)

    drawn = charts.curve([month(1, 100), month(2, 110), month(3, None), month(4, 120), month(5, 90)])
    assert len(drawn.lines) == 2
    assert drawn.lowest <= 90 < 120 < drawn.highest
    assert drawn.years == [("0.00%", 2026)]
    assert charts.curve([month(1, 100), month(2, None)]) is None


def test_the_title_says_once_that_something_is_wrong(town_of_sixty, show):
    title = re.search(r"<title>(.*?)</title>", show(422, on="きのう")).group(1)
    assert title.count("エラー：") == 1
