"""支援措置 Intake protects at once, everybody who lives there, on every path; a release is for one paper and minutes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from yakusho.kit.refusal import NotFound
from yakusho.registers.people import actions, queries, values
from yakusho.registers.people.actions.protections import (
    AlreadyProtected,
    NotProtected,
    OpponentProtected,
    ReleaseOver,
    SameOfficer,
)
from yakusho.registers.people.models import Protection, Release
from yakusho.registers.people.rules import protections as rules
from yakusho.registers.people.terms import ClosingReason, ProtectionKind, ProtectionState, Sex
from yakusho.registers.people.tests.conftest import AT, CLERK, ON, OTHER, address, call, named

HER = named()
CHILD = named(given="蓮", sex=Sex.MALE, born=date(2015, 9, 3))
SECRET = address("菜園二丁目", "7番3号", "ひみつ荘1205", town="0777")
MINUTE = timedelta(minutes=1)


def protect(person, together=(), opponents=None):
    opponents = opponents or [values.Opponent(name="髙橋　健一")]
    return call(
        actions.protect, person=person, kind=ProtectionKind.SPOUSE, together=list(together), opponents=opponents, on=ON
    )


@pytest.fixture
def mother_and_child(city):
    people, _ = city.settle(HER, CHILD, at=SECRET, relations=("世帯主", "子"), came_from="仙台市ひみつ町")
    protect(people[0])
    return people


def test_intake_withholds_at_once_and_for_the_whole_household(city, mother_and_child):
    for person in mother_and_child:
        shown = city.person(person)
        assert shown.withheld
        assert shown.residence.address is None
        assert shown.residence.came_from == shown.residence.moved_from == ""
        assert "菜園" not in shown.model_dump_json()
        assert "ひみつ" not in shown.model_dump_json()


def test_no_day_and_no_instant_of_the_past_shows_it(city, mother_and_child):
    row = Protection.objects.first()
    city.change(
        date(2026, 5, 1),
        closings=[
            values.ClosingEntry(person=one, reason=ClosingReason.MOVED_OUT, destination="ひみつ市")
            for one in mother_and_child
        ],
    )
    for on, known_at in ((ON, None), (date(2026, 5, 2), None), (ON, row.changed_at + timedelta(hours=1))):
        for person in mother_and_child:
            assert "ひみつ" not in city.person(person, on=on, known_at=known_at).model_dump_json()


def test_who_joins_the_household_later_is_covered_too(city, mother_and_child):
    home = city.person(mother_and_child[0]).residence.household
    (grandmother,), _ = city.settle(named(given="キヨ"), household=home, at=SECRET, relations=("母",))
    assert city.person(grandmother).withheld


def test_people_named_with_the_applicant_are_covered_elsewhere(city):
    people, _ = city.settle(HER)
    other = city.settle(named(given="妹"), at=SECRET)[0][0]
    protect(people[0], together=[other])
    assert city.person(other).withheld


def test_neighbours_are_offered_to_be_covered(city):
    people, _ = city.settle(HER)
    same = city.settle(named(given="同居"))[0][0]
    city.settle(named(given="別"), at=SECRET)
    offered = call(queries.at_same_address, person=people[0], on=ON)
    assert [one.id for one in offered] == [same]


def test_a_clerk_changes_a_relation_without_seeing_the_address(city, mother_and_child):
    _, child = mother_and_child
    city.change(date(2026, 5, 1), residences=[values.ResidenceEntry(person=child, relation="夫の子")])
    call(
        actions.end_protection,
        protection=Protection.objects.get(principal=None).pk,
        because="申出の取下げ",
        on=date(2026, 5, 2),
    )
    shown = city.person(child, on=date(2026, 5, 1)).residence
    assert (shown.relation, shown.address) == ("夫の子", SECRET)


def test_the_year_passes_without_ending_the_measure(city, mother_and_child):
    number = Protection.objects.get(principal=None).pk
    held = call(queries.protection, protection=number)
    assert (held.state, held.until) == (ProtectionState.PROVISIONAL, None)
    call(actions.confirm_protection, protection=number, on=date(2026, 4, 10))
    held = call(queries.protection, protection=number)
    assert (held.state, held.until, held.remind_on) == (ProtectionState.CONFIRMED, date(2027, 4, 10), date(2027, 3, 9))
    assert city.person(mother_and_child[1], on=date(2029, 1, 1)).withheld


def test_reminders_come_a_month_before_and_stay(city, mother_and_child):
    number = Protection.objects.get(principal=None).pk
    call(actions.confirm_protection, protection=number, on=date(2026, 4, 10))
    due = {
        day: [one.id for one in call(queries.due_protections, on=day)]
        for day in (date(2027, 3, 8), date(2027, 3, 9), date(2028, 1, 1))
    }
    assert list(due.values()) == [[], [number], [number]]


def test_an_extension_is_asked_for_in_the_last_month(city, mother_and_child):
    number = Protection.objects.get(principal=None).pk
    with pytest.raises(rules.NotConfirmed):
        call(actions.extend_protection, protection=number, on=ON)
    call(actions.confirm_protection, protection=number, on=date(2026, 4, 10))
    with pytest.raises(rules.AlreadyConfirmed):
        call(actions.confirm_protection, protection=number, on=date(2026, 4, 11))
    with pytest.raises(rules.TooEarlyToExtend):
        call(actions.extend_protection, protection=number, on=date(2027, 3, 8))
    assert call(actions.extend_protection, protection=number, on=date(2027, 3, 9)) == date(2028, 4, 10)
    assert set(Protection.objects.values_list("until", flat=True)) == {date(2028, 4, 10)}


def test_only_a_decision_with_a_reason_ends_it_for_everybody(city, mother_and_child):
    number = Protection.objects.get(principal=None).pk
    call(actions.end_protection, protection=number, because="申出の取下げ", on=ON)
    assert [city.person(one).residence.address for one in mother_and_child] == [SECRET, SECRET]
    assert [one.id for one in call(queries.persons, people=mother_and_child, on=ON)] == mother_and_child
    assert len(city.search("", address="菜園").rows) == 2
    with pytest.raises(rules.AlreadyEnded):
        call(actions.end_protection, protection=number, because="再度", on=ON)
    with pytest.raises(NotFound):
        call(actions.confirm_protection, protection=999_999, on=ON)


def test_nobody_is_protected_twice(city, mother_and_child):
    with pytest.raises(AlreadyProtected):
        protect(mother_and_child[0])


def test_the_named_offender_is_known_for_everybody_covered(city):
    (offender,), _ = city.settle(named(given="健一", sex=Sex.MALE))
    people, _ = city.settle(HER, CHILD, at=SECRET, relations=("世帯主", "子"))
    protect(people[0], opponents=[values.Opponent(person=offender, name="髙橋　健一")])
    assert [call(queries.is_opponent, person=offender, of=one) for one in people] == [True, True]
    assert not call(queries.is_opponent, person=people[0], of=offender)
    assert call(queries.protected_from, person=offender) == sorted(people)


def test_the_named_offender_is_not_covered_in_the_same_household(city):
    (father, mother), _ = city.settle(named(given="健一", sex=Sex.MALE), HER)
    with pytest.raises(OpponentProtected):
        protect(mother, together=[father], opponents=[values.Opponent(person=father, name="髙橋　健一")])
    protect(mother, opponents=[values.Opponent(person=father, name="髙橋　健一")])
    assert [city.person(one).withheld for one in (father, mother)] == [False, True]


def release(person, paper="住民票の写し 17"):
    number = call(actions.ask_release, person=person, paper=paper, reason="本人の来庁", at=AT)
    call(actions.agree_release, by=OTHER, release=number, at=AT + MINUTE)
    return number


def test_a_release_shows_one_address_in_one_paper_for_minutes(city, mother_and_child):
    mother, child = mother_and_child
    release(mother)
    within, paper = AT + 15 * MINUTE, "住民票の写し 17"
    assert city.person(mother, paper=paper, at=within).residence.address == SECRET
    assert city.person(mother, paper="住民票の写し 18", at=within).withheld
    assert city.person(mother, paper=paper, at=AT + 16 * MINUTE).withheld
    assert city.person(mother, paper=paper, at=AT).withheld
    assert city.person(child, paper=paper, at=within).withheld
    assert city.person(mother).withheld
    members = city.members(city.person(mother).residence.household, paper=paper, at=within)
    assert [one.withheld for one in members] == [False, True]


def test_a_release_arms_itself_again_when_used(city, mother_and_child):
    release(mother_and_child[0])
    used = {"person": mother_and_child[0], "paper": "住民票の写し 17", "at": AT + 2 * MINUTE}
    call(actions.use_release, **used)
    assert city.person(mother_and_child[0], paper=used["paper"], at=AT + 3 * MINUTE).withheld
    with pytest.raises(ReleaseOver):
        call(actions.use_release, **used)


def test_one_officer_alone_releases_nothing(city, mother_and_child):
    number = call(actions.ask_release, person=mother_and_child[0], paper="P", reason="本人の来庁", at=AT)
    assert city.person(mother_and_child[0], paper="P", at=AT + MINUTE).withheld
    with pytest.raises(SameOfficer):
        call(actions.agree_release, by=CLERK, release=number, at=AT + MINUTE)
    shown = call(queries.release, release=number)
    assert (shown.asked_by, shown.agreed_at) == (CLERK.name, None)


def test_a_request_that_waited_is_asked_again(city, mother_and_child):
    number = call(actions.ask_release, person=mother_and_child[0], paper="P", reason="本人の来庁", at=AT)
    with pytest.raises(ReleaseOver):
        call(actions.agree_release, by=OTHER, release=number, at=AT + 15 * MINUTE)
    with pytest.raises(NotFound):
        call(actions.agree_release, by=OTHER, release=number + 999, at=AT)


def test_what_is_not_protected_is_not_released(city):
    (person,), _ = city.settle(HER)
    with pytest.raises(NotProtected):
        call(actions.ask_release, person=person, paper="P", reason="本人の来庁", at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"agreed_by": CLERK.account},
        {"until": AT + 20 * MINUTE},
        {"until": None},
        {"used_at": AT + 30 * MINUTE},
    ],
)
def test_the_database_itself_holds_two_officers_and_fifteen_minutes(city, mother_and_child, wrong):
    number = release(mother_and_child[0])

    def behind_the_doors():
        with transaction.atomic():
            Release.objects.filter(pk=number).update(**wrong)

    with pytest.raises(IntegrityError):
        behind_the_doors()
    assert Release.objects.get(pk=number).agreed_by == OTHER.account


@pytest.mark.parametrize(
    ("until", "remind"),
    [
        (date(2027, 4, 10), date(2027, 3, 9)),
        (date(2027, 4, 1), date(2027, 2, 28)),
        (date(2027, 1, 1), date(2026, 11, 30)),
    ],
)
def test_the_reminder_is_a_month_before_the_last_day(until, remind):
    assert rules.remind_on(until) == remind


def test_a_year_from_the_leap_day():
    assert rules.year_from(date(2028, 2, 29)) == date(2029, 3, 1)
    assert rules.year_from(date(2027, 2, 28)) == date(2028, 2, 28)


@pytest.mark.parametrize("on", [date(2026, 2, 28), date(2027, 3, 28), date(2028, 2, 29), date(2026, 10, 31)])
def test_reminders_have_begun_for_just_the_ends_until_a_day(on):
    last = rules.due_until(on)
    begun = {end: rules.remind_on(end) <= on for end in (last + timedelta(days=number) for number in range(-400, 400))}
    assert [end for end, has in begun.items() if has] == [end for end in begun if end <= last]
