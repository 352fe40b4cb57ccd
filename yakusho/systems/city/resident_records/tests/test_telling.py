"""波及 Others learn of a movement in the same transaction, and nothing that is withheld leaves by a side door."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from yakusho.blocks.doors import WITHIN, Actor, PersonId, action
from yakusho.kit.refusal import NotFound, Refusal
from yakusho.registers.people import queries as people_queries
from yakusho.registers.people.terms import ProtectionKind
from yakusho.registers.people.values import AddressEntry, Opponent
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.rules.refusals import ChangedMeanwhile
from yakusho.systems.city.resident_records.tests.conftest import (
    AT,
    ELSEWHERE,
    MANAGER,
    ON,
    OTHER_CLERK,
    relation,
    resident,
)

HEARD = []
TOKEN = "ｘｑ７７７荘"


class Full(Refusal):
    """受け付けられません。 / It cannot be taken."""


@action(allowed=WITHIN)
def hear(*, movement: int, kind: str, event_on: date, people: list[PersonId], households: list[int], by: Actor) -> None:
    """試験 A room that joins; it refuses a split."""
    HEARD.append((movement, kind, people, households))
    if kind == "世帯分離":
        raise Full


@pytest.fixture
def listening(monkeypatch):
    HEARD.clear()
    neighbour = apps.get_app_config("people")
    monkeypatch.setattr(type(neighbour), "listens", {"resident_records.moved": hear.name})


def events():
    with connection.cursor() as cursor:
        cursor.execute("select name, subject, data::text from exchange_event order by name, subject")
        return cursor.fetchall()


def test_a_room_that_listens_hears_every_movement(listening, desk):
    receipt = desk.move_in()
    assert [(receipt.movement, "転入", receipt.people, receipt.households)] == HEARD


def test_a_listener_that_refuses_undoes_the_movement(listening, desk):
    family = desk.move_in()
    with pytest.raises(Full):
        desk.do("split", values.Split(event_on=ON, people=[relation(family.people[2], "世帯主")]))
    assert desk.relations(family.people[2])["陽菜"] == "子"
    assert len(desk.ask("history", person=family.people[2])) == 1


def test_the_outbox_hears_the_number_and_the_kind_only(desk, family):
    (event,) = [row for row in events() if row[0] == "resident_records.moved"]
    assert event[1] == str(family.movement)
    assert event[2] == '{"kind": "move_in"}'


def everything_written():
    """Texts of all tables except the register's facts and search keys, where the address lives."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
            " and has_table_privilege(c.oid, 'select')"
        )
        tables = [
            name
            for (name,) in cursor.fetchall()
            if name not in ("people_residence", "people_closing", "people_opponent")
        ]
        found = {}
        for table in tables:
            cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from \"{table}\" t")
            found[table] = cursor.fetchone()[0]
    return found


def residences():
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(r::text, ' ') from people_residence r")
        return cursor.fetchone()[0]


def test_a_protected_address_stands_nowhere_but_in_the_facts(desk, family):
    father, mother, *_ = family.people
    secret = ELSEWHERE.model_copy(update={"building": TOKEN})
    request = values.ProtectionRequest(
        person=mother, kind=ProtectionKind.SPOUSE, opponents=[Opponent(person=father, name="髙橋　健一")]
    )
    held = desk.do("request_protection", request=request)
    moved = values.Move(event_on=ON, people=[relation(mother, "世帯主")], address=secret)
    desk.do("move", moved, key="k-9")
    desk.do("move_out", values.MoveOut(event_on=ON, people=[mother], destination=f"仙台市{TOKEN}"), key="k-10")
    desk.do("confirm_protection", protection=held.id, by=MANAGER)
    holding = [table for table, text in everything_written().items() if TOKEN in text or "777荘" in text]
    assert holding == []
    assert TOKEN in residences()
    shown = [
        desk.at(mother).model_dump_json(),
        str(desk.ask("history", person=mother)),
        str(desk.ask("search", text="たかはし")),
        str(desk.ask("protections", person=mother)),
        str(desk.ask("due_protections", on=ON.replace(year=2028))),
        str(desk.ask("who_looked", person=father, by=resident(father))),
        str(desk.do("ask_release", person=mother, paper="P", reason="本人の来庁")),
    ]
    assert not any(TOKEN in text for text in shown)
    with pytest.raises(NotFound):
        desk.at(mother, by=resident(father))


def test_an_unprotected_address_is_found_after_the_decision_to_end(desk, family):
    mother = family.people[1]
    request = values.ProtectionRequest(person=mother, kind=ProtectionKind.SPOUSE, opponents=[Opponent(name="某")])
    held = desk.do("request_protection", request=request)
    home = AddressEntry(town="0500", town_name="大通三丁目", block="1番2号")
    desk.do("move", values.Move(event_on=ON, people=[relation(mother, "世帯主")], address=home))
    assert desk.ask("search", text="大通3-1-2").rows == []
    desk.do("end_protection", protection=held.id, because="申出の取下げ", by=MANAGER, at=AT)
    assert [hit.person.id for hit in desk.ask("search", text="大通3-1-2").rows] == [mother]


def test_who_moved_between_looking_and_locking_is_noticed(desk, family, monkeypatch):
    looked = people_queries.persons
    other = desk.move_in(("キヨ", "世帯主"), address=ELSEWHERE)

    def slow(**given):
        """Another clerk is faster: between looking and locking the child has moved."""
        before = looked(**given)
        monkeypatch.setattr(people_queries, "persons", looked)
        move = values.Move(event_on=ON, people=[relation(family.people[3], "同居人")], household=other.households[0])
        desk.do("move", move, by=OTHER_CLERK)
        return before

    monkeypatch.setattr(people_queries, "persons", slow)
    with pytest.raises(ChangedMeanwhile):
        desk.do("split", values.Split(event_on=ON, people=[relation(family.people[3], "世帯主")]))
    monkeypatch.undo()
    assert desk.relations(family.people[0]).keys() == {
        "健一",
        "美咲",
        "陽菜",
        "蓮",
    }  # the faster one was inside, and undone too
