"""The search page: found as clerks type, shown without what is protected, the same number of statements at every size."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yakusho.blocks.doors import NOBODY
from yakusho.registers.people.terms import ProtectionKind
from yakusho.registers.people.values import Opponent
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.tests.conftest import CHINESE, CLERK, MANAGER, ON, newcomer, resident

pytestmark = pytest.mark.django_db


def protect(desk, person):
    asked = values.ProtectionRequest(
        person=person, kind=ProtectionKind.STALKING, opponents=[Opponent(name="相手 太郎")]
    )
    return desk.do("request_protection", request=asked)


@pytest.mark.parametrize(
    "typed",
    [
        "たかはし",
        "ﾀｶﾊｼ ﾐｻｷ",
        "髙橋",
        "高橋 美咲",
        "たかはし S54",
        "540305",
        "1979-3-5",
        "S54.3.5",
        "本宮5-15-8",
        "*みさき",
    ],
)
def test_a_person_is_found_as_clerks_type(browser, family, typed):
    page = browser.show("search", text=typed)
    assert page.status == 200
    assert "髙橋 美咲" in page.words
    assert page.value("text") == typed


def test_a_line_says_reading_birth_in_both_forms_age_sex_address_and_relation(browser, family):
    words = browser.show("search", text="たかはし みさき").words
    assert "タカハシ ミサキ 髙橋 美咲 S54.3.5 1979-03-05 47歳 女 本宮五丁目15番8号 妻" in words


def test_the_first_line_is_ready_to_be_opened(browser, family):
    page = browser.show("search", text="たかはし")
    assert page.html.count("autofocus") == 1
    assert "<tr data-current>" in page.html
    assert page.html.index("data-current") < page.html.index("autofocus")
    assert page.html.count("data-row-detail") == 4
    assert page.html.count("data-row-detail hidden") == 3


def test_an_empty_page_waits_in_its_field(browser, family):
    page = browser.show("search")
    assert page.status == 200
    assert "結果" not in page.words
    assert 'type="search" value="" data-key="/"' in page.html
    assert "autofocus" in page.html


def test_a_filter_alone_asks_nothing(browser, family):
    page = browser.show("search", residents_only="on")
    assert page.status == 200
    assert page.sentences == ""


def test_nobody_is_found(browser, family):
    page = browser.show("search", text="いないひと")
    assert page.status == 200
    assert "見つかりません" in page.words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("983205673214", "個人番号・住民票コードでは検索できません。"),
        ("9832-0567-3214", "個人番号・住民票コードでは検索できません。"),
    ],
)
def test_what_cannot_be_searched_is_said_and_stays(browser, family, typed, sentence):
    page = browser.show("search", text=typed)
    assert page.status == 422
    assert sentence in page.sentences
    assert page.value("text") == typed
    assert page.title.startswith("エラー：")


def test_residents_only(browser, desk, family):
    desk.do("register_death", values.Death(event_on=ON, person=family.people[3]))
    both, here = browser.show("search", text="たかはし"), browser.show("search", text="たかはし", residents_only="on")
    assert "除票" in both.words.split("続柄", 1)[1].split("照会制限のある方を開くとき")[0]
    assert "髙橋 蓮" in both.words
    assert "髙橋 蓮" not in here.words
    assert "髙橋 美咲" in here.words


def test_a_protected_address_is_nowhere_on_the_page(browser, desk, family):
    neighbour = desk.move_in(newcomer("キヨ", "世帯主", kana="サトウ", family="佐藤"))
    protect(desk, family.people[1])
    page = browser.show("search", text="たかはし みさき")
    assert "表示できません" in page.words
    assert "照会制限" in page.words
    assert "本宮五丁目" not in page.words
    assert "支援措置" not in page.words
    by_address = browser.show("search", text="本宮5-15-8")
    assert "髙橋 美咲" not in by_address.words
    assert "佐藤 キヨ" in by_address.words
    assert "結果 1人" in by_address.words
    assert f"/person/{neighbour.people[0]}" in by_address.html


def test_marks_beside_the_name(browser, desk, family):
    foreign = desk.move_in(newcomer("王明", "世帯主", foreign=CHINESE, family="", kana="", alphabet="WANG MING"))
    page = browser.show("search", text="WANG")
    assert "外国人住民" in page.words
    assert f"/person/{foreign.people[0]}" in page.html
    desk.move_in(newcomer("健一", "世帯主"))
    assert "同名・同生年月日" in browser.show("search", text="たかはし けんいち").words


def test_fifty_on_a_page_and_the_rest_behind(browser, desk):
    for number in range(26):
        desk.move_in(
            newcomer("健一", "世帯主", born=date(1950, 1, 1 + number)),
            newcomer("美咲", "妻", born=date(1951, 1, 1 + number)),
        )
    first = browser.show("search", text="たかはし")
    assert "結果 50人" in first.words
    after = first.html.split("after=")[1].split('"')[0]
    second = browser.show("search", text="たかはし", after=after)
    assert "結果 2人" in second.words
    assert "最初から" in second.words


def test_english(browser, family):
    page = browser.show("search", text="たかはし", lang="en")
    assert "Resident search" in page.words
    assert "Female" in page.words


def test_who_may_search(browser, family):
    assert browser.sit(MANAGER).show("search", text="たか").status == 200
    assert browser.sit(resident(family.people[0])).show("search", text="たか").status == 403
    stranger = browser.sit(NOBODY).show("search", text="たか")
    assert (stranger.status, "staff" in stranger.where) == (302, True)


def statements(browser, *asked, **get):
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert browser.show(*asked, **get).status == 200
    return len(counted)


def test_the_same_number_of_statements_for_two_and_for_twenty(browser, desk):
    desk.move_in(newcomer("健一", "世帯主"), newcomer("美咲", "妻"))
    browser.show("search", text="たかはし")
    few = statements(browser, "search", text="たかはし")
    for number in range(9):
        desk.move_in(newcomer("健一", "世帯主", born=date(1950, 1, 1 + number)), newcomer("美咲", "妻"))
    assert statements(browser, "search", text="たかはし") == few
    assert few < 40


def test_the_desk_belongs_to_clerks(browser):
    assert browser.sit(CLERK).show("search").status == 200
