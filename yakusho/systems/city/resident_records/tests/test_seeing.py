"""照会 Who sees what: clerks everything but protected addresses, residents themselves and whom they live with."""

from datetime import date, timedelta

import pytest

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.identity.refusals import FreshProofNeeded
from yakusho.kit.refusal import NotAllowed, NotFound
from yakusho.registers.people.terms import ProtectionKind
from yakusho.registers.people.values import Opponent
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.rules.looks import Look, told
from yakusho.systems.city.resident_records.tests.conftest import (
    ADDRESS,
    AT,
    CLERK,
    ELSEWHERE,
    MANAGER,
    ON,
    OTHER_CLERK,
    newcomer,
    proved,
    relation,
    resident,
)

LATER = date(2026, 6, 1)


def test_a_resident_sees_the_own_household(desk, family):
    mother = resident(family.people[1])
    assert desk.at(family.people[1], by=mother).residence.address == ADDRESS
    view = desk.ask("household", person=family.people[1], by=mother)
    assert len(view.members) == 4
    assert desk.at(family.people[3], by=mother).names.given == "蓮"


def test_a_stranger_is_as_missing_as_nobody(desk, family):
    stranger = resident(desk.move_in(("キヨ", "世帯主"), address=ELSEWHERE).people[0])
    for name in ("person", "household", "history"):
        refusals = []
        for person in (family.people[0], 999_999):
            with pytest.raises(NotFound) as refused:
                desk.ask(name, person=person, by=stranger)
            refusals.append(refused.value.problem())
        assert refusals[0] == refusals[1]


def test_who_has_left_the_household_is_out_of_sight_for_every_day(desk, family):
    desk.do("move", values.Move(event_on=ON, people=[relation(family.people[2], "世帯主")], address=ELSEWHERE))
    father = resident(family.people[0])
    with pytest.raises(NotFound):
        desk.at(family.people[2], by=father)
    desk.do("split", values.Split(event_on=LATER, people=[relation(family.people[3], "世帯主")]), on=LATER)
    with pytest.raises(NotFound):
        desk.at(family.people[3], by=father, on=ON)
    shown = desk.ask("household", person=family.people[0], by=father, on=ON)
    assert [one.names.given for one in shown.members] == ["健一", "美咲"]


def test_the_own_history_does_not_name_others_nor_clerks(desk, family):
    (line,) = desk.ask("history", person=family.people[1], by=resident(family.people[1]))
    assert (line.people, line.by) == ([family.people[1]], "")
    (full,) = desk.ask("history", person=family.people[1])
    assert (full.people, full.by) == (sorted(family.people), CLERK.name)


@pytest.mark.parametrize("name", ["search", "protections", "due_protections"])
def test_residents_do_not_search_nor_see_measures(desk, family, name):
    given = {"search": {"text": "たかはし"}, "protections": {"person": family.people[0]}}.get(name, {})
    with pytest.raises(NotAllowed):
        desk.ask(name, by=resident(family.people[0]), **given)


@pytest.mark.parametrize("name", ["search", "person", "household", "history", "protections"])
def test_staff_of_another_office_neither_search_nor_look(desk, family, name):
    taxes = Actor(
        105, "佐藤 光", frozenset({Grant("tax_clerk", "taxes"), Grant("auditor", "audit")}), purpose="滞納整理"
    )
    given = {"text": "たかはし"} if name == "search" else {"person": family.people[0]}
    with pytest.raises((NotAllowed, NotFound)):
        desk.ask(name, by=taxes, **given)


def test_questions_cost_the_same_for_every_household(desk, django_assert_max_num_queries):
    alone = desk.move_in(("キヨ", "世帯主"), address=ELSEWHERE).people[0]
    many = desk.move_in(newcomer(), *[newcomer(f"子{n}", "子", born=date(2010, 1, 1 + n)) for n in range(12)]).people[0]
    costs = []
    for person in (alone, many):
        with django_assert_max_num_queries(40) as asked:
            desk.ask("household", person=person)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def protect(desk, person, opponent=None):
    named = Opponent(person=opponent, name="髙橋　健一")
    request = values.ProtectionRequest(person=person, kind=ProtectionKind.SPOUSE, opponents=[named])
    return desk.do("request_protection", request=request)


def test_a_measure_from_intake_to_its_end(desk, family):
    held = protect(desk, family.people[1])
    assert desk.at(family.people[1]).withheld
    with pytest.raises(NotAllowed):
        desk.do("confirm_protection", protection=held.id)
    assert desk.do("confirm_protection", protection=held.id, by=MANAGER).until == date(2027, 4, 6)
    assert [one.id for one in desk.ask("due_protections", on=date(2027, 3, 20))] == [held.id]
    assert desk.do("extend_protection", protection=held.id, by=MANAGER, on=date(2027, 3, 20)).until == date(2028, 4, 6)
    ended = desk.do("end_protection", protection=held.id, because="申出の取下げ", by=MANAGER, on=date(2027, 4, 1))
    assert ended.ended_on == date(2027, 4, 1)
    assert desk.at(family.people[1]).residence.address == ADDRESS


def test_a_protected_person_moves_without_leaving_a_trace(desk, family):
    protect(desk, family.people[1], opponent=family.people[0])
    moved = desk.do("move", values.Move(event_on=ON, people=[relation(family.people[1], "世帯主")], address=ELSEWHERE))
    for text in (desk.at(family.people[1]), *desk.ask("history", person=family.people[1]), moved):
        assert "上田" not in text.model_dump_json()
    assert desk.ask("search", text="上田1-4").rows == []
    with pytest.raises(NotFound):
        desk.at(family.people[1], by=resident(family.people[0]))


def test_a_release_needs_a_clerk_and_a_manager_who_are_two_people(desk, family):
    protect(desk, family.people[1])
    asked = desk.do(
        "ask_release", person=family.people[1], paper="住民票の写し 17", reason="本人の来庁", by=OTHER_CLERK
    )
    with pytest.raises(FreshProofNeeded):
        desk.do("agree_release", release=asked.id, by=MANAGER)
    with pytest.raises(FreshProofNeeded):
        desk.do("agree_release", release=asked.id, by=proved(MANAGER, AT - timedelta(minutes=5)))
    agreed = desk.do("agree_release", release=asked.id, by=proved(MANAGER))
    assert (agreed.asked_by, agreed.agreed_by) == (OTHER_CLERK.name, MANAGER.name)
    assert (agreed.until - AT).total_seconds() == 15 * 60
    assert desk.ask("release", release=asked.id) == agreed


def looked(desk, person):
    return [(line.purpose, line.act) for line in desk.ask("who_looked", person=person, by=resident(person))]


def test_residents_see_who_looked_when_and_why(desk, family):
    desk.at(family.people[1])
    desk.ask("search", text="たかはし みさき")
    lines = looked(desk, family.people[1])
    assert ("窓口", "住民の照会") in lines
    assert ("窓口", "住民検索") in lines
    assert ("窓口", "転入届") in lines
    assert (
        desk.ask("who_looked", person=family.people[1], by=resident(family.people[1]))[-1].office
        == "citizen_registration"
    )


def test_nobody_sees_who_looked_at_another(desk, family):
    with pytest.raises(NotFound):
        desk.ask("who_looked", person=family.people[0], by=resident(family.people[1]))
    with pytest.raises(NotAllowed):
        desk.ask("who_looked", person=family.people[0])


def test_an_investigation_is_not_told(desk, family):
    police = CLERK.__class__(CLERK.account, CLERK.name, CLERK.grants, purpose="捜査関係事項照会への回答", case="K-17")
    desk.at(family.people[1], by=police)
    assert not any("捜査" in purpose for purpose, _ in looked(desk, family.people[1]))


def test_the_named_offender_learns_nothing_of_the_measure(desk, family):
    father, mother = family.people[:2]
    before = looked(desk, father)
    protect(desk, mother, opponent=father)
    desk.ask("household", person=father)
    desk.do("move", values.Move(event_on=ON, people=[relation(mother, "世帯主")], address=ELSEWHERE))
    after = looked(desk, father)
    assert not any("支援" in purpose + act or "転居" in act for purpose, act in after)
    assert set(after) <= {*before, ("閲覧の記録", "閲覧の記録")}


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        (Look("resident_records.person", "query", "窓口", "", frozenset()), True),
        (Look("people.individual_number", "action", "児童手当", "", frozenset()), True),
        (Look("people.record", "action", "窓口", "", frozenset()), False),
        (Look("resident_records.request_protection", "action", "窓口", "", frozenset()), False),
        (Look("resident_records.person", "query", "犯則事件の調査", "", frozenset()), False),
        (Look("resident_records.person", "query", "窓口", "刑事 12", frozenset()), False),
        (Look("resident_records.person", "denied", "窓口", "", frozenset()), False),
        (Look("resident_records.household", "query", "窓口", "", frozenset({b"her"})), False),
    ],
)
def test_which_lines_are_told(look, shown):
    assert told(look, protected={b"her"}) is shown
