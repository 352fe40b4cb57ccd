"""The move-in page: several people in one go, towns by typing, every wrong value with its sentence and nothing lost."""

from datetime import date, timedelta

import pytest

from yakusho.blocks.doors import NOBODY
from yakusho.systems.city.resident_records.models import Movement
from yakusho.systems.city.resident_records.tests.conftest import CLERK, MANAGER, ON, resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("towns")]
GOOD = {
    "notice-event_on": "R8.4.1",
    "notice-notified_on": "R8.4.6",
    "notice-kind": "転入",
    "notice-came_from": "宮城県仙台市青葉区見本町1-2-3",
    "notice-address-town_name": "本宮五丁目",
    "notice-address-block": "15番8号",
    "notice-people-count": "2",
    "notice-people-0-relation": "世帯主",
    "notice-people-0-names-family": "及川",
    "notice-people-0-names-given": "香澄",
    "notice-people-0-names-family_kana": "ｵｲｶﾜ",
    "notice-people-0-names-given_kana": "かすみ",
    "notice-people-0-names-sex": "女",
    "notice-people-0-names-born": "S62.7.2",
    "notice-people-0-names-alias_records-count": "0",
    "notice-people-0-names-glyphs-count": "0",
    "notice-people-1-relation": "夫",
    "notice-people-1-names-family": "及川",
    "notice-people-1-names-given": "大輔",
    "notice-people-1-names-sex": "男",
    "notice-people-1-names-born": "1985-01-15",
}


def send(browser, **changes):
    return browser.send("move_in", **(GOOD | {name.replace("__", "-"): text for name, text in changes.items()}))


def test_a_family_moves_in(browser):
    done = send(browser)
    assert done.status == 303
    receipt = browser.follow(done.where)
    assert "転入：受付結果" in receipt.words
    assert "オイカワ カスミ 及川 香澄" in receipt.words
    assert "対象者 2人" in receipt.words
    assert "期限 4月15日（水） 期限内" in receipt.words
    assert "住民票の写しを作る" in receipt.words
    assert "次の方をさがす" in receipt.words
    found = browser.show("search", text="おいかわ S62")
    assert "本宮五丁目15番8号" in found.words


def test_the_form_shows_its_term_and_begins_with_today(browser):
    page = browser.show("move_in")
    assert "住民基本台帳法22条" in page.words
    assert "異動日の翌日から数えて14日以内" in page.words
    assert page.value("notice-notified_on") == "R8.4.6"
    assert '<option value="転入" selected>' in page.html


def test_a_late_notice_is_recorded_and_said(browser):
    done = send(browser, notice__event_on="R8.3.1")
    receipt = browser.follow(done.where)
    assert "21日超過" in receipt.words
    assert "5万円以下の過料" in receipt.words


@pytest.mark.parametrize(
    ("typed", "town", "block"),
    [
        ("本宮五丁目", "本宮五丁目", "15番8号"),
        ("本宮5丁目", "本宮五丁目", "15番8号"),
        ("盛岡市本宮五丁目", "本宮五丁目", "15番8号"),
        ("もとみやごちょうめ", "本宮五丁目", "15番8号"),
    ],
)
def test_a_town_is_found_as_people_write_it(browser, typed, town, block):
    done = send(browser, notice__address__town_name=typed)
    assert done.status == 303
    assert f"{town}{block}" in browser.follow(done.where).words


def test_a_whole_address_in_the_field_of_the_town_is_taken_apart(browser):
    done = send(browser, notice__address__town_name="本宮5-15-8", notice__address__block="")
    assert "本宮五丁目15-8" in browser.follow(done.where).words


def test_a_town_that_may_be_several_is_chosen_and_nothing_is_recorded_before(browser):
    page = send(browser, notice__address__town_name="本宮")
    assert page.status == 422
    assert "町字の候補がいくつかあります。1つ選んでください" in page.sentences
    assert "本宮五丁目" in page.words
    assert not Movement.objects.exists()
    before = page.html.split("<span>本宮五丁目")[0]
    code = before.rsplit('value="', 1)[1].split('"')[0]
    done = send(browser, notice__address__town_name="本宮", notice__address__town=code)
    assert "本宮五丁目15番8号" in browser.follow(done.where).words


def test_an_old_choice_does_not_outlive_another_town(browser):
    page = send(browser, notice__address__town_name="上田", notice__address__town="0412000")
    assert page.status == 422
    assert "「上田」に合う町字" in page.words


WRONG = [
    ({"notice__event_on": ""}, "異動日を入力してください"),
    ({"notice__event_on": "きのう"}, "異動日："),
    ({"notice__event_on": "R8.2.30"}, "異動日："),
    ({"notice__event_on": "R8.4.7"}, "より前に届け出ることができません"),
    ({"notice__notified_on": "R8.4.7"}, "きょうより後です"),
    ({"notice__came_from": ""}, "転入前住所を入力してください"),
    ({"notice__came_from": "あ" * 201}, "200文字以内"),
    ({"notice__kind": "引越し"}, "転入の種類を、選択肢から選んでください"),
    ({"notice__address__town_name": "架空町"}, "「架空町」で始まる町字がありません"),
    ({"notice__address__town_name": "", "notice__address__block": ""}, "新しい世帯の住所を入力してください"),
    ({"notice__household": "987654321"}, "世帯番号987654321の世帯はありません"),
    ({"notice__household": "むっつ"}, "世帯番号は、数字で入力してください"),
    ({"notice__people__0__relation": "妻"}, "世帯主のいない期間ができます"),
    ({"notice__people__1__relation": "世帯主"}, "世帯主が2人いる期間ができます"),
    ({"notice__people__1__relation": "妻"}, "及川"),
    ({"notice__people__1__relation": "長男"}, "「長男」は使えません"),
    ({"notice__people__1__relation": ""}, "続柄を入力してください"),
    (
        {"notice__people__0__names__family": "", "notice__people__0__names__given": ""},
        "氏名（又はローマ字氏名）を入力してください。",
    ),
    ({"notice__people__1__names__sex": ""}, "性別を選んでください"),
    ({"notice__people__1__names__born": "S70.1.1"}, "生年月日："),
    ({"notice__people__0__names__family_kana": "及川"}, "振り仮名に使えない文字があります（及、川）。"),
    ({"notice__people__0__individual_number": "983205673210"}, "個人番号（マイナンバー）が正しくありません。"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_a_wrong_value_has_its_sentence_and_everything_typed_stays(browser, changes, sentence):
    page = send(browser, **changes)
    assert page.status in (404, 409, 422), page.words
    assert sentence in page.sentences
    assert page.title.startswith("エラー：")
    assert not Movement.objects.exists()
    typed = {name.replace("__", "-"): text for name, text in changes.items()}
    for name in ("notice-came_from", "notice-people-0-names-given", "notice-people-1-names-born"):
        assert page.value(name) == (GOOD | typed)[name]
    for name, text in typed.items():
        if not name.endswith(("kind", "sex")):
            assert page.value(name) == text


def test_one_more_person_without_javascript(browser):
    page = send(browser, _more="notice-people")
    assert page.status == 200
    assert page.value("notice-people-count") == "3"
    assert page.value("notice-people-0-names-family") == "及川"
    assert 'name="notice-people-2-relation"' in page.html
    assert page.html.split('name="notice-people-2-relation"')[1].split(">")[0].count("autofocus") == 1
    fewer = send(browser, _less="notice-people-0")
    assert fewer.value("notice-people-0-names-given") == "大輔"


def test_the_same_form_twice_is_one_household(browser):
    key = "0b8f2a52-7f3f-4b6e-9d0e-3f0f7a2f7a11"
    first, second = send(browser, _key=key), send(browser, _key=key)
    assert first.where == second.where
    assert Movement.objects.count() == 1


def test_who_moved_away_comes_back_under_the_same_number(browser, desk, family):
    desk.do("erase", {"event_on": ON, "people": family.people, "reason": "不現住"})
    page = browser.show("move_in_again", family.people[0])
    assert page.value("notice-people-0-person") == str(family.people[0])
    assert page.value("notice-people-0-names-family") == "髙橋"
    again = GOOD | {
        "notice-event_on": "R8.4.6",
        "notice-people-count": "1",
        "notice-people-0-person": str(family.people[0]),
    }
    done = browser.send("move_in_again", family.people[0], **again)
    assert f"/person/{family.people[0]}/received/" in done.where


def test_into_a_household_that_is_here(browser, family):
    page = browser.show("move_in", household=family.households[0])
    assert page.value("notice-household") == str(family.households[0])
    done = send(
        browser,
        notice__household=str(family.households[0]),
        notice__address__town_name="",
        notice__address__block="",
        notice__people__0__relation="母",
        notice__people__1__relation="父",
        notice__people__1__names__born="S20.1.1",
        notice__people__0__names__born="S22.1.1",
        notice__event_on="R8.4.6",
    )
    assert done.status == 303
    assert "世帯員 6人" in browser.show("household", family.people[0]).words


def test_a_somebody_alike_is_pointed_out(browser, family):
    done = send(
        browser,
        notice__people__0__names__family="髙橋",
        notice__people__0__names__given="美咲",
        notice__people__0__names__family_kana="タカハシ",
        notice__people__0__names__given_kana="ミサキ",
        notice__people__0__names__born="S54.3.5",
    )
    assert "と同じ氏名・生年月日の人がいます" in browser.follow(done.where).words


@pytest.mark.parametrize(
    ("kind", "event_on", "words"),
    [
        ("転入", "R8.4.1", "期限 4月15日（水） 期限内"),
        ("転入", "R8.3.1", "21日超過"),
        ("職権記載", "R8.4.1", "この届出に期限はありません。"),
        ("転入", "あした", ""),
        ("引越し", "R8.4.1", ""),
    ],
)
def test_the_term_while_the_day_is_typed(browser, kind, event_on, words):
    page = browser.follow(f"/resident_records/desk/deadline?kind={kind}&notice-event_on={event_on}&lang=ja")
    assert page.status == 200
    assert words in " ".join(page.html.replace("<", " <").split()) or words in _words(page.html)


def _words(html):
    return " ".join("".join(part.split(">", 1)[-1] for part in html.split("<")).split())


def test_towns_while_they_are_typed(browser):
    page = browser.follow("/resident_records/desk/towns?notice-address-town_name=本宮五")
    assert page.html.count("<option") == 1
    assert 'value="本宮五丁目"' in page.html
    assert browser.follow("/resident_records/desk/towns?notice-address-town_name=").html.strip() == ""


def test_only_clerks_take_notices(browser, family):
    assert browser.sit(MANAGER).show("move_in").status == 403
    assert browser.sit(resident(family.people[0])).show("move_in").status == 403
    assert browser.sit(NOBODY).show("move_in").status == 302
    assert send(browser.sit(MANAGER)).status == 403
    assert browser.sit(CLERK, day=date(2026, 4, 6) + timedelta(days=1)).show("move_in").status == 200


def test_english(browser):
    page = send(browser, notice__event_on="", lang="en")
    for word in ("Move-in notice", "Day of the event", "Resident", "Person 1"):
        assert word in page.words
