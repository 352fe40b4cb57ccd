"""世帯変更と記載事項の修正 Changes of households, names, family register, nationality and status."""

from datetime import date

import pytest

from yakusho.registers.people.rules.households import TwoSpouses
from yakusho.registers.people.rules.relations import RelationContradictsSex
from yakusho.registers.people.rules.succession import RelationMissing
from yakusho.registers.people.terms import ForeignCategory
from yakusho.registers.people.values import ForeignEntry, OriginEntry
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import AmendReason, MovementKind
from yakusho.systems.city.resident_records.tests.conftest import (
    ADDRESS,
    CHINESE,
    ELSEWHERE,
    ON,
    ORIGIN,
    names,
    newcomer,
    relation,
)

YESTERDAY = date(2026, 4, 5)


def test_a_child_splits_off_at_the_same_address(desk, family):
    receipt = desk.do("split", values.Split(event_on=ON, people=[relation(family.people[2], "世帯主")]))
    assert receipt.kind is MovementKind.SPLIT
    assert desk.relations(family.people[2]) == {"陽菜": "世帯主"}
    assert desk.at(family.people[2]).residence.address == ADDRESS
    assert desk.at(family.people[2]).residence.address_since is None


def test_nobody_splits_off_everybody(desk, family):
    everybody = [relation(person, "世帯主") for person in family.people]
    with pytest.raises(refusals.WholeHousehold):
        desk.do("split", values.Split(event_on=ON, people=everybody))


def test_two_households_become_one(desk, family):
    other = desk.move_in(("キヨ", "世帯主"))
    notice = values.Merge(
        event_on=ON,
        household=other.households[0],
        into=family.households[0],
        members=[relation(other.people[0], "母")],
    )
    desk.do("merge", notice)
    assert desk.relations(family.people[0])["キヨ"] == "母"


def test_households_at_different_addresses_are_not_merged(desk, family):
    other = desk.move_in(("キヨ", "世帯主"), address=ELSEWHERE)
    notice = values.Merge(
        event_on=ON,
        household=other.households[0],
        into=family.households[0],
        members=[relation(other.people[0], "母")],
    )
    with pytest.raises(refusals.AddressDiffers):
        desk.do("merge", notice)


def test_a_merger_names_everybody_who_comes(desk, family):
    other = desk.move_in(("キヨ", "世帯主"), newcomer("一", "子"))
    notice = values.Merge(
        event_on=ON,
        household=other.households[0],
        into=family.households[0],
        members=[relation(other.people[0], "母")],
    )
    with pytest.raises(refusals.MembersMissing) as refused:
        desk.do("merge", notice)
    assert "一" in refused.value.ja


def test_a_new_head_with_relations_given_where_they_do_not_follow(desk, family):
    father, mother, sister, brother = family.people
    proposed = {
        one.person: (one.relation, one.certain)
        for one in desk.ask("relations", household=family.households[0], head=mother)
    }
    assert proposed[father] == ("夫", True)
    assert proposed[sister] == ("子", False)
    notice = values.NewHead(event_on=ON, household=family.households[0], head=mother)
    with pytest.raises(RelationMissing):
        desk.do("change_head", notice)
    given = [relation(person, proposed[person][0]) for person in (sister, brother)]
    desk.do("change_head", notice.model_copy(update={"members": given}))
    assert desk.relations(mother) == {"美咲": "世帯主", "健一": "夫", "陽菜": "子", "蓮": "子"}


def test_the_new_head_is_a_member(desk, family):
    other = desk.move_in(("キヨ", "世帯主"), address=ELSEWHERE)
    notice = values.NewHead(event_on=ON, household=family.households[0], head=other.people[0])
    with pytest.raises(refusals.UnknownPerson):
        desk.do("change_head", notice)


def test_relations_change_under_the_same_head(desk, family):
    notice = values.Composition(
        event_on=ON, household=family.households[0], members=[relation(family.people[3], "妻の子")]
    )
    receipt = desk.do("recompose", notice)
    assert desk.relations(family.people[0])["蓮"] == "妻の子"
    assert receipt.kind is MovementKind.COMPOSITION


def test_the_head_does_not_change_by_the_way(desk, family):
    notice = values.Composition(
        event_on=ON, household=family.households[0], members=[relation(family.people[1], "世帯主")]
    )
    with pytest.raises(refusals.HeadChangesHere):
        desk.do("recompose", notice)


def test_a_second_spouse_is_refused(desk, family):
    notice = values.Composition(event_on=ON, household=family.households[0], members=[relation(family.people[2], "妻")])
    with pytest.raises(TwoSpouses):
        desk.do("recompose", notice)


def test_article_30_48(desk, family):
    notice = values.ForeignRelation(
        event_on=ON, household=family.households[0], members=[relation(family.people[2], "縁故者")]
    )
    assert desk.do("change_foreign_relation", notice).kind is MovementKind.ARTICLE_30_48


def test_an_address_is_written_anew_without_a_move(desk, family):
    written = ADDRESS.model_copy(update={"block": "15番8－2号"})
    notice = values.Amending(
        event_on=ON, household=family.households[0], reason=AmendReason.RENUMBERED, address=written
    )
    receipt = desk.do("amend", notice)
    shown = desk.at(family.people[3]).residence
    assert (shown.address, shown.moved_from, shown.address_since) == (written, "", None)
    assert receipt.deadline is None


def test_a_marriage_changes_the_name_and_keeps_the_former_one(desk, family):
    married = names("陽菜", family="佐藤", kana="サトウ", former_family="髙橋", former_family_kana="タカハシ")
    desk.do("rename", values.Renaming(event_on=ON, person=family.people[2], names=married))
    assert desk.at(family.people[2]).names.name == "佐藤　陽菜"
    assert desk.ask("search", text="たかはし ひな").rows[0].person.id == family.people[2]


def test_a_wrong_birth_date_is_corrected_for_the_whole_past(desk):
    receipt = desk.move_in(("健一", "世帯主"), event_on=date(2026, 4, 1))
    right = names("健一", born=date(1977, 8, 9))
    desk.do("rename", values.Renaming(event_on=ON, person=receipt.people[0], names=right, since_birth=True))
    assert desk.at(receipt.people[0], on=date(2026, 4, 2)).names.born == date(1977, 8, 9)


def test_a_change_of_sex_is_checked_against_the_relation(desk, family):
    changed = names("美咲", sex="男")
    with pytest.raises(RelationContradictsSex):
        desk.do("rename", values.Renaming(event_on=ON, person=family.people[1], names=changed))


def test_a_new_registered_domicile(desk, family):
    moved = OriginEntry(domicile="東京都千代田区千代田1番", head="髙橋　健一")
    desk.do("change_origin", values.OriginChange(event_on=ON, person=family.people[0], origin=moved))
    assert desk.at(family.people[0]).origin == moved
    assert desk.at(family.people[1]).origin == ORIGIN


@pytest.fixture
def foreigner(desk):
    return desk.move_in(newcomer("王", foreign=CHINESE, alphabet="WANG WEI"), event_on=date(2026, 4, 1)).people[0]


@pytest.mark.parametrize(
    ("action", "kind"),
    [("naturalise", MovementKind.NATURALISED), ("gain_nationality", MovementKind.NATIONALITY_GAINED)],
)
def test_a_foreign_resident_becomes_japanese(desk, foreigner, action, kind):
    notice = values.Naturalising(event_on=ON, person=foreigner, names=names("健一", family="王"), origin=ORIGIN)
    assert desk.do(action, notice).kind is kind
    now, before = desk.at(foreigner), desk.at(foreigner, on=YESTERDAY)
    assert (now.foreign, now.origin) == (None, ORIGIN)
    assert (before.foreign.nationality, before.origin) == ("中国", None)


def test_who_is_japanese_is_not_naturalised(desk, family):
    notice = values.Naturalising(event_on=ON, person=family.people[0], names=names(), origin=ORIGIN)
    with pytest.raises(refusals.NotForeign):
        desk.do("naturalise", notice)


def test_nationality_is_lost(desk, family):
    passing = ForeignEntry(nationality="米国", category=ForeignCategory.PASSING_BY_LOSS)
    notice = values.NationalityLoss(event_on=ON, person=family.people[2], names=names("陽菜"), foreign=passing)
    desk.do("lose_nationality", notice)
    shown = desk.at(family.people[2])
    assert shown.origin is None
    assert shown.foreign.foreign_since == ON
    with pytest.raises(refusals.IsForeign):
        desk.do("change_origin", values.OriginChange(event_on=ON, person=family.people[2], origin=ORIGIN))


@pytest.mark.parametrize(
    ("action", "kind"), [("change_status", MovementKind.STATUS), ("become_mid_term", MovementKind.ARTICLE_30_47)]
)
def test_a_status_of_residence_changes(desk, foreigner, action, kind):
    stay = CHINESE.model_copy(update={"status": "技術・人文知識・国際業務", "expires_on": date(2031, 4, 1)})
    receipt = desk.do(action, values.StatusChange(event_on=ON, person=foreigner, foreign=stay))
    assert receipt.kind is kind
    assert desk.at(foreigner).foreign.status == "技術・人文知識・国際業務"
    assert desk.at(foreigner).foreign.foreign_since == date(2026, 4, 1)
    assert desk.at(foreigner, on=YESTERDAY).foreign.status == "留学"


def test_the_term_for_the_form(desk):
    term = desk.ask("deadline", kind=MovementKind.MOVE_IN, event_on=date(2026, 3, 1))
    assert term.deadline == date(2026, 3, 16)
    assert term.days_late == 21
    assert "過料" in term.remarks[0].ja
