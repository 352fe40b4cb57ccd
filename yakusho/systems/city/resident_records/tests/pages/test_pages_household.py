"""The household page: facts with their dates, the past as it was believed, movements taken back and replaced."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yakusho.registers.people.terms import HEAD, ProtectionKind
from yakusho.registers.people.values import Opponent
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.tests.conftest import (
    CHINESE,
    CLERK,
    MANAGER,
    ON,
    newcomer,
    relation,
    resident,
)

pytestmark = pytest.mark.django_db
NOTICES = (
    "転居",
    "転出",
    "出生",
    "死亡・失踪",
    "世帯分離",
    "世帯合併",
    "世帯主変更",
    "世帯構成変更",
    "氏名・性別等",
    "職権消除",
)


def test_the_household_with_its_facts(browser, family):
    page = browser.show("household", family.people[1])
    assert page.status == 200
    assert "髙橋 美咲の記録 本宮五丁目15番8号" in page.words
    assert "タカハシ ケンイチ 髙橋 健一 S52.8.19 1977-08-19 48歳 男 世帯主 R8.4.6 2026-04-06" in page.words
    assert "生年月日・性別 昭和54年3月5日（月） 女" in page.words
    assert "転入前住所 宮城県仙台市青葉区本町1番1号" in page.words
    assert "戸籍の表示 岩手県盛岡市内丸12番 筆頭者 髙橋 健一" in page.words


def test_every_notice_that_fits_has_its_key(browser, family):
    page = browser.show("household", family.people[0])
    for notice in NOTICES:
        assert notice in page.words, notice
    for key in ("F2", "F4", "F6", "F7", "F8", "F9", "F10"):
        assert page.html.count(f'data-key="{key}"') == 1, key
    assert "帰化" not in page.words
    assert "転出取消" not in page.words


def test_no_two_notices_share_a_key(browser, desk, family):
    desk.do("move_out", values.MoveOut(event_on=ON + timedelta(days=5), people=family.people, destination="東京都港区"))
    foreign = desk.move_in(newcomer("王明", HEAD, foreign=CHINESE, family="", kana="", alphabet="WANG MING"))
    for person in (family.people[0], foreign.people[0]):
        html = browser.show("household", person).html
        keys = [part.split('"')[0] for part in html.split('data-key="')[1:]]
        assert len(keys) == len(set(keys)), sorted(keys)


def test_a_foreign_resident_has_other_notices(browser, desk):
    receipt = desk.move_in(newcomer("王明", HEAD, foreign=CHINESE, family="", kana="", alphabet="WANG MING"))
    words = browser.show("household", receipt.people[0]).words
    for notice in ("帰化", "在留資格等", "30条の47届出", "30条の48届出"):
        assert notice in words
    assert "戸籍の表示" not in words
    assert "在留資格 留学 2年" in words


@pytest.mark.parametrize("actor", [CLERK, MANAGER])
def test_a_number_that_nobody_has_is_not_found(browser, actor):
    assert browser.sit(actor).show("household", 987654321).status == 404


def test_residents_have_no_desk(browser, family):
    page = browser.sit(resident(family.people[0])).show("household", family.people[0])
    assert page.status == 403
    assert "本宮五丁目" not in page.words


def test_the_past_is_yellow_and_takes_no_entry(browser, family):
    page = browser.show("household", family.people[0], on="R8.4.20")
    assert "asof" in page.html
    assert "data-past" in page.html
    assert "入力できません" in page.words
    assert "転居" not in page.words.split("入力できません")[1]
    assert "令和8年4月20日（月） の状態" in page.words


def test_what_was_believed_stands_beside_what_is_known_now(browser, desk, family, monkeypatch):
    late = values.MoveOut(event_on=ON, people=[family.people[3]], destination="宮城県仙台市")
    desk.do("move_out", late, on=ON + timedelta(days=40))
    with connection.cursor() as cursor:
        cursor.execute(
            "select min(processed_at) + (max(processed_at) - min(processed_at)) / 2 from resident_records_movement"
        )
        between = cursor.fetchone()[0]
    monkeypatch.setattr(
        "yakusho.systems.city.resident_records.views.household.moments.read_moment", lambda text: between
    )
    browser.sit(CLERK, day=ON + timedelta(days=41))
    page = browser.show("household", family.people[0], on="R8.4.6", known_at="あいだ")
    assert "髙橋 蓮 H20.9.3 2008-09-03 17歳 男 子 R8.4.6 2026-04-06 この世帯にいない 後から分かった変更" in page.words
    assert page.html.count("data-diff") == 1
    now = browser.show("household", family.people[0], on="R8.4.6")
    assert "髙橋 蓮" not in now.words


def test_before_anybody_was_recorded_only_the_movements_are_left(browser, family):
    page = browser.show("household", family.people[0], on="R7.4.6")
    assert page.status == 200
    assert "この時点で、記録はありません" in page.words
    assert "転入" in page.words


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("on", "きのう", "基準日を読めません。"),
        ("on", "R8.13.1", "基準日を読めません。"),
        ("known_at", "R8.4.1 99:99", "認識日時を読めません。"),
        ("known_at", "そのとき", "認識日時を読めません。"),
    ],
)
def test_a_day_that_cannot_be_read_is_said_and_stays(browser, family, name, typed, sentence):
    page = browser.show("household", family.people[0], **{name: typed})
    assert page.status == 422
    assert sentence in page.sentences
    assert page.value(name) == typed
    assert "髙橋 健一" in page.words


def test_movements_with_three_dates_and_how_late(browser, desk, family):
    desk.do(
        "move_out",
        values.MoveOut(event_on=ON, people=[family.people[3]], destination="宮城県仙台市"),
        on=ON + timedelta(days=40),
    )
    page = browser.sit(CLERK, day=ON + timedelta(days=40)).show("household", family.people[3])
    assert "R8.4.6 R8.5.16" in page.words
    assert "26日遅れ" in page.words
    assert "除票" in page.words
    assert "ふたたび転入" in page.words


def test_a_movement_is_taken_back_with_its_reason(browser, family):
    form = browser.show("cancel", family.movement)
    assert "理由" in form.words
    empty = browser.send("cancel", family.movement)
    assert (empty.status, "理由を入力してください" in empty.sentences) == (422, True)
    done = browser.send("cancel", family.movement, reason="別の人の届出")
    assert done.status == 303
    receipt = browser.follow(done.where)
    assert "異動の取消：受付結果" in receipt.words
    assert "別の人の届出" in receipt.words
    history = browser.show("household", family.people[0]).words
    assert "取消・訂正済み" in history
    assert f"異動 {family.movement} を取消" in history


def test_a_movement_that_does_not_exist_is_not_found(browser):
    assert browser.send("cancel", 987654321, reason="まちがい").status == 404


def test_a_manager_takes_back_too_and_sees_the_receipt(browser, family):
    done = browser.sit(MANAGER).send("cancel", family.movement, reason="別の人の届出")
    assert browser.follow(done.where).status == 200


def test_a_movement_is_replaced_by_the_right_notice(browser, desk, family):
    moved = desk.do(
        "move",
        values.Move(
            event_on=ON,
            people=[
                relation(person, word) for person, word in zip(family.people, (HEAD, "妻", "子", "子"), strict=True)
            ],
            address={"town": "1", "town_name": "上田一丁目", "block": "1番1号"},
        ),
    )
    page = browser.show("household", family.people[0])
    link = f"corrects={moved.movement}"
    assert link in page.html
    form = browser.show("move", family.people[0], corrects=moved.movement, on=ON.isoformat())
    assert form.value("notice-corrects") == str(moved.movement)
    assert f"異動 {moved.movement} の訂正" in form.words
    done = browser.send(
        "move",
        family.people[0],
        query=f"{link}&on={ON.isoformat()}",
        who=[str(person) for person in family.people],
        notice__corrects=str(moved.movement),
        notice__event_on="R8.4.6",
        notice__address__town_name="x",
        **{f"as-{family.people[0]}": ""},
    )
    assert done.status == 422
    assert "「x」で始まる町字がありません" in done.sentences


def test_a_protected_person_is_neutral_and_can_be_released(browser, desk, family):
    asked = values.ProtectionRequest(
        person=family.people[0], kind=ProtectionKind.SPOUSE, opponents=[Opponent(name="相手 太郎")]
    )
    desk.do("request_protection", request=asked)
    page = browser.show("household", family.people[0])
    assert "照会制限" in page.words
    assert "表示できません" in page.words
    assert "本宮五丁目" not in page.html
    assert "仙台市" not in page.html
    assert "暴力" not in page.html
    assert "確認を求める" in page.words


def test_the_same_number_of_statements_for_one_and_for_eight(browser, desk):
    few = desk.move_in(newcomer("健一", HEAD))
    many = desk.move_in(
        newcomer("健一", HEAD), *(newcomer("陽菜", "子", born=date(2000 + year, 1, 1)) for year in range(7))
    )
    browser.show("household", few.people[0])
    counted = []
    for receipt in (few, many):
        with CaptureQueriesContext(connection) as statements:
            assert browser.show("household", receipt.people[0]).status == 200
        counted.append(len(statements))
    assert counted[0] == counted[1]


def test_english(browser, family):
    words = browser.show("household", family.people[0], lang="en").words
    for word in ("Record of", "Members", "Move within the city", "History of movements"):
        assert word in words
