"""同時の届出 Several clerks at one household at the same time: they wait for each other, and the household stays whole."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from tests import house
from yakusho.kit.refusal import Refusal
from yakusho.registers.people.terms import HEAD
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.tests.conftest import ADDRESS, ELSEWHERE, ON, Desk, newcomer, relation
from yakusho.systems.city.resident_records.tests.test_machine import DOUBLE, HEADLESS, OVERLAP, rows

CLERKS, ROUNDS = 4, 8


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A database of its own, in which every clerk really commits."""
    settings, name = connection.settings_dict, connection.settings_dict["NAME"]
    connection.close()
    settings["NAME"] = house.clone(f"rivals_{os.getpid()}")
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    house.drop(settings["NAME"])
    settings["NAME"] = name


HERE = (
    "select person_id from people_residence where household_id = %s and upper(known) is null and valid @> %s order by 1"
)


def work(clerk, household):
    """One clerk's day: whatever comes to mind about this household, as it was a moment ago."""
    desk, told = Desk(), Counter()
    for number in range(ROUNDS):
        people = [person for (person,) in rows(HERE, household, ON)]
        person = people[(clerk + number) % len(people)]
        rest = [one for one in people if one != person]
        others = [relation(one, HEAD if n == 0 else "同居人") for n, one in enumerate(rest)]
        notices = [
            (
                "register_birth",
                values.Birth(event_on=ON, household=household, children=[newcomer("子", "同居人", born=ON)]),
            ),
            ("split", values.Split(event_on=ON, people=[relation(person, HEAD)], members=others)),
            ("move", values.Move(event_on=ON, people=[relation(person, HEAD)], address=ELSEWHERE, members=others)),
            ("register_death", values.Death(event_on=ON, person=person, members=others)),
            ("change_head", values.NewHead(event_on=ON, household=household, head=person, members=others)),
        ]
        try:
            desk.do(*notices[(clerk + number) % len(notices)])
            told["recorded"] += 1
        except Refusal as refusal:
            told[refusal.code] += 1
    connections.close_all()
    return told


@pytest.mark.slow
def test_clerks_at_one_household_wait_for_each_other(own_database):
    members = [newcomer(f"人{n}", HEAD if n == 0 else "同居人", born=date(1990, 1, 1 + n)) for n in range(16)]
    family = Desk().move_in(*members, address=ADDRESS)
    with ThreadPoolExecutor(CLERKS) as clerks:
        days = [clerks.submit(work, clerk, family.households[0]) for clerk in range(CLERKS)]
    told = sum((day.result() for day in days), Counter())
    assert told["recorded"] >= CLERKS * ROUNDS // 3
    assert sum(told.values()) == CLERKS * ROUNDS
    assert rows(HEADLESS) == rows(DOUBLE) == rows(OVERLAP) == []
