"""Menus show what exists and may be opened; the search understands everyday words."""

import pytest

from yakusho.blocks.doors import EVERYONE, NOBODY, RESIDENT, Actor, Grant, Menu, Role
from yakusho.blocks.pages import menu, search
from yakusho.blocks.pages.tests.toys import RESIDENT_ACTOR, request

CLERK = Role("clerk", "担当")
STAFF_ACTOR = Actor(3, "工藤", frozenset({Grant("clerk", "desk")}))


class Room:
    title = "住民記録"
    roles = [Role("clerk", "住民記録担当")]
    menu = [
        Menu(
            "住民票の写しを請求する",
            "portal:home",
            for_=RESIDENT,
            group="証明",
            words=("住民票がほしい", "引っ越しの書類"),
        ),
        Menu("人口の統計", "portal:search", for_=EVERYONE),
        Menu("転入届", "desk:home", for_=CLERK, group="窓口"),
        Menu("まだない", "nowhere:here", for_=EVERYONE),
    ]


@pytest.fixture(autouse=True)
def one_room(monkeypatch):
    monkeypatch.setattr(menu, "systems", lambda: [Room])


def titles(links):
    return [link.title for link in links]


def test_each_person_sees_what_they_may_open():
    assert titles(menu.links(NOBODY)) == ["人口の統計"]
    assert titles(menu.links(RESIDENT_ACTOR)) == ["住民票の写しを請求する", "人口の統計"]
    assert titles(menu.links(STAFF_ACTOR)) == ["人口の統計", "転入届"]


def test_the_portal_shows_what_needs_sign_in_and_says_so():
    shown = {link.title: link.needs_sign_in for link in menu.for_residents()}
    assert shown == {"住民票の写しを請求する": True, "人口の統計": False}
    assert titles(menu.for_residents(RESIDENT_ACTOR)) == list(shown)
    assert titles(menu.for_residents(STAFF_ACTOR)) == ["人口の統計"]


def test_the_desk_has_headings_and_marks_the_page():
    groups = menu.groups(STAFF_ACTOR, request("/desk/"))
    assert [(group.title, titles(group.links)) for group in groups] == [("窓口", ["転入届"])]
    assert groups[0].links[0].current


@pytest.mark.parametrize(
    "words",
    [
        "住民票",
        "じゅうみん 住民票",
        "住民票がほしい",
        "住民票をもらう",
        "引っ越し",
        "ひっこし 住民票",
        "証明",
        "ｼﾞｭｳﾐﾝ 住民票の写し",
    ],
)
def test_everyday_words_find_the_matter(words):
    links = menu.for_residents()
    found = search.find(words.split(" ")[-1], links)
    assert titles(found)[0] == "住民票の写しを請求する"


def test_width_and_kana_do_not_matter():
    assert search.folded("ｼﾞｭｳﾐﾝ　ＡＢＣ") == search.folded("じゅうみん abc")


def test_nothing_fits_nothing():
    assert search.find("", menu.for_residents()) == []
    assert search.find("宇宙船", menu.for_residents()) == []


def test_every_word_must_fit():
    assert titles(search.find("住民 統計", menu.for_residents())) == ["人口の統計"]
