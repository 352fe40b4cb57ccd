"""転居・転出・死亡・職権消除 Moving inside the city, leaving it, and records that end."""

from datetime import date

import pytest

from yakusho.blocks.history.record import BuiltUpon
from yakusho.registers.people.rules.succession import HeadMissing, RelationMissing
from yakusho.registers.people.terms import ClosingReason
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.tests.conftest import ADDRESS, ELSEWHERE, ON, names, relation

LATER = date(2026, 6, 1)


def move(people, address=ELSEWHERE, household=None, event_on=ON, **more):
    return values.Move(event_on=event_on, people=people, address=address, household=household, **more)


def all_of(family):
    return [relation(person, word) for person, word in zip(family.people, ("世帯主", "妻", "子", "子"), strict=True)]


def leaving(*people, event_on=LATER, members=(), **more):
    return values.MoveOut(
        event_on=event_on, people=list(people), destination="仙台市青葉区", members=list(members), **more
    )


def test_a_whole_household_moves_and_keeps_its_number(desk, family):
    receipt = desk.do("move", move(all_of(family)))
    assert receipt.households == family.households
    shown = desk.at(family.people[1]).residence
    assert shown.address == ELSEWHERE
    assert shown.address_since == ON
    assert shown.moved_from == ADDRESS.text
    assert shown.came_from.startswith("宮城県")


def test_a_part_moves_into_a_household_of_its_own(desk, family):
    receipt = desk.do("move", move([relation(family.people[2], "世帯主")]))
    assert len(receipt.households) == 2
    assert desk.relations(family.people[2]) == {"陽菜": "世帯主"}
    assert desk.relations(family.people[0]) == {"健一": "世帯主", "美咲": "妻", "蓮": "子"}


def test_a_part_moves_into_a_household_that_is_there(desk, family):
    other = desk.move_in(("キヨ", "世帯主"), address=ELSEWHERE)
    desk.do("move", move([relation(family.people[3], "子の子")], None, other.households[0]))
    assert desk.relations(other.people[0]) == {"キヨ": "世帯主", "蓮": "子の子"}
    assert desk.at(family.people[3]).residence.address == ELSEWHERE


def test_when_the_head_moves_the_rest_needs_a_new_one(desk, family):
    alone = move([relation(family.people[0], "世帯主")])
    with pytest.raises(HeadMissing):
        desk.do("move", alone)
    mother, sister, brother = family.people[1:]
    with pytest.raises(RelationMissing):
        desk.do("move", alone.model_copy(update={"members": [relation(mother, "世帯主")]}))
    members = [relation(mother, "世帯主"), relation(sister, "子"), relation(brother, "子")]
    desk.do("move", alone.model_copy(update={"members": members}))
    assert desk.relations(mother) == {"美咲": "世帯主", "陽菜": "子", "蓮": "子"}


def test_the_last_one_who_stays_becomes_head_by_himself(desk, family):
    movers = [relation(family.people[0], "世帯主"), relation(family.people[1], "妻"), relation(family.people[2], "子")]
    desk.do("move", move(movers))
    assert desk.relations(family.people[3]) == {"蓮": "世帯主"}


def test_people_of_two_households_do_not_move_on_one_notice(desk, family):
    other = desk.move_in(("キヨ", "世帯主"), address=ELSEWHERE)
    with pytest.raises(refusals.NotOneHousehold):
        desk.do("move", move([relation(family.people[0], "世帯主"), relation(other.people[0], "母")]))


def test_strangers_and_doubles_do_not_move(desk, family):
    with pytest.raises(refusals.UnknownPerson):
        desk.do("move", move([relation(999_999, "世帯主")]))
    with pytest.raises(refusals.NamedTwice):
        desk.do("move", move([relation(family.people[2], "世帯主"), relation(family.people[2], "世帯主")]))


def test_a_planned_move_out_leaves_a_resident_until_the_day(desk, family):
    receipt = desk.do("move_out", leaving(*family.people))
    assert receipt.kind is MovementKind.MOVE_OUT
    today = desk.at(family.people[0])
    assert today.is_resident
    assert (today.closing.closed_on, today.closing.planned) == (LATER, True)
    gone = desk.at(family.people[0], on=LATER)
    assert not gone.is_resident
    assert gone.last_residence.address == ADDRESS
    assert gone.closing.destination == "仙台市青葉区"


def test_leaving_the_country_is_told_apart(desk, family):
    receipt = desk.do("move_out", leaving(*family.people, abroad=True))
    assert receipt.kind is MovementKind.MOVE_OUT_ABROAD
    assert desk.at(family.people[0], on=LATER).closing.reason is ClosingReason.MOVED_ABROAD


def test_when_the_head_leaves_the_rest_goes_on_from_that_day(desk, family):
    mother, sister, brother = family.people[1:]
    members = [relation(mother, "世帯主"), relation(sister, "子"), relation(brother, "子")]
    desk.do("move_out", leaving(family.people[0], members=members))
    assert desk.relations(mother)["美咲"] == "妻"
    assert desk.relations(mother, on=LATER) == {"美咲": "世帯主", "陽菜": "子", "蓮": "子"}


@pytest.mark.parametrize("day", [date(2026, 5, 20), LATER, date(2026, 6, 8)])
def test_the_other_municipality_fixes_the_day(desk, family, day):
    mother, sister, brother = family.people[1:]
    members = [relation(mother, "世帯主"), relation(sister, "子"), relation(brother, "子")]
    desk.do("move_out", leaving(family.people[0], members=members))
    done = desk.do("complete_move_out", values.MoveOutDone(event_on=day, person=family.people[0]), on=date(2026, 6, 10))
    assert done.kind is MovementKind.MOVE_OUT_DONE
    closing = desk.at(family.people[0], on=day).closing
    assert (closing.closed_on, closing.planned, closing.destination) == (day, False, "仙台市青葉区")
    assert desk.relations(mother, on=day)["美咲"] == "世帯主"
    assert desk.relations(mother, on=date.fromordinal(day.toordinal() - 1))["健一"] == "世帯主"


def test_what_was_never_planned_is_not_completed(desk, family):
    with pytest.raises(refusals.NoPlannedMoveOut):
        desk.do("complete_move_out", values.MoveOutDone(event_on=ON, person=family.people[0]))


def test_a_cancelled_move_out_is_as_if_it_had_not_been_notified(desk, family):
    was = desk.ask("household", person=family.people[0], on=LATER)
    desk.do("move_out", leaving(*family.people))
    receipt = desk.do("cancel_move_out", person=family.people[0], reason="申出")
    assert receipt.kind is MovementKind.MOVE_OUT_CANCELLED
    assert desk.ask("household", person=family.people[0], on=LATER) == was
    kinds = [(one.kind, one.cancelled) for one in desk.ask("history", person=family.people[0])]
    assert (MovementKind.MOVE_OUT, True) in kinds
    with pytest.raises(refusals.NoPlannedMoveOut):
        desk.do("cancel_move_out", person=family.people[0])


def test_a_final_move_out_is_not_cancelled_under_its_successor(desk, family):
    desk.do("move_out", leaving(*family.people))
    desk.do("complete_move_out", values.MoveOutDone(event_on=LATER, person=family.people[0]), on=date(2026, 6, 10))
    with pytest.raises(BuiltUpon):
        desk.do("cancel_move_out", person=family.people[0])


def test_a_change_of_name_does_not_end_a_planned_move_out(desk, family):
    desk.do("move_out", leaving(*family.people))
    desk.do("rename", values.Renaming(event_on=ON, person=family.people[0], names=names("健一", family="佐藤")))
    assert desk.at(family.people[0], on=LATER).closing.planned
    assert desk.at(family.people[0], on=LATER).names.family == "佐藤"


def test_a_death_closes_the_record_and_leaves_a_new_head(desk, family):
    mother, sister, brother = family.people[1:]
    members = [relation(mother, "世帯主"), relation(sister, "子"), relation(brother, "子")]
    receipt = desk.do("register_death", values.Death(event_on=ON, person=family.people[0], members=members))
    assert receipt.deadline == date(2026, 4, 13)  # the seventh day is Sunday the 12th
    assert desk.at(family.people[0]).closing.reason is ClosingReason.DIED
    assert desk.relations(mother)["美咲"] == "世帯主"


def test_nobody_dies_twice(desk, family):
    desk.do("register_death", values.Death(event_on=ON, person=family.people[3]))
    with pytest.raises(refusals.NotHere):
        desk.do("register_death", values.Death(event_on=date(2026, 4, 7), person=family.people[3]), on=date(2026, 4, 7))


def test_erased_by_authority_and_restored(desk, family):
    was = desk.ask("household", person=family.people[0])
    receipt = desk.do("erase", values.Erasing(event_on=ON, people=family.people, reason=ClosingReason.NOT_LIVING_THERE))
    assert receipt.notified_on is None
    assert desk.at(family.people[0]).closing.reason is ClosingReason.NOT_LIVING_THERE
    back = desk.do("restore", movement=receipt.movement, reason="誤消除")
    assert back.kind is MovementKind.RESTORE
    assert desk.ask("household", person=family.people[0]) == was


def test_only_what_was_closed_is_restored(desk, family):
    with pytest.raises(refusals.NotOfThisKind):
        desk.do("restore", movement=family.movement, reason="誤り")
