"""Counts of a known city: by town, sex and age; by month; as of any day; as it was believed; in few statements."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from yakusho.blocks.doors import HOUSE, SYSTEM, action, registry
from yakusho.registers.people.queries.counts import STAMP
from yakusho.registers.people.terms import ClosingReason, ProtectionKind, Sex
from yakusho.systems.city.population import queries
from yakusho.systems.city.population.rules import tables
from yakusho.systems.city.population.tests.conftest import CLERK, ON, PUBLIC

WOMAN = (Sex.FEMALE, date(1985, 5, 5))


@pytest.fixture(autouse=True)
def ages_of_every_town(monkeypatch):
    monkeypatch.setattr(tables, "AGES_FROM", 0)


def ask(by=PUBLIC, on=ON, **more):
    return queries.statistics(by=by, on=on, **more)


def band(area, first):
    return next(one for one in area.bands if one.first == first)


def test_the_city_and_its_towns(town_of_sixty):
    told = ask()
    assert (told.city.total, told.city.men, told.city.women, told.city.unknown) == (80, 40, 40, 0)
    assert [(one.code, one.name, one.total) for one in told.towns] == [
        ("0101", "上田一丁目", 20),
        ("0412", "本宮五丁目", 60),
    ]
    assert (band(told.city, 40).men, band(told.city, 40).women, band(told.city, 45).men) == (40, 40, 0)
    assert band(told.towns[1], 40).women == 30


def test_two_households_of_one_town_are_not_told(town_of_sixty):
    told = ask()
    assert told.city.households is None
    assert [one.households for one in told.towns] == [None, None]


def test_one_old_man_is_not_told(town_of_sixty, people):
    people("上田一丁目", (Sex.MALE, date(1930, 1, 1)))
    told = ask()
    assert band(told.towns[0], 85).men is None
    assert told.city.total == 81
    away = [one for area in (told.city, *told.towns) for part in area.bands for one in (part.men, part.women)]
    assert away.count(None) >= 4


def test_an_age_changes_on_the_birthday(town_of_sixty, people):
    people("本宮五丁目", *[(Sex.FEMALE, date(1996, 11, 23))] * 7)
    day_before, birthday = (band(ask(by=CLERK, on=date(2026, 11, day)).city, 30).women for day in (22, 23))
    assert (day_before, birthday) == (0, 7)


def test_the_day_and_what_was_believed_are_both_asked(town_of_sixty, people):
    before = _now()
    people("本宮五丁目", *[WOMAN] * 9, since=date(2025, 1, 10))
    assert ask(by=CLERK, on=date(2025, 1, 9)).city.total == 80
    assert ask(by=CLERK, on=date(2025, 1, 10)).city.total == 89
    assert ask(by=CLERK, on=date(2025, 1, 10), known_at=before).city.total == 80


def test_the_public_asks_by_months(town_of_sixty, people):
    people("本宮五丁目", *[WOMAN] * 9, since=date(2026, 11, 2))
    told = ask(on=date(2026, 11, 23))
    assert (told.on, told.city.total) == (date(2026, 11, 1), 80)
    assert ask(by=CLERK).city.total == 89
    known = ask(known_at=datetime(2026, 11, 20, 3, tzinfo=UTC)).known_at
    assert known.isoformat() == "2026-11-01T00:00:00+09:00"


@pytest.mark.parametrize("by", [CLERK, PUBLIC], ids=["clerk", "public"])
def test_no_two_tables_tell_into_which_town_somebody_moved(town_of_sixty, people, by):
    before = _now()
    day = date(2026, 11, 20)
    people("本宮五丁目", WOMAN, since=day)
    for asked in (
        {"on": day - timedelta(days=1)},
        {"on": day},
        {"on": day, "known_at": before},
        {"on": day, "known_at": _now()},
    ):
        told = ask(by=by, **asked)
        assert told.towns == (ask().towns if by is PUBLIC and told.known_at is None else [])


def test_staff_have_the_towns_of_the_first_of_a_month(town_of_sixty):
    told = ask(by=CLERK, on=date(2026, 11, 1))
    assert told.towns == ask().towns
    assert told.towns


def test_months_tell_births_arrivals_deaths_and_departures(town_of_sixty, people, leave):
    mothers = people("本宮五丁目", *[WOMAN] * 12, since=date(2026, 8, 3))
    people("本宮五丁目", (Sex.MALE, date(1970, 1, 1)), *[(Sex.FEMALE, date(2026, 9, 9))] * 5, since=date(2026, 9, 9))
    for person in mothers[1:7]:
        leave(person, date(2026, 9, 20))
    for person in mothers[7:12]:
        leave(person, date(2026, 10, 1), ClosingReason.DIED)
    told = {one.month: one for one in queries.months(by=PUBLIC, on=ON)}
    assert len(told) == 61
    assert (min(told), max(told)) == (date(2021, 11, 1), date(2026, 11, 1))
    august, october = told[date(2026, 8, 1)], told[date(2026, 10, 1)]
    assert (august.population, august.births, august.arrivals, august.departures) == (80, 0, 12, 0)
    assert (october.population, october.deaths, october.arrivals) == (87, 5, 0)
    assert (told[date(2026, 9, 1)].population, told[date(2026, 11, 1)].population) == (92, 87)


def test_the_only_arrival_of_a_month_is_not_told_by_its_births(town_of_sixty, people):
    people("本宮五丁目", (Sex.MALE, date(1970, 1, 1)), *[(Sex.FEMALE, date(2026, 9, 9))] * 6, since=date(2026, 9, 9))
    september = next(one for one in queries.months(by=PUBLIC, on=ON) if one.month == date(2026, 9, 1))
    assert (september.arrivals, september.births) == (None, None)


def test_protected_people_are_counted_like_everybody(town_of_sixty, people):
    from_ = ask().city.total
    person = people("上田一丁目", WOMAN)[0]
    _protect(person)
    assert ask().city.total == from_ + 1


def test_who_has_left_is_not_counted(town_of_sixty, people, leave):
    person = people("上田一丁目", WOMAN)[0]
    leave(person, date(2026, 10, 20))
    assert ask().city.total == 80
    assert ask(on=date(2026, 10, 20)).city.total == 81


def test_the_number_of_statements_does_not_grow(town_of_sixty, people, django_assert_num_queries):
    for door in (queries.statistics, queries.months):
        with django_assert_num_queries(4):
            door(by=CLERK, on=ON)
    people("本宮五丁目", *[WOMAN] * 200)
    for door in (queries.statistics, queries.months):
        with django_assert_num_queries(4):
            door(by=CLERK, on=ON)


def test_the_public_is_not_counted_for_again_until_the_register_changes(
    town_of_sixty, people, django_assert_num_queries
):
    first = ask()
    with django_assert_num_queries(2):  # the door's own savepoint
        assert ask() == first
    people("本宮五丁目", *[WOMAN] * 9)
    assert ask().city.total == first.city.total + 9


def test_the_database_counts_what_was_written(db):
    def word():
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(STAMP)
            return cursor.fetchone()[0]

    before = word()
    assert before.split(":")[0] == connection.settings_dict["NAME"]
    assert len(before.split(":")) == 7
    assert word() == before


def test_an_empty_city_is_zero_everywhere(db):
    told = ask()
    assert told.city.total == 0
    assert told.towns == []
    assert {one.population for one in queries.months(by=PUBLIC, on=ON)} == {0}


def test_counting_leaves_no_trace_of_people(town_of_sixty, rows_of_record):
    before = rows_of_record()
    ask(by=CLERK)
    assert rows_of_record() == before


def test_counts_open_only_from_inside():
    assert registry.queries["people.census"].allowed.names == ("within",)
    assert registry.queries["population.statistics"].allowed.names == ("everyone",)


@pytest.fixture
def rows_of_record(db):
    def count():
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from audit_entry")
            return cursor.fetchone()[0]

    return count


def _now():
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


@action(allowed=HOUSE)
def guard(*, person: int) -> None:
    """試験 Protect somebody."""
    registry.actions["people.protect"](
        person=person, kind=ProtectionKind.STALKING, together=[], opponents=[], on=date(2026, 10, 1)
    )


def _protect(person):
    guard(person=person, by=SYSTEM)
