"""People in the test database, written through the register's own doors."""

from datetime import UTC, date, datetime

import pytest

from yakusho.blocks.doors import HOUSE, Actor, Grant, action
from yakusho.registers.people import actions, queries, values
from yakusho.registers.people.terms import HEAD, Sex

ON = date(2026, 4, 1)
AT = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
CLERK = Actor(7, "工藤 真理", frozenset({Grant("system", "citizen_registration")}), purpose="試験")
OTHER = Actor(8, "千葉 修", frozenset({Grant("system", "citizen_registration")}), purpose="試験")


@action(allowed=HOUSE)
def within(*, by: Actor) -> None:
    """試験 A door to stand in: the register opens only from inside another one."""
    RUN.append(ASKED.pop()())


ASKED: list = []
RUN: list = []


def call(door, *, by=CLERK, **given):
    """Knock at a door of the register from inside another door."""
    ASKED.append(lambda: door(by=by, **given))
    RUN.clear()
    try:
        within(by=by)
    finally:
        ASKED.clear()
    return RUN[0]


def named(family="髙橋", given="美咲", kana=("タカハシ", "ミサキ"), sex=Sex.FEMALE, born=date(1979, 3, 5), **more):
    return values.NameEntry(
        family=family, given=given, family_kana=kana[0], given_kana=kana[1], sex=sex, born=born, **more
    )


def address(town_name="本宮五丁目", block="15番8号", building="", town="0412"):
    return values.AddressEntry(town=town, town_name=town_name, block=block, building=building)


class City:
    """Makes people; each movement has its own number."""

    def __init__(self):
        self.movements = 0

    def change(self, since=ON, **entries):
        self.movements += 1
        call(actions.record, change=values.Change(cause=self.movements, since=since, **entries))
        return self.movements

    def settle(self, *names, since=ON, at=None, relations=(HEAD, "妻", "子", "子"), household=None, **more):
        """A household of people with these names; returns their numbers and the household's."""
        new = call(actions.allot, people=len(names), household=household is None)
        home = household or new.household
        self.change(
            since,
            names=[
                values.NameChange(person=person, names=name) for person, name in zip(new.people, names, strict=True)
            ],
            residences=[
                self.residence(person, home, relation, at or address(), since, **more)
                for person, relation in zip(new.people, relations, strict=False)
            ],
        )
        return new.people, home

    @staticmethod
    def residence(person, household, relation=HEAD, at=None, since=ON, **more):
        return values.ResidenceEntry(
            person=person, household=household, relation=relation, address=at or address(), resident_since=since, **more
        )

    @staticmethod
    def person(person, on=ON, **more):
        return call(queries.person, person=person, on=on, **more)

    @staticmethod
    def members(household, on=ON, **more):
        return call(queries.members, household=household, on=on, **more)

    @staticmethod
    def search(text, on=date(2026, 11, 1), **more):
        return call(queries.search, text=text, on=on, **more)


@pytest.fixture
def city(db):
    return City()
