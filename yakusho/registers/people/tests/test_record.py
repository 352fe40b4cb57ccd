"""記載 Facts of people: written once, kept on both axes, with one head a household."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from yakusho.blocks.history.record import BuiltUpon
from yakusho.kit.refusal import NotAllowed, NotFound
from yakusho.registers.people import actions, queries, values
from yakusho.registers.people.actions.movements import HouseholdWithoutHead, HouseholdWithTwoHeads
from yakusho.registers.people.rules.retention import kept_until
from yakusho.registers.people.rules.spans import NotResident
from yakusho.registers.people.terms import ClosingReason, ForeignCategory, OriginState, Sex
from yakusho.registers.people.tests.conftest import CLERK, ON, address, call, named

HUSBAND = named(given="健一", kana=("タカハシ", "ケンイチ"), sex=Sex.MALE, born=date(1977, 8, 19))
WIFE = named()
CHILD = named(given="蓮", kana=("タカハシ", "レン"), sex=Sex.MALE, born=date(2008, 9, 3))
LATER = date(2026, 6, 1)


def clock():
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def test_the_register_does_not_open_from_outside(db):
    with pytest.raises(NotAllowed):
        queries.person(person=1, on=ON, by=CLERK)
    with pytest.raises(NotAllowed):
        actions.allot(people=1, by=CLERK)


def test_a_family_is_shown_head_first(city):
    people, home = city.settle(HUSBAND, WIFE, CHILD)
    members = city.members(home)
    assert [one.names.given for one in members] == ["健一", "美咲", "蓮"]
    assert [one.residence.relation for one in members] == ["世帯主", "妻", "子"]
    assert members[0].residence.is_head
    assert members[0].residence.address.text == "本宮五丁目15番8号"
    assert members[1].names.kana == "タカハシ　ミサキ"
    assert [one.id for one in members] == people


def test_nobody_is_found_before_they_came_or_at_all(city):
    (person, *_), _home = city.settle(HUSBAND)
    with pytest.raises(NotFound):
        city.person(person, on=date(2026, 3, 31))
    with pytest.raises(NotFound):
        city.person(999_999)


def test_all_items_of_the_record_come_back_as_they_went_in(city):
    (person,), home = city.settle(
        named(
            family="",
            given="",
            kana=("", ""),
            alphabet="NGUYEN VAN AN",
            alias="山田　安",
            alias_kana="ヤマダ　アン",
            alias_records=[values.AliasRecord(alias="山田　安", municipality="盛岡市", on=ON)],
            glyphs=[values.Glyph(text="辻󠄀", mj="MJ058866")],
        )
    )
    origin = values.OriginEntry(state=OriginState.NONE)
    foreign = values.ForeignEntry(
        nationality="ベトナム", category=ForeignCategory.MID_TO_LONG_TERM, status="技能実習", expires_on=LATER
    )
    city.change(
        origins=[values.OriginMove(person=person, origin=origin)],
        foreign=[values.ForeignMove(person=person, foreign=foreign)],
    )
    shown = city.person(person)
    assert shown.names.name == "NGUYEN VAN AN"
    assert shown.names.alias_records[0].municipality == "盛岡市"
    assert shown.names.glyphs[0].mj == "MJ058866"
    assert shown.origin == origin
    assert shown.foreign == foreign
    assert shown.residence.household == home


def test_a_late_change_of_address_is_known_only_from_then_on(city):
    (person,), home = city.settle(HUSBAND)
    before = clock()
    moved = address("上田一丁目", "4番22号", town="0101")
    city.change(LATER, residences=[city.residence(person, home, at=moved, since=ON)])
    assert city.person(person, on=LATER).residence.address == moved
    assert city.person(person, on=date(2026, 5, 31)).residence.address.town == "0412"
    believed = city.person(person, on=LATER, known_at=before)
    assert believed.residence.address.town == "0412"


def test_a_late_change_does_not_undo_a_later_one_of_another_kind(city):
    people, home = city.settle(HUSBAND, WIFE, relations=("世帯主", "同居人"))
    city.change(LATER, residences=[city.residence(people[1], home, "妻")])
    moved = address("上田一丁目", "4番22号", town="0101")
    city.change(
        date(2026, 5, 1),
        residences=[city.residence(people[0], home, at=moved), city.residence(people[1], home, "同居人", at=moved)],
    )
    assert city.person(people[1], on=date(2026, 5, 1)).residence.relation == "同居人"
    later = city.person(people[1], on=LATER).residence
    assert (later.relation, later.address.town) == ("妻", "0101")


def test_a_closed_record_shows_why_and_the_last_residence(city):
    (person,), home = city.settle(HUSBAND)
    closing = values.ClosingEntry(
        person=person, reason=ClosingReason.MOVED_OUT, destination="仙台市青葉区", planned=True
    )
    city.change(LATER, closings=[closing])
    ahead = city.person(person)
    assert ahead.is_resident
    assert ahead.closing.closed_on == LATER
    gone = city.person(person, on=LATER)
    assert gone.residence is None
    assert gone.last_residence.household == home
    assert gone.closing.destination == "仙台市青葉区"
    assert gone.closing.kept_until == date(2176, 6, 1)
    assert city.members(home, on=LATER) == []


@pytest.mark.parametrize("actual", [date(2026, 5, 20), LATER, date(2026, 6, 8)])
def test_a_planned_end_is_fixed_on_the_day_it_came(city, actual):
    (person,), home = city.settle(HUSBAND)
    closing = values.ClosingEntry(person=person, reason=ClosingReason.MOVED_OUT, destination="仙台市", planned=True)
    city.change(LATER, closings=[closing])
    fixed = city.change(actual, closings=[closing.model_copy(update={"planned": False})])
    assert city.person(person, on=actual).closing.closed_on == actual
    assert not city.person(person, on=actual).closing.planned
    assert city.person(person, on=date.fromordinal(actual.toordinal() - 1)).residence.household == home
    call(actions.revert, cause=fixed, by_cause=99, people=[person])
    assert city.person(person, on=LATER).closing.planned
    assert city.person(person, on=LATER).closing.closed_on == LATER


def test_who_comes_back_is_a_resident_again_and_the_old_end_is_kept(city):
    (person,), home = city.settle(HUSBAND)
    city.change(LATER, closings=[values.ClosingEntry(person=person, reason=ClosingReason.MOVED_OUT)])
    back = date(2026, 9, 1)
    city.change(back, residences=[city.residence(person, home)])
    assert city.person(person, on=back).is_resident
    assert city.person(person, on=back).closing is None
    assert city.person(person, on=date(2026, 8, 31)).closing.closed_on == LATER


def test_nobody_leaves_who_is_not_here(city):
    (person,), _home = city.settle(HUSBAND)
    gone = values.ClosingEntry(person=person, reason=ClosingReason.DIED)
    city.change(LATER, closings=[gone])
    with pytest.raises(NotResident):
        city.change(date(2026, 7, 1), closings=[gone])


def test_a_household_never_stands_without_a_head(city):
    people, home = city.settle(HUSBAND, WIFE)
    with pytest.raises(HouseholdWithoutHead):
        city.change(LATER, closings=[values.ClosingEntry(person=people[0], reason=ClosingReason.DIED)])
    assert city.person(people[0], on=LATER).is_resident
    assert len(city.members(home, on=LATER)) == 2


def test_a_household_never_has_two_heads(city):
    people, home = city.settle(HUSBAND, WIFE)
    with pytest.raises(HouseholdWithTwoHeads):
        city.change(LATER, residences=[city.residence(people[1], home)])


def test_heads_change_in_one_movement(city):
    people, home = city.settle(HUSBAND, WIFE)
    city.change(LATER, residences=[city.residence(people[1], home), city.residence(people[0], home, "夫")])
    assert [one.residence.relation for one in city.members(home, on=LATER)] == ["世帯主", "夫"]
    assert [one.residence.relation for one in city.members(home)] == ["世帯主", "妻"]


def test_the_database_itself_refuses_a_headless_household(city):
    people, home = city.settle(HUSBAND, WIFE)
    forget = "update people_residence set known = tstzrange(lower(known), clock_timestamp()) where person_id = %s"

    def behind_the_doors():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{forget}; set constraints all immediate", [people[0]])

    with pytest.raises(IntegrityError):
        behind_the_doors()
    assert len(city.members(home)) == 2


def test_a_correction_from_birth_changes_the_whole_past(city):
    (person,), _home = city.settle(HUSBAND)
    right = HUSBAND.model_copy(update={"born": date(1977, 8, 9)})
    city.change(LATER, names=[values.NameChange(person=person, names=right, since_birth=True)])
    assert city.person(person).names.born == date(1977, 8, 9)


def test_a_change_taken_back_leaves_everything_as_it_was(city):
    people, home = city.settle(HUSBAND, WIFE)
    was = city.members(home, on=LATER)
    moved = address("上田一丁目", "4番22号", town="0101")
    cause = city.change(
        LATER,
        residences=[city.residence(one, home, r, at=moved) for one, r in zip(people, ("世帯主", "妻"), strict=True)],
    )
    between = clock()
    call(actions.revert, cause=cause, by_cause=99, people=people)
    assert city.members(home, on=LATER) == was
    assert city.members(home, on=LATER, known_at=between)[0].residence.address == moved


def test_a_change_that_is_built_upon_stays(city):
    (person,), home = city.settle(HUSBAND)
    first = city.change(LATER, residences=[city.residence(person, home, at=address("上田一丁目", "4番22号"))])
    city.change(date(2026, 7, 1), residences=[city.residence(person, home, at=address("菜園二丁目", "7番3号"))])
    with pytest.raises(BuiltUpon):
        call(actions.revert, cause=first, by_cause=99, people=[person])


def test_a_birth_taken_back_is_as_if_it_had_never_been_said(city):
    people, home = city.settle(HUSBAND, WIFE)
    (child,), _ = city.settle(CHILD, household=home, relations=("子",), since=LATER)
    call(actions.revert, cause=city.movements, by_cause=99, people=[child])
    with pytest.raises(NotFound):
        city.person(child, on=LATER)
    assert [one.id for one in city.members(home, on=LATER)] == people
    assert city.search("レン").rows == []


def test_questions_cost_the_same_for_few_and_for_many(city, django_assert_num_queries):
    small, _ = city.settle(HUSBAND)
    many, _home = city.settle(HUSBAND, WIFE, *[CHILD] * 10, relations=("世帯主", "妻", *["子"] * 10))
    with django_assert_num_queries(1 + 3):
        call(queries.persons, people=small, on=ON)
    with django_assert_num_queries(1 + 3):
        assert len(call(queries.persons, people=many, on=ON)) == 12


def test_the_last_change_moves_with_every_member_of_the_household(city):
    people, _home = city.settle(HUSBAND, WIFE)
    first = call(queries.last_change, person=people[0])
    city.change(LATER, names=[values.NameChange(person=people[1], names=WIFE.model_copy(update={"family": "佐藤"}))])
    second = call(queries.last_change, person=people[0])
    assert second > first
    city.settle(CHILD)
    assert call(queries.last_change, person=people[0]) == second


def test_a_record_closed_on_a_leap_day_is_kept_whole_years():
    assert kept_until(date(2028, 2, 29)) == date(2178, 3, 1)


def test_who_lives_together_is_found_by_any_of_them_on_each_day_as_then_believed(city):
    people, _home = city.settle(HUSBAND, WIFE, CHILD)
    alone, _ = city.settle(named(given="一"))
    before = clock()
    city.change(LATER, residences=[city.residence(people[2], city.settle(named(given="二"))[1], "子")])
    for person in people[:2]:
        assert [one.id for one in call(queries.together, person=person, on=ON)] == people
        assert [one.id for one in call(queries.together, person=person, on=LATER)] == people[:2]
        assert [one.id for one in call(queries.together, person=person, on=LATER, known_at=before)] == people
    assert [one.id for one in call(queries.together, person=alone[0], on=ON)] == alone
    assert call(queries.together, person=people[0], on=date(1990, 1, 1)) == []
    assert call(queries.together, person=999_999, on=ON) == []
