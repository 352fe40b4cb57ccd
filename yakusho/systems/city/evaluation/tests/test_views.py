"""The page: every figure is on it, in both languages, for everybody, with few statements."""

import csv
import io
import re

import pytest
from django.urls import reverse


@pytest.fixture
def show(client, db):
    def get(**given):
        answer = client.get(reverse("evaluation:overview"), given)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def _words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_published_figures_are_on_the_page(show):
    words = _words(show())
    assert re.search(r"75 .*39 52% .*29 39% .*7 9%", words)
    for row in ("e-citizen 34 12 19 3", "e-business 12 7 4 1", "e-city 29 20 6 3", "合計 75 39 29 7"):
        assert row in words, row


def test_the_plans_with_goal_and_measures(show):
    words = _words(show())
    assert "第一次計画 平成14-18年度 電子市役所の構築を前提とした" in words
    assert "29 11" in words


def test_the_page_in_english(show):
    html = show(lang="en")
    assert "Morioka City Basic Plan for Informatization" in html
    assert "Library catalogue search and reservation system" in html
    main = html[html.index("<main") : html.index("</main>")]
    assert re.findall(r"[\u3040-\u30ff]+", _words(main)) == []


def test_measures_of_a_pillar(show):
    html = show(pillar="e-city")
    assert "住民記録システムの再構築" in html
    assert "ＩＴ講習の推進" not in html
    assert "稼働中" in html


@pytest.mark.parametrize("pillar", ["", "nowhere", "<script>"])
def test_an_unknown_pillar_shows_the_first(show, pillar):
    html = show(pillar=pillar)
    assert "ＩＴ講習の推進" in html
    assert "<script>alert" not in html


def test_the_reason_of_what_was_not_started(show):
    assert "理由：" in show()
    assert "The My Number system began" in show(lang="en")


def test_nothing_is_styled_or_scripted_inline(show):
    html = show()
    assert 'style="' not in html
    assert not re.search(r"<script(?![^>]*src=)", html)


def test_one_heading_says_what_the_page_is(show):
    html = show()
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["盛岡市情報化基本計画の取組"]
    assert "<title>盛岡市情報化基本計画の取組" in html


def test_the_page_is_few_statements(show, django_assert_max_num_queries):
    show()
    with django_assert_max_num_queries(8):
        assert show()


def test_the_table_as_a_file(client, db):
    answer = client.get(reverse("evaluation:measures_csv"))
    assert answer["content-type"].startswith("text/csv")
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 57
    assert rows[0]["name"] == "ＩＴ講習の推進"
    assert {row["state"] for row in rows} <= {"running", "prepared", "planned"}
