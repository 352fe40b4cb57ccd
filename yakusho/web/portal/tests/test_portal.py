"""The portal shows what exists, finds it by everyday words, and asks residents to sign in where they must."""

import pytest
from django.conf import settings
from django.urls import resolve

from yakusho.blocks.doors import EVERYONE, RESIDENT, Actor, Grant, Menu, Role
from yakusho.blocks.pages import menu
from yakusho.blocks.pages.tests.toys import RESIDENT_ACTOR, request
from yakusho.web.portal import views

COLLEAGUE = Actor(8, "窓口 誠", frozenset({Grant("clerk", "residents")}))


class Room:
    title = "住民記録"
    roles = [Role("clerk", "住民記録担当")]
    menu = [
        Menu("住民票の写しを請求する", "desk:home", for_=RESIDENT, group="証明", words=("住民票がほしい",)),
        Menu("人口の統計", "portal:search", for_=EVERYONE),
        Menu("転入届", "portal:home", for_=Role("clerk", "担当"), group="窓口"),
    ]


@pytest.fixture(autouse=True)
def rooms(monkeypatch):
    monkeypatch.setattr(menu, "systems", lambda: [Room])


def text(answer):
    return answer.content.decode()


def test_home_lists_residents_entries_and_no_work_of_staff():
    html = text(views.home(request("/")))
    assert "住民票の写しを請求する" in html
    assert "人口の統計" in html
    assert "転入届" not in html
    assert "サインインが必要です" in html


def test_home_puts_what_has_everyday_words_beside_the_search():
    assert 'aria-label="よく使われる手続き"><li><a href="/desk/">' in text(views.home(request("/")))


def test_home_of_somebody_signed_in_holds_their_matters():
    html = text(views.home(request("/", actor=RESIDENT_ACTOR)))
    assert '<p class="card__big">住民票の写しを請求する</p>' in html
    assert "サインインが必要です" not in html
    assert "髙橋 美咲さん" in html


def test_home_of_a_colleague_does_not_ask_to_sign_in():
    assert 'id="mine"' in text(views.home(request("/")))
    html = text(views.home(request("/", actor=COLLEAGUE)))
    assert 'id="mine"' not in html
    assert "職員の机へ" in html


def test_nothing_is_invented_in_an_empty_house(monkeypatch):
    monkeypatch.setattr(menu, "systems", list)
    html = text(views.home(request("/")))
    assert "いまは、ありません。" in html
    assert 'href="#"' not in html


def test_search_finds_and_marks_what_it_was_asked():
    html = text(views.find(request("/search?q=%E4%BD%8F%E6%B0%91%E7%A5%A8%E3%81%8C%E3%81%BB%E3%81%97%E3%81%84")))
    assert "1件あります" in html
    assert "「住民票がほしい」をさがした結果" in html


def test_search_without_a_hit_offers_the_list_and_the_telephone():
    html = text(views.find(request("/search?q=%E5%AE%87%E5%AE%99%E8%88%B9")))
    assert "見つかりませんでした" in html
    assert "人口の統計" in html
    assert settings.CITY["contact"]["telephone"] in html


def test_a_question_is_shown_as_text():
    html = text(views.find(request("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_gallery_belongs_to_a_sample_city():
    assert settings.SAMPLE_CITY is True
    assert resolve("/components/").view_name == "portal:gallery:parts"
