"""A soft card is made for a resident, and leads back to that resident alone."""

from datetime import UTC, date, datetime

import pytest

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.identity.matching import FourItems, candidates
from yakusho.kit.refusal import NotAllowed
from yakusho.systems.citizen.resident_card import actions
from yakusho.systems.city.resident_records import actions as records

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
clerk = Actor(7, "見本 窓口", frozenset({Grant("resident_clerk", "citizen_registration")}))


@pytest.fixture
def person(db):
    names = {
        "family": "見本",
        "given": "花子",
        "family_kana": "ミホン",
        "given_kana": "ハナコ",
        "sex": "女",
        "born": "1991-08-15",
    }
    notice = {
        "event_on": "2026-11-20",
        "came_from": "東京都杉並区見本一丁目2番3号",
        "address": {"town": "0405000", "town_name": "若園町", "block": "2番18号", "building": "見本ハイツ101号室"},
        "people": [{"names": names, "relation": "世帯主"}],
    }
    return records.move_in(notice=notice, by=clerk, on=ON).people[0]


@pytest.fixture
def made(person, monkeypatch):
    items = []
    monkeypatch.setattr(actions, "issue_sample_card", lambda given, at: items.append(given) or "S-1")
    actions.make_sample_card(person=person, by=clerk, on=ON, at=AT)
    return items[0]


def test_the_four_items_of_a_card_lead_to_its_resident(made, person):
    assert candidates(made, ON) == [person]


@pytest.mark.parametrize(
    "change",
    [{"name": "見本花代"}, {"born": date(1991, 8, 16)}, {"sex": "1"}, {"address": "岩手県盛岡市若園町2番19号"}],
)
def test_one_item_that_differs_leads_to_nobody(made, change):
    told = {name: getattr(made, name) for name in FourItems.__dataclass_fields__}
    assert candidates(FourItems(**told | change), ON) == []


def test_a_character_that_stands_for_another_is_left_open(made, person):
    told = {name: getattr(made, name) for name in FourItems.__dataclass_fields__}
    assert candidates(FourItems(**told | {"name": "見本花■", "name_substituted": "0001"}), ON) == [person]
    assert candidates(FourItems(**told | {"name": "見本花■"}), ON) == []


def test_who_moved_out_has_no_card(made, person):
    records.move_out(
        notice={"event_on": "2026-11-21", "people": [person], "destination": "東京都見本区"}, by=clerk, on=ON
    )
    with pytest.raises(actions.NotResident):
        actions.make_sample_card(person=person, by=clerk, on=ON, at=AT)
    assert candidates(made, ON) == []


def test_only_a_clerk_makes_cards(person):
    with pytest.raises(NotAllowed):
        actions.make_sample_card(person=person, by=Actor(9, "市民", person=person), on=ON, at=AT)


def test_the_pages_of_the_desk_say_what_to_do_next(db, client):
    assert client.get("/resident_card/desk/make").status_code in (302, 403)
