"""Many people at once are entered as if one by one: same facts, same guards, same search; all or none; few statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yakusho.registers.people import actions, queries
from yakusho.registers.people.actions.movements import HouseholdWithoutHead, HouseholdWithTwoHeads
from yakusho.registers.people.actions.numbers import NumberTaken
from yakusho.registers.people.models import Naming, Person, PersonNumber, Residence
from yakusho.registers.people.terms import HEAD, ProtectionKind, Sex
from yakusho.registers.people.tests.conftest import ON, address, call, named
from yakusho.registers.people.values import ForeignEntry, OriginEntry
from yakusho.registers.people.values.bulk import Entrant, Likeness

NUMBER = "123456789018"
BORN = date(1979, 3, 5)


def entrant(given="美咲", relation=HEAD, home=0, since=date(2015, 4, 1), **more):
    names = more.pop("names", None) or named(given=given)
    return Entrant(home=home, names=names, relation=relation, address=address(), resident_since=since, **more)


def enter(*people):
    return call(actions.enter_many, people=list(people))


def likeness(**more):
    said = {
        "name": "髙橋美咲",
        "reading": "タカハシミサキ",
        "alphabet": "",
        "born": BORN,
        "address": "本宮五丁目15番8号",
    }
    return Likeness(**said | more)


def test_people_and_households_are_there_and_found(city):
    entered = enter(entrant(), entrant("健", "子"), entrant("光", home=1))
    assert (len(entered.people), len(entered.households)) == (3, 2)
    members = city.members(entered.households[0], on=ON)
    assert [(one.names.given, one.residence.relation) for one in members] == [("美咲", HEAD), ("健", "子")]
    assert members[0].residence.address.text == "本宮五丁目15番8号"
    assert [hit.person.id for hit in city.search("たかはしみさき").rows] == entered.people


def test_everything_said_is_kept(city):
    names = named(given="𠮷\U000e0100", alphabet="YOSHI", former_family="旧氏", alias="通称", kana_fixed=True)
    origin = OriginEntry(domicile="岩手県盛岡市内丸12番", head="髙橋　健一")
    person = enter(
        entrant(
            names=names, origin=origin, notified_on=ON, came_from="宮城県", moved_from="上田一丁目", address_since=ON
        )
    ).people[0]
    one = city.person(person)
    assert (one.names, one.origin) == (names, origin)
    kept = one.residence
    assert (kept.notified_on, kept.came_from, kept.moved_from, kept.address_since) == (ON, "宮城県", "上田一丁目", ON)
    assert kept.resident_since == date(2015, 4, 1)


def test_a_foreign_resident(city):
    foreign = ForeignEntry(nationality="大韓民国", category="特別永住者", foreign_since=date(2012, 7, 9))
    person = enter(entrant(names=named(family="", given="", alphabet="KIM MINJI"), foreign=foreign)).people[0]
    assert city.person(person).foreign == foreign
    assert city.person(person).origin is None


def test_members_hold_their_place_from_the_day_on_which_the_head_does(city):
    entered = enter(entrant(since=date(2000, 1, 1)), entrant("健", "子", since=date(1990, 5, 5)))
    child = city.person(entered.people[1])
    assert (child.residence.since, child.residence.resident_since) == (date(2000, 1, 1), date(1990, 5, 5))


@pytest.mark.parametrize(
    ("relations", "refusal"), [(("妻", "子"), HouseholdWithoutHead), ((HEAD, HEAD), HouseholdWithTwoHeads)]
)
def test_a_household_has_one_head_or_nobody_is_entered(city, relations, refusal):
    with pytest.raises(refusal):
        enter(entrant("光", home=1), *(entrant(relation=relation) for relation in relations))
    assert not Person.objects.exists()


def test_facts_are_believed_from_now_on_at_one_instant(city):
    enter(entrant(), entrant("光", home=1))
    lows = {row.known.lower for model in (Naming, Residence) for row in model.objects.all()}
    assert len(lows) == 1
    assert set(Naming.objects.values_list("cause", flat=True)) == {None}


def test_a_number_is_sealed_and_never_twice(city):
    person = enter(entrant(individual_number=NUMBER)).people[0]
    assert NUMBER.encode() not in bytes(PersonNumber.objects.get(person=person).sealed)
    assert call(queries.held_numbers, numbers=["000000000000", NUMBER][1:]) == [0]
    with pytest.raises(NumberTaken):
        enter(entrant("光", individual_number=NUMBER))


def test_later_movements_build_on_what_was_entered(city):
    entered = enter(entrant())
    city.change(residences=[city.residence(entered.people[0], entered.households[0], at=address("上田一丁目"))])
    assert city.person(entered.people[0]).residence.address.town_name == "上田一丁目"


def test_statements_do_not_grow(city):
    counted = []
    for number in (3, 60):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            enter(*(entrant(f"見本{place}", home=place) for place in range(number)))
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_namesakes_by_name_reading_and_birth(city):
    person = enter(entrant()).people[0]
    asked = [likeness(), likeness(born=ON), likeness(address="上田一丁目1番"), likeness(reading="タカバシミサキ")]
    found = call(queries.namesakes, people=asked)
    assert [(one.place, one.person, one.same_address) for one in found] == [(0, person, True), (2, person, False)]


def test_an_address_is_never_confirmed_for_a_protected_person(city):
    person = enter(entrant()).people[0]
    call(actions.protect, person=person, kind=ProtectionKind.STALKING, together=[], opponents=[], on=ON)
    assert [one.same_address for one in call(queries.namesakes, people=[likeness()])] == [False]


def test_residents_page_by_page(city):
    people = enter(*(entrant(f"見本{place}", home=place) for place in range(5))).people
    first = call(queries.residents, on=ON, limit=3)
    rest = call(queries.residents, on=ON, limit=3, after=first.after)
    assert [one.id for one in [*first.people, *rest.people]] == people
    assert (first.after, rest.after) == (people[2], None)


def test_a_list_of_towns_never_holds_a_protected_person(city):
    people = enter(entrant(), entrant("光", home=1)).people
    call(actions.protect, person=people[0], kind=ProtectionKind.STALKING, together=[], opponents=[], on=ON)
    assert [one.id for one in call(queries.residents, on=ON, towns=["0412"]).people] == [people[1]]
    everybody = call(queries.residents, on=ON).people
    assert [(one.id, one.residence.address is None) for one in everybody] == [(people[0], True), (people[1], False)]


def test_counts_of_the_city(city):
    enter(
        entrant(),
        entrant("健", "子"),
        entrant("光", home=1, names=named(given="光", sex=Sex.MALE, born=date(1930, 1, 1))),
    )
    census = call(queries.census, on=ON)
    assert [(one.sex, one.band, one.people) for one in census.people] == [("女", 45, 2), ("男", 85, 1)]
    assert [(one.town, one.households) for one in census.households] == [("0412", 2)]
