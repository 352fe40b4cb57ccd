"""Residents' own pages: one's record and household, who looked, in three languages; never anybody else's."""

import re
from datetime import timedelta

import pytest

from yakusho.blocks.doors import NOBODY
from yakusho.registers.people.terms import ProtectionKind
from yakusho.registers.people.values import Opponent
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.tests.conftest import CLERK, ON, resident

pytestmark = pytest.mark.django_db


def test_my_own_record_and_my_household(browser, family):
    page = browser.sit(resident(family.people[1])).show("mine")
    assert page.status == 200
    assert 'class="desk"' not in page.html
    for words in (
        "自分の住民記録",
        "髙橋 美咲",
        "タカハシ ミサキ",
        "昭和54年3月5日（月）",
        "本宮五丁目15番8号",
        "世帯（4人）",
        "髙橋 蓮",
    ):
        assert words in page.words, words
    assert "転入" in page.words
    assert "工藤" not in page.words


def test_somebody_who_moved_away_still_sees_what_is_kept(browser, desk, family):
    gone = values.MoveOut(event_on=ON, people=[family.people[1]], destination="東京都港区")
    desk.do("move_out", gone)
    page = browser.sit(resident(family.people[1])).show("mine")
    assert page.status == 200
    assert "髙橋 美咲" in page.words
    assert "世帯（" not in page.words


def test_a_protected_address_is_not_shown_here_either(browser, desk, family):
    asked = values.ProtectionRequest(
        person=family.people[1], kind=ProtectionKind.SPOUSE, opponents=[Opponent(name="相手 太郎")]
    )
    desk.do("request_protection", request=asked)
    page = browser.sit(resident(family.people[1])).show("mine")
    assert "本宮五丁目" not in page.html
    assert "表示できません。窓口で確かめられます。" in page.words


def test_who_looked_is_told_with_office_purpose_and_act(browser, family):
    browser.sit(CLERK).show("household", family.people[1])
    page = browser.sit(resident(family.people[1])).show("looked")
    assert page.status == 200
    assert "（職員）" in page.words
    assert "窓口" in page.words
    assert "世帯の照会" in page.words
    assert "工藤" not in page.words


def test_lines_are_filtered_and_paged(browser, family):
    for _ in range(12):
        browser.sit(CLERK).show("household", family.people[1])
    me = browser.sit(resident(family.people[1]))
    first = me.show("looked", who="staff")
    assert "1〜20回" in first.words
    assert first.main.count("（職員）") == 20
    second = me.show("looked", **{"who": "staff", "from": "20"})
    assert "新しいほうへ" in second.words
    assert 0 < second.main.count("（職員）") < 20
    others = me.show("looked", who="other")
    assert "（職員）" not in others.words


@pytest.mark.parametrize("start", ["-1", "abc", "999999", "３"])
def test_a_strange_page_number_is_harmless(browser, family, start):
    assert browser.sit(resident(family.people[1])).show("looked", **{"from": start}).status == 200


def test_looks_that_would_tell_of_protection_are_left_out(browser, desk, family):
    asked = values.ProtectionRequest(
        person=family.people[2],
        kind=ProtectionKind.CHILD,
        opponents=[Opponent(name="髙橋 健一", person=family.people[0])],
    )
    desk.do("request_protection", request=asked)
    page = browser.sit(resident(family.people[0])).show("looked")
    assert "支援措置" not in page.words


@pytest.mark.parametrize("name", ["mine", "looked"])
def test_only_residents_have_a_page_of_their_own(browser, family, name):
    assert browser.sit(CLERK).show(name).status == 403
    stranger = browser.sit(NOBODY).show(name)
    assert stranger.status == 302
    assert "identity" in stranger.where
    assert "staff" not in stranger.where


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "My resident record"), ("easy", "自分(じぶん)の 住民記録(じゅうみんきろく)")]
)
def test_in_every_language(browser, family, lang, title):
    page = browser.sit(resident(family.people[1])).show("mine", lang=lang)
    assert page.title.startswith(title)
    looked = browser.show("looked", lang=lang)
    assert looked.status == 200
    if lang == "en":
        plain = re.sub(r"髙橋\S*|[一-龥]{2,}", "", page.words)
        assert re.findall(r"[\u3041-\u3096]{3,}", plain) == []
    else:
        assert "<ruby>" in page.html


def test_a_day_later_it_is_still_the_same_person(browser, family):
    browser.sit(resident(family.people[1]), day=ON + timedelta(days=1))
    assert "髙橋 美咲" in browser.show("mine").words
