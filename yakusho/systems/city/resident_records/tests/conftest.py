"""Clerks, a manager, and short ways to write notices."""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.identity.actors import SignedIn
from yakusho.registers.people.terms import HEAD, ClosingReason, Sex
from yakusho.registers.people.values import AddressEntry, ForeignEntry, NameEntry, OriginEntry
from yakusho.systems.city.resident_records import actions, queries, values

OFFICE = "citizen_registration"
CLERK = Actor(101, "工藤 真理", frozenset({Grant("resident_clerk", OFFICE)}), purpose="窓口")
OTHER_CLERK = Actor(102, "千葉 修", frozenset({Grant("resident_clerk", OFFICE)}), purpose="窓口")
MANAGER = Actor(103, "佐々木 望", frozenset({Grant("resident_manager", OFFICE)}), purpose="決裁")
ON = date(2026, 4, 6)
AT = datetime(2026, 4, 6, 1, 0, tzinfo=UTC)
ADDRESS = AddressEntry(town="0412", town_name="本宮五丁目", block="15番8号")
ELSEWHERE = AddressEntry(town="0101", town_name="上田一丁目", block="4番22号", building="201")
ORIGIN = OriginEntry(domicile="岩手県盛岡市内丸12番", head="髙橋　健一")
CHINESE = ForeignEntry(
    nationality="中国", category="中長期在留者", status="留学", period="2年", expires_on=date(2028, 4, 1)
)
WHO = {
    "健一": ("ケンイチ", Sex.MALE, date(1977, 8, 19)),
    "美咲": ("ミサキ", Sex.FEMALE, date(1979, 3, 5)),
    "陽菜": ("ヒナ", Sex.FEMALE, date(2005, 5, 12)),
    "蓮": ("レン", Sex.MALE, date(2008, 9, 3)),
    "キヨ": ("キヨ", Sex.FEMALE, date(1945, 1, 30)),
}
FAMILY = (("健一", HEAD), ("美咲", "妻"), ("陽菜", "子"), ("蓮", "子"))
serial = count(1)


def proved(officer, at=AT):
    """The same officer, who has just shown their passkey."""
    return SignedIn(**vars(officer) | {"proof": "passkey", "proved_at": at})


def resident(person):
    return Actor(200 + person, "住民", person=person, proof="card")


def names(given="健一", family="髙橋", kana="タカハシ", **more):
    reading, sex, born = WHO.get(given, ("サンプル", Sex.MALE, date(1990, 1, 1)))
    said = {"given_kana": reading, "sex": sex, "born": born} | more
    return NameEntry(family=family, given=given, family_kana=kana, **said)


def newcomer(given="健一", relation=HEAD, *, person=None, foreign=None, origin=ORIGIN, number="", **more):
    return values.Newcomer(
        person=person,
        names=names(given, **more),
        relation=relation,
        foreign=foreign,
        origin=None if foreign else origin,
        individual_number=number,
    )


def relation(person, word):
    return values.RelationOf(person=person, relation=word)


class Desk:
    """The counter: every call is a real knock at a door of the room, by a clerk."""

    def __init__(self, by=CLERK, on=ON):
        self.by, self.on = by, on

    def do(self, name, notice=None, *, by=None, on=None, at=AT, **given):
        door = getattr(actions, name)
        edge = {key: value for key, value in (("on", on or self.on), ("at", at)) if key in door.parameters}
        if notice is not None:
            given["notice"] = notice
        return door(by=by or self.by, **edge, **given)

    def ask(self, name, *, by=None, on=None, **given):
        door = getattr(queries, name)
        edge = {"on": on or self.on} if "on" in door.parameters else {}
        return door(by=by or self.by, **edge, **given)

    def move_in(self, *people, event_on=ON, **given):
        given = {"came_from": "宮城県仙台市青葉区本町1番1号", "address": ADDRESS} | given
        arrivals = [newcomer(*one) if isinstance(one, tuple) else one for one in people or FAMILY]
        notice = values.MoveIn(event_on=event_on, people=arrivals, **given)
        return self.do("move_in", notice, on=max(event_on, self.on))

    def relations(self, household_of, on=None):
        view = self.ask("household", person=household_of, on=on)
        return {one.names.given: one.residence.relation for one in view.members}

    def at(self, person, on=None, **given):
        return self.ask("person", person=person, on=on, **given)


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def family(desk):
    """髙橋健一, his wife and two children, who moved in; the receipt's people are in this order."""
    return desk.move_in()


GONE = ClosingReason.DIED
