"""Protection: intake protects at once, a manager decides, two officers release one paper for minutes; no page tells more."""

from datetime import timedelta

import pytest

from yakusho.blocks.documents import kinds
from yakusho.blocks.doors import Actor, Grant
from yakusho.systems.city.resident_records.tests.conftest import (
    AT,
    CLERK,
    MANAGER,
    OFFICE,
    ON,
    OTHER_CLERK,
    proved,
    resident,
)

pytestmark = pytest.mark.django_db
OTHER_MANAGER = Actor(104, "菊池 豊", frozenset({Grant("resident_manager", OFFICE)}), purpose="決裁")
PAPER = "certificates.copy"
REQUEST = {
    "request-kind": "ストーカー行為等",
    "request-opponents-count": "1",
    "request-opponents-0-name": "相手 太郎",
}


@pytest.fixture
def protected(browser, family):
    done = browser.send("request_protection", family.people[1], who=str(family.people[2]), **REQUEST)
    assert done.status == 303
    return family.people[1]


def number_of(browser, person):
    page = browser.sit(MANAGER).show("protection", person)
    return int(page.html.split("/protections/")[1].split("/")[0])


def test_the_request_offers_the_household_and_protects_at_once(browser, family):
    page = browser.show("request_protection", family.people[1])
    assert page.html.count('name="who"') == 4
    assert "異動後の続柄" not in page.words
    assert "その時から、住所がどの画面にも書類にも出ません" in page.words
    done = browser.send("request_protection", family.people[1], who=str(family.people[2]), **REQUEST)
    assert "仮支援措置" in browser.follow(done.where).words
    for person in family.people[1:3]:
        assert "本宮五丁目" not in browser.show("household", person).html


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"request-kind": ""}, "種別を選んでください"),
        ({"request-kind": "なんとなく"}, "種別を、選択肢から選んでください"),
        ({"request-opponents-0-name": ""}, "相手方の氏名を入力してください"),
        ({"request-opponents-0-born": "むかし"}, "相手方の生年月日："),
    ],
)
def test_a_wrong_request_is_said_and_stays(browser, family, changes, sentence):
    typed = {**REQUEST, "request-opponents-0-address": "仙台市", **changes}
    page = browser.send("request_protection", family.people[1], **typed)
    assert page.status == 422
    assert sentence in page.sentences
    assert page.value("request-opponents-0-address") == "仙台市"
    assert "照会制限" not in browser.show("household", family.people[1]).words


def test_asked_twice_is_refused(browser, protected):
    page = browser.send("request_protection", protected, **REQUEST)
    assert page.status == 409
    assert page.sentences.strip()


def test_a_manager_confirms_extends_and_ends_with_a_reason(browser, protected):
    number = number_of(browser, protected)
    assert browser.send("confirm_protection", number).status == 303
    assert "支援措置" in browser.show("protection", protected).words
    too_early = browser.send("extend_protection", number)
    assert too_early.status in (409, 422)
    assert too_early.sentences.strip()
    browser.sit(MANAGER, day=ON + timedelta(days=350))
    assert browser.send("extend_protection", number).status == 303
    without = browser.send("end_protection", number)
    assert (without.status, "理由を入力してください" in without.sentences) == (422, True)
    assert browser.send("end_protection", number, because="本人の申出").status == 303
    words = browser.show("protection", protected).words
    assert "終了年月日" in words


def test_a_clerk_does_not_decide(browser, protected):
    number = number_of(browser, protected)
    page = browser.sit(CLERK).show("protection", protected)
    assert "責任者が行います" in page.words
    for name in ("confirm_protection", "extend_protection", "end_protection"):
        assert browser.show(name, number).status == 403
        assert browser.send(name, number, because="x").status == 403


def test_reminders_a_month_before_the_end(browser, protected):
    number = number_of(browser, protected)
    browser.send("confirm_protection", number)
    assert "決定を待つものは、ありません。" in browser.show("protections").words
    page = browser.sit(CLERK, day=ON + timedelta(days=345)).show("protections")
    assert "決定を待つもの" in page.words
    assert str(protected) in page.words
    assert "本宮" not in page.html
    late = browser.sit(CLERK, day=ON + timedelta(days=400)).show("protections")
    assert "満了を過ぎています" in late.words


@pytest.mark.skipif(PAPER not in kinds, reason="the house makes no papers")
def test_a_release_needs_two_officers_and_shows_its_minutes(browser, protected):
    form = browser.sit(CLERK).show("ask_release", protected)
    assert "住民票の写し" in form.words
    asked = browser.send("ask_release", protected, paper=PAPER, reason="本人の請求")
    assert asked.status == 303
    number = int(asked.where.rsplit("/", 1)[1])
    page = browser.follow(asked.where)
    assert f"責任者に、解除番号 {number} を伝えてください。" in page.words
    assert browser.show("agree_release", number).status == 403
    found = browser.sit(MANAGER).show("find_release", number=str(number))
    assert "承認へ進む" in found.words
    for knock in (browser.show, browser.send):
        away = knock("agree_release", number)
        assert (away.status, away.where.split("?")[0]) == (302, "/identity/again")
        assert f"releases%2F{number}%2Fagree" in away.where
    assert browser.sit(proved(MANAGER)).show("agree_release", number).status == 200
    assert browser.send("agree_release", number).status == 303
    agreed = browser.show("release", number)
    assert "あと15分、この書類1通だけに住所が表示されます" in agreed.words
    assert "本宮五丁目" not in agreed.html
    browser.at = AT + timedelta(minutes=16)
    assert "時間が過ぎました" in browser.show("release", number).words


@pytest.mark.skipif(PAPER not in kinds, reason="the house makes no papers")
def test_nobody_releases_alone(browser, protected):
    asked = browser.sit(MANAGER).send("ask_release", protected, paper=PAPER, reason="本人の請求")
    number = int(asked.where.rsplit("/", 1)[1])
    assert "承認へ進む" not in browser.follow(asked.where).main
    refused = browser.sit(proved(MANAGER)).send("agree_release", number)
    assert refused.status in (409, 403)
    assert browser.sit(proved(OTHER_MANAGER)).send("agree_release", number).status == 303


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"paper": "", "reason": "請求"}, "書類を入力してください"),
        ({"paper": PAPER, "reason": ""}, "理由を入力してください"),
    ],
)
def test_a_release_needs_its_paper_and_its_reason(browser, protected, sent, sentence):
    page = browser.sit(CLERK).send("ask_release", protected, **sent)
    assert page.status == 422
    assert sentence in page.sentences


def test_nothing_is_released_of_who_is_not_protected(browser, family):
    page = browser.send("ask_release", family.people[0], paper=PAPER, reason="請求")
    assert page.status in (409, 422)
    assert page.sentences.strip()


@pytest.mark.parametrize("number", ["987654321", "", "むっつ", "-1"])
def test_a_release_that_does_not_exist_is_not_found(browser, number):
    assert browser.show("find_release", number=number).status == 404


def test_outsiders_see_none_of_it(browser, protected):
    for actor in (resident(protected), Actor(9, "税 務", frozenset({Grant("tax_clerk", "tax")}))):
        for name, *args in (("protections",), ("protection", protected), ("request_protection", protected)):
            assert browser.sit(actor).show(name, *args).status in (403, 404), (actor, name)
    assert browser.sit(OTHER_CLERK).show("protections").status == 200
