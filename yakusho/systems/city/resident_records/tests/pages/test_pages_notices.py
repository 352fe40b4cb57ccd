"""Every notice as a page: opened from a record it knows the household; sent, it does what the law says."""

from datetime import date

import pytest

from yakusho.registers.people.terms import HEAD
from yakusho.systems.city.resident_records import urls
from yakusho.systems.city.resident_records.models import Movement
from yakusho.systems.city.resident_records.tests.conftest import CHINESE, CLERK, ELSEWHERE, ON, newcomer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("towns")]
TODAY = {"notice-event_on": "R8.4.6"}
NAMES = {
    "notice-names-family": "山田",
    "notice-names-given": "明",
    "notice-names-sex": "男",
    "notice-names-born": "1990-01-01",
}
ORIGIN = {
    "notice-origin-state": "あり",
    "notice-origin-domicile": "岩手県盛岡市内丸1番",
    "notice-origin-head": "山田　明",
}
FOREIGN = {
    "notice-foreign-nationality": "中国",
    "notice-foreign-category": "中長期在留者",
    "notice-foreign-status": "技術・人文知識・国際業務",
    "notice-foreign-expires_on": "R11.4.1",
}


@pytest.fixture
def foreign(desk):
    return desk.move_in(newcomer("明", HEAD, foreign=CHINESE, family="", kana="", alphabet="WANG MING"))


def relations(desk, person, on=ON):
    return desk.relations(person, on=on)


@pytest.mark.parametrize("address", sorted(urls.ABOUT_A_PERSON))
def test_every_notice_opens_from_a_record_and_knows_whose_it_is(browser, family, address):
    name = urls.NAMES.get(address, address.replace("-", "_"))
    page = browser.show(name, family.people[1])
    assert page.status == 200
    assert page.html.count("<h1>") == 1
    assert "髙橋 美咲" in page.words
    assert page.title.startswith(" ".join(page.html.split("<h1>")[1].split("</h1>")[0].split()))


def test_a_household_moves_as_a_whole(browser, desk, family):
    page = browser.show("move", family.people[0])
    assert page.html.count('type="checkbox" name="who"') == page.html.count(" checked>") == 4
    everybody = [str(person) for person in family.people]
    done = browser.send(
        "move",
        family.people[0],
        who=everybody,
        **TODAY,
        **{"notice-address-town_name": "上田一丁目", "notice-address-block": "4番22号"},
    )
    assert done.status == 303
    assert desk.at(family.people[3]).residence.address.text == "上田一丁目4番22号"
    assert relations(desk, family.people[0]) == {"健一": "世帯主", "美咲": "妻", "陽菜": "子", "蓮": "子"}
    assert "転居：受付結果" in browser.follow(done.where).words


def test_one_person_moves_out_of_the_household_and_is_a_head(browser, desk, family):
    done = browser.send(
        "move",
        family.people[2],
        who=str(family.people[2]),
        **TODAY,
        **{"notice-address-town_name": "内丸", "notice-address-block": "1番1号"},
    )
    assert done.status == 303
    assert relations(desk, family.people[2]) == {"陽菜": "世帯主"}
    assert len(relations(desk, family.people[0])) == 3


def test_into_a_household_that_is_here_a_relation_is_needed(browser, desk, family):
    other = desk.move_in(newcomer("キヨ", HEAD, family="佐藤", kana="サトウ"), address=ELSEWHERE)
    into = {"notice-household": str(other.households[0])}
    asked = browser.send("move", family.people[2], who=str(family.people[2]), **TODAY, **into)
    assert (asked.status, "続柄を入力してください" in asked.sentences) == (422, True)
    assert 'aria-invalid="true"' in asked.html
    done = browser.send(
        "move", family.people[2], who=str(family.people[2]), **TODAY, **into, **{f"as-{family.people[2]}": "子の子"}
    )
    assert done.status == 303
    assert relations(desk, other.people[0]) == {"キヨ": "世帯主", "陽菜": "子の子"}


def test_nobody_ticked_is_said_and_a_strangers_number_counts_for_nothing(browser, desk, family):
    other = desk.move_in(newcomer("キヨ", HEAD, family="佐藤", kana="サトウ"), address=ELSEWHERE)
    sent = {"notice-destination": "東京都港区", **TODAY}
    for who in ([], [str(other.people[0])]):
        page = browser.send("move_out", family.people[0], who=who, **sent)
        assert (page.status, "転出する人を入力してください" in page.sentences) == (422, True)
        assert page.value("notice-destination") == "東京都港区"
    assert Movement.objects.filter(kind="転出").count() == 0


def test_a_planned_move_out_its_confirmation_and_another_ones_cancellation(browser, desk, family):
    leaving = {"notice-event_on": "R8.4.20", "notice-destination": "東京都港区"}
    everybody = [str(person) for person in family.people]
    done = browser.send("move_out", family.people[0], who=everybody, **leaving)
    assert "転出証明書を作る" in browser.follow(done.where).words
    page = browser.show("household", family.people[0])
    assert "転出予定 R8.4.20" in page.words
    assert "転出確定" in page.words
    taken_back = browser.send("cancel_move_out", family.people[0], reason="引っ越しをやめた")
    assert taken_back.status == 303
    assert "転出予定" not in browser.show("household", family.people[0]).words
    browser.send("move_out", family.people[0], who=everybody, **leaving)
    browser.sit(CLERK, day=date(2026, 4, 24))
    final = browser.send("complete_move_out", family.people[0], **{"notice-event_on": "R8.4.20"})
    assert final.status == 303
    assert "除票" in browser.show("household", family.people[0]).words


def test_no_planned_move_out_is_said(browser, family):
    page = browser.send("cancel_move_out", family.people[0])
    assert (page.status, "転出の予定が記録されていません。" in page.sentences) == (409, True)


def test_when_the_head_leaves_the_rest_need_a_head(browser, desk, family):
    leaving = {"notice-destination": "東京都港区", **TODAY, "who": str(family.people[0])}
    page = browser.send("move_out", family.people[0], **leaving)
    assert page.status in (409, 422)
    assert "世帯主" in page.sentences
    typed = {f"as-{family.people[1]}": "世帯主", f"as-{family.people[2]}": "子", f"as-{family.people[3]}": "子"}
    done = browser.send("move_out", family.people[0], **leaving, **typed)
    assert done.status == 303
    assert relations(desk, family.people[1]) == {"美咲": "世帯主", "陽菜": "子", "蓮": "子"}


def test_a_birth_begins_with_the_familys_name(browser, desk, family):
    page = browser.show("register_birth", family.people[1])
    assert page.value("notice-children-0-names-family") == "髙橋"
    assert page.value("notice-children-0-names-family_kana") == "タカハシ"
    assert page.value("notice-children-0-relation") == "子"
    child = {
        "notice-children-count": "1",
        "notice-children-0-relation": "子",
        "notice-children-0-names-family": "髙橋",
        "notice-children-0-names-given": "湊",
        "notice-children-0-names-sex": "男",
        "notice-children-0-names-born": "R8.4.6",
    }
    done = browser.send("register_birth", family.people[1], **child, **TODAY)
    assert done.status == 303
    assert "湊" in relations(desk, family.people[0])


def test_a_death(browser, desk, family):
    page = browser.show("register_death", family.people[3])
    assert "異動日から数えて7日以内（異動日を含む）" in page.words
    assert 'name="who"' not in page.html
    done = browser.send("register_death", family.people[3], **TODAY, **{"notice-reason": "死亡"})
    assert done.status == 303
    assert desk.at(family.people[3]).closing.reason == "死亡"


def test_a_household_splits_and_merges_again(browser, desk, family):
    done = browser.send("split", family.people[2], who=str(family.people[2]), **TODAY)
    assert done.status == 303
    assert relations(desk, family.people[2]) == {"陽菜": "世帯主"}
    joined = browser.send(
        "merge",
        family.people[2],
        **TODAY,
        **{"notice-into": str(family.households[0]), f"as-{family.people[2]}": "子"},
    )
    assert joined.status == 303
    assert len(relations(desk, family.people[0])) == 4


def test_another_head(browser, desk, family):
    page = browser.show("change_head", family.people[0])
    assert page.html.count('type="radio" name="who"') == 4
    assert " checked>" not in page.main
    nobody = browser.send("change_head", family.people[0], **TODAY)
    assert (nobody.status, "新しい世帯主を入力してください" in nobody.sentences) == (422, True)
    done = browser.send(
        "change_head",
        family.people[0],
        who=str(family.people[1]),
        **TODAY,
        **{f"as-{family.people[0]}": "夫", f"as-{family.people[2]}": "子", f"as-{family.people[3]}": "子"},
    )
    assert done.status == 303
    assert relations(desk, family.people[0])["美咲"] == "世帯主"


def test_relations_change_while_the_head_stays(browser, desk, family):
    page = browser.send("recompose", family.people[0], **TODAY, **{f"as-{family.people[3]}": "孫"})
    assert page.status == 422
    assert "孫" in page.sentences
    assert page.value(f"as-{family.people[3]}") == "孫"
    done = browser.send("recompose", family.people[0], **TODAY, **{f"as-{family.people[3]}": "妻の子"})
    assert done.status == 303
    assert relations(desk, family.people[0])["蓮"] == "妻の子"


def test_an_address_is_written_anew(browser, desk, family):
    page = browser.show("amend", family.people[0])
    assert page.value("notice-address-block") == "15番8号"
    done = browser.send(
        "amend",
        family.people[0],
        **TODAY,
        **{
            "notice-reason": "住居表示の実施",
            "notice-address-town_name": "本宮五丁目",
            "notice-address-block": "16番1号",
        },
    )
    assert done.status == 303
    assert desk.at(family.people[2]).residence.address.block == "16番1号"


def test_closed_by_authority_and_opened_again(browser, desk, family):
    page = browser.show("erase", family.people[3])
    assert page.main.count(" checked>") == 1
    done = browser.send("erase", family.people[3], who=str(family.people[3]), **TODAY, **{"notice-reason": "不現住"})
    movement = int(done.where.rsplit("/", 1)[1])
    assert not desk.at(family.people[3]).is_resident
    again = browser.send("restore", movement, reason="調査の誤り")
    assert again.status == 303
    assert desk.at(family.people[3]).is_resident


def test_names_and_family_register(browser, desk, family):
    page = browser.show("rename", family.people[1])
    assert page.value("notice-names-given") == "美咲"
    done = browser.send("rename", family.people[1], **TODAY, **(NAMES | {"notice-names-sex": "女"}))
    assert done.status == 303
    assert desk.at(family.people[1]).names.name == "山田　明"
    assert browser.send("change_origin", family.people[1], **TODAY, **ORIGIN).status == 303
    assert desk.at(family.people[1]).origin.domicile == "岩手県盛岡市内丸1番"


def test_status_of_residence(browser, desk, foreign):
    page = browser.show("change_status", foreign.people[0])
    assert page.value("notice-foreign-status") == "留学"
    done = browser.send("change_status", foreign.people[0], **TODAY, **FOREIGN)
    assert done.status == 303
    assert desk.at(foreign.people[0]).foreign.status == "技術・人文知識・国際業務"
    assert browser.send("become_mid_term", foreign.people[0], **TODAY, **FOREIGN).status == 303


@pytest.mark.parametrize("notice", ["naturalise", "gain_nationality"])
def test_becoming_japanese(browser, desk, foreign, notice):
    assert browser.send(notice, foreign.people[0], **TODAY, **NAMES, **ORIGIN).status == 303
    now = desk.at(foreign.people[0])
    assert (now.foreign, now.names.family) == (None, "山田")


def test_losing_nationality(browser, desk, family):
    done = browser.send("lose_nationality", family.people[2], **TODAY, **NAMES, **FOREIGN)
    assert done.status == 303
    assert desk.at(family.people[2]).origin is None


def test_a_notice_that_does_not_fit_says_why(browser, family, foreign):
    page = browser.send("naturalise", family.people[0], **TODAY, **NAMES, **ORIGIN)
    assert (page.status, "外国人住民ではありません。" in page.sentences) == (409, True)
    page = browser.send("change_origin", foreign.people[0], **TODAY, **ORIGIN)
    assert (page.status, "外国人住民として記録されています。" in page.sentences) == (409, True)


def test_relation_between_foreign_residents(browser, desk):
    home = desk.move_in(
        newcomer("明", HEAD, foreign=CHINESE, family="", kana="", alphabet="WANG MING"),
        newcomer("美咲", "妻", foreign=CHINESE, family="", kana="", alphabet="LI MEI"),
    )
    done = browser.send("change_foreign_relation", home.people[0], **TODAY, **{f"as-{home.people[1]}": "妻（未届）"})
    assert done.status == 303


@pytest.mark.parametrize("page", ["enter_foreign_resident", "record"])
def test_entered_under_article_30_46_and_by_authority(browser, page):
    sent = {
        **TODAY,
        "notice-came_from": "中国",
        "notice-reason": "その他",
        "notice-address-town_name": "内丸",
        "notice-address-block": "1番1号",
        "notice-people-count": "1",
        "notice-people-0-relation": "世帯主",
        **{name.replace("notice-", "notice-people-0-"): text for name, text in (NAMES | FOREIGN).items()},
    }
    done = browser.send(page, **sent)
    assert done.status == 303
    assert "山田 明" in browser.follow(done.where).words
