"""転入・出生・職権記載 Coming into the records."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yakusho.blocks.doors import InvalidInput
from yakusho.kit.refusal import NotAllowed
from yakusho.registers.people.actions.movements import HouseholdWithoutHead, HouseholdWithTwoHeads
from yakusho.registers.people.actions.numbers import NumberTaken
from yakusho.registers.people.rules.relations import RelationContradictsSex, UnknownRelation
from yakusho.registers.people.rules.succession import RelationMissing
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.rules.deadlines import EventLiesAhead
from yakusho.systems.city.resident_records.terms import MoveInKind, MovementKind, RecordReason
from yakusho.systems.city.resident_records.tests.conftest import (
    ADDRESS,
    CHINESE,
    ELSEWHERE,
    MANAGER,
    ON,
    ORIGIN,
    newcomer,
    relation,
    resident,
)

NUMBER = "983205673214"


def test_a_family_moves_in(desk, family):
    assert family.kind is MovementKind.MOVE_IN
    assert len(family.people) == 4
    assert desk.relations(family.people[0]) == {"健一": "世帯主", "美咲": "妻", "陽菜": "子", "蓮": "子"}
    head = desk.at(family.people[0])
    assert head.residence.address == ADDRESS
    assert head.residence.came_from == "宮城県仙台市青葉区本町1番1号"
    assert head.residence.resident_since == head.residence.notified_on == ON
    assert head.origin.domicile.startswith("岩手県盛岡市")


def test_a_large_family_costs_no_more_statements_than_a_couple(desk):
    asked = []
    for children in (0, 6):
        people = [("健一", "世帯主"), ("美咲", "妻"), *((name, "子") for name in "葵蓮結光凪空"[:children])]
        with CaptureQueriesContext(connection) as statements:
            assert len(desk.move_in(*people).people) == 2 + children
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_the_receipt_shows_the_term_and_whether_it_was_kept(desk):
    in_time = desk.move_in(event_on=date(2026, 3, 28))
    assert (in_time.deadline, in_time.days_late) == (date(2026, 4, 13), 0)
    late = desk.move_in(("キヨ", "世帯主"), event_on=date(2026, 3, 1))
    assert late.days_late == (ON - date(2026, 3, 16)).days
    assert any("過料" in remark.ja for remark in late.remarks)


@pytest.mark.parametrize("kind", list(MoveInKind))
def test_every_way_into_the_city(desk, kind):
    receipt = desk.move_in(("健一", "世帯主"), kind=kind)
    assert receipt.kind.value == kind.value
    assert desk.ask("history", person=receipt.people[0])[0].kind.value == kind.value


def test_nobody_moves_in_tomorrow(desk):
    notice = values.MoveIn(event_on=date(2026, 4, 7), came_from="仙台市", address=ADDRESS, people=[newcomer()])
    with pytest.raises(EventLiesAhead):
        desk.do("move_in", notice)


def test_into_a_household_that_is_there(desk, family):
    receipt = desk.move_in(("キヨ", "母"), household=family.households[0], address=None)
    assert desk.relations(receipt.people[0])["キヨ"] == "母"
    assert desk.at(receipt.people[0]).residence.address == ADDRESS


def test_an_address_other_than_the_households_is_noticed(desk, family):
    with pytest.raises(refusals.AddressDiffers):
        desk.move_in(("キヨ", "母"), household=family.households[0], address=ELSEWHERE)


def test_a_newcomer_as_head_needs_everybodys_relation(desk, family):
    with pytest.raises(RelationMissing):
        desk.move_in(("キヨ", "世帯主"), household=family.households[0], address=None)
    father, mother, sister, brother = family.people
    members = [
        relation(father, "子"),
        relation(mother, "子の妻"),
        relation(sister, "子の子"),
        relation(brother, "子の子"),
    ]
    receipt = desk.move_in(("キヨ", "世帯主"), household=family.households[0], address=None, members=members)
    assert desk.relations(receipt.people[-1])["健一"] == "子"


@pytest.mark.parametrize(
    ("people", "refusal"),
    [
        ([("美咲", "妻")], HouseholdWithoutHead),
        ([("健一", "世帯主"), ("蓮", "世帯主")], HouseholdWithTwoHeads),
        ([("健一", "世帯主"), ("美咲", "夫")], RelationContradictsSex),
        ([("健一", "世帯主"), ("蓮", "長男")], UnknownRelation),
    ],
)
def test_impossible_households_are_refused_and_nothing_is_kept(desk, people, refusal):
    with pytest.raises(refusal):
        desk.move_in(*people)
    assert desk.ask("search", text="タカハシ").rows == []


def test_neither_address_nor_household(desk):
    with pytest.raises(refusals.AddressMissing):
        desk.move_in(("健一", "世帯主"), address=None)
    with pytest.raises(refusals.UnknownHousehold):
        desk.move_in(("健一", "世帯主"), address=None, household=999_999)


def test_a_wrong_individual_number_is_refused_without_repeating_it(desk):
    with pytest.raises(Exception, match="個人番号") as refused:
        desk.move_in(newcomer(number="983205673215"))
    assert "983205673215" not in str(refused.value)


def test_one_number_belongs_to_one_person(desk):
    desk.move_in(newcomer(number=NUMBER))
    with pytest.raises(NumberTaken):
        desk.move_in(newcomer("キヨ", number=NUMBER))


def test_somebody_alike_is_remarked(desk, family):
    again = desk.move_in(("健一", "世帯主"), address=ELSEWHERE)
    assert any("同じ氏名・生年月日" in one.ja and str(family.people[0]) in one.ja for one in again.remarks)


def test_who_lives_here_does_not_move_in(desk, family):
    with pytest.raises(refusals.AlreadyHere):
        desk.move_in(newcomer(person=family.people[0]))


def test_a_former_resident_comes_back_under_the_same_number(desk, family):
    desk.do("move_out", values.MoveOut(event_on=ON, people=family.people, destination="仙台市"))
    back = desk.move_in(newcomer(person=family.people[0]), event_on=date(2026, 9, 1))
    assert back.people == [family.people[0]]
    assert desk.at(family.people[0], on=date(2026, 9, 1)).residence.resident_since == date(2026, 9, 1)


def test_twins_are_born(desk, family):
    twins = [newcomer("一花", "子", born=ON), newcomer("二葉", "子", born=ON)]
    notice = values.Birth(event_on=ON, household=family.households[0], children=twins)
    receipt = desk.do("register_birth", notice)
    assert len(receipt.people) == 2
    assert len(desk.relations(family.people[0])) == 6
    assert desk.at(receipt.people[0]).residence.came_from == ""
    assert receipt.remarks == []


def test_recorded_by_authority_without_a_notice(desk):
    notice = values.Recording(event_on=ON, reason=RecordReason.NOT_NOTIFIED, address=ADDRESS, people=[newcomer()])
    receipt = desk.do("record", notice)
    assert (receipt.notified_on, receipt.deadline) == (None, None)
    assert desk.ask("history", person=receipt.people[0])[0].reason == "転入未届"
    assert desk.at(receipt.people[0]).residence.notified_on is None


def test_a_foreign_resident_under_article_30_46(desk):
    notice = values.MoveIn(event_on=ON, came_from="中国", address=ADDRESS, people=[newcomer("王", foreign=CHINESE)])
    receipt = desk.do("enter_foreign_resident", notice)
    shown = desk.at(receipt.people[0])
    assert receipt.kind is MovementKind.ARTICLE_30_46
    assert shown.foreign.foreign_since == ON
    assert shown.origin is None


def test_article_30_46_needs_the_items_of_a_foreign_resident(desk):
    notice = values.MoveIn(event_on=ON, came_from="中国", address=ADDRESS, people=[newcomer()])
    with pytest.raises(refusals.ForeignItemsMissing):
        desk.do("enter_foreign_resident", notice)


@pytest.mark.parametrize("by", [MANAGER, resident(1)])
def test_only_clerks_record(desk, by):
    notice = values.MoveIn(event_on=ON, came_from="仙台市", address=ADDRESS, people=[newcomer()])
    with pytest.raises(NotAllowed):
        desk.do("move_in", notice, by=by)


def test_a_notice_without_people_is_no_notice(desk):
    with pytest.raises(InvalidInput) as refused:
        desk.do("move_in", {"event_on": "2026-04-06", "came_from": "仙台市", "address": ADDRESS, "people": []})
    assert refused.value.errors[0].path == "notice.people"


def test_the_same_key_records_once(desk):
    notice = values.MoveIn(event_on=ON, came_from="仙台市", address=ADDRESS, people=[newcomer()])
    first, second = (desk.do("move_in", notice, key="k-1") for _ in range(2))
    assert first == second
    assert len(desk.ask("search", text="タカハシ").rows) == 1


def test_nobody_arrives_before_their_birth(desk):
    with pytest.raises(refusals.BornLater):
        desk.move_in(newcomer("一", "世帯主", born=date(2026, 4, 7)))


def test_a_child_is_born_on_the_day_of_the_event(desk, family):
    notice = values.Birth(
        event_on=ON, household=family.households[0], children=[newcomer("一花", "子", born=date(2026, 4, 5))]
    )
    with pytest.raises(refusals.BirthDayDiffers):
        desk.do("register_birth", notice)


def test_a_missing_family_register_is_remarked(desk):
    receipt = desk.move_in(newcomer(origin=None))
    assert any("戸籍の表示" in remark.ja for remark in receipt.remarks)


def test_nobody_has_a_family_register_and_a_foreign_nationality(desk):
    person = {"names": newcomer().names, "relation": "世帯主", "origin": ORIGIN, "foreign": CHINESE}
    notice = {"event_on": ON, "came_from": "仙台市", "address": ADDRESS, "people": [person]}
    with pytest.raises(InvalidInput) as refused:
        desk.do("move_in", notice)
    assert "戸籍の表示" in refused.value.errors[0].ja


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("family_kana", "高橋", "カタカナ"),
        ("family", "髙\u202e橋", "使えない文字"),
        ("sex", "女性", "選択肢"),
        ("born", "平成31年5月1日", "日付"),
        ("family", "あ" * 101, "100文字"),
    ],
)
def test_wrong_items_of_a_name_are_told_at_their_place(desk, field, wrong, sentence):
    names = newcomer().names.model_dump(mode="json") | {field: wrong}
    notice = {
        "event_on": "2026-04-06",
        "came_from": "仙台市",
        "address": ADDRESS,
        "people": [{"names": names, "relation": "世帯主"}],
    }
    with pytest.raises(InvalidInput) as refused:
        desk.do("move_in", notice)
    (error,) = refused.value.errors
    assert error.path == f"notice.people.0.names.{field}"
    assert sentence in error.ja
