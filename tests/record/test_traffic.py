"""Database traffic against the record: whoever reads or writes tables of people through any door stands in the record for it."""

import re
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from tests.access import cells, inputs
from tests.access.test_doors import DOORS, PUBLIC
from tests.faults import samples
from yakusho.blocks.audit import record
from yakusho.blocks.audit.models import Entry
from yakusho.blocks.doors.watch import NAME, WRITE, personal_tables
from yakusho.kit.refusal import NotAllowed, Refusal

NAMES = ("見本", "太郎", "花子", "次郎", "守子", "若園町")
SEEN: dict[str, str] = {}
UNANSWERED = {  # a knock that succeeds needs what no sample makes; tests of their own blocks knock at them
    "documents.close_alarm",
    "documents.verify_file",
    "identity.end_card",
    "identity.waiting_matches",
    "resident_records.release",
}


class Traffic:
    """Tables of people that statements named, read and written."""

    def __init__(self):
        self.read, self.written = set(), set()

    @property
    def touched(self):
        return self.read | self.written

    def watch(self, execute, sql, params, many, context):
        people = personal_tables()
        changed = people & {name.lower() for name in WRITE.findall(sql)}
        self.written |= changed
        self.read |= (people & {name.lower() for name in NAME.findall(sql)}) - changed
        return execute(sql, params, many, context)


@contextmanager
def undone():
    """What happens inside is taken back."""
    try:
        with transaction.atomic():
            yield
            raise cells.Undo
    except cells.Undo:
        pass


def who_may(door, everybody):
    """Somebody to whom the door is open, and who finds everything behind it."""
    for who in everybody:
        if door.allowed.granting(who.actor) and cells.expected(door, door.allowed, who, "own") == cells.ANSWERS:
            return who
    return None


def knock(scene, door, who):
    """What the knock said, which tables it touched, and what it left in the record; None where there is no such object."""
    asked = cells.given(scene, door, who, "own", inputs.template(door.name)) if who else None
    return None if asked is None else ask(door, asked, by=who.actor, on=scene.stage.on, at=scene.stage.at)


def knock_as_prepared(door):
    """The same with the input of `tests/knocks.py`, which is made for an act that succeeds."""
    with undone():
        sample = samples.prepared(door.name)
        return ask(door, sample.given, by=sample.by, on=sample.on, at=sample.at)


def ask(door, asked, *, by, on, at):
    """Knock, look at what it left, and take it back."""
    traffic, said = Traffic(), ""
    with undone():
        last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        with connection.execute_wrapper(traffic.watch):
            try:
                said = door.output.dump_json(door.call(asked, by=by, on=on, at=at)).decode()
            except NotAllowed:
                said = "denied"
            except Refusal:
                said = "refused"
        left = list(Entry.objects.filter(id__gt=last).order_by("id"))
    return said, traffic, left


def people_of(entries):
    return {bytes(key) for entry in entries for key in entry.subjects}


def answered(scene, door, who):
    """What came of a knock that succeeds, if there is one; and whether it was about the one of the scene."""
    found = knock(scene, door, who)
    if (found is None or found[0] in ("refused", "denied")) and door.kind == "action" and samples.sample(door.name):
        return knock_as_prepared(door), False
    return found, True


def wrong(door, said, traffic, left):
    """What does not agree between traffic and record; "" when all does."""
    if said == "denied":
        return "" if [entry.kind for entry in left] == ["denied"] else "a refusal of rights without its row"
    if said == "refused":
        return "" if not left else "a refused act left a row"
    if traffic.written and (not left or left[-1].door != door.name or left[-1].kind != "action"):
        return f"wrote {sorted(traffic.written)} without a row of its own"
    if traffic.written and not people_of(left):
        return f"wrote {sorted(traffic.written)} about nobody"
    if traffic.read and not people_of(left) and re.search("|".join(NAMES), said):
        return f"showed people of {sorted(traffic.read)} without a row"
    if door.kind == "query" and left and {entry.kind for entry in left} - {"query", "action"}:
        return "a look recorded as something else"
    return ""


@pytest.mark.parametrize("door", PUBLIC, ids=lambda door: door.name)
def test_whoever_touches_people_stands_in_the_record(scene, everybody, door):
    who = who_may(door, everybody)
    found, as_asked = answered(scene, door, who)
    said, traffic, left = found or ("refused", Traffic(), [])
    SEEN[door.name] = "" if said in ("refused", "denied") else "people" if traffic.touched else "others"
    assert not (found and wrong(door, *found))
    if as_asked and SEEN[door.name] == "people" and "person" in inputs.nouns(door):
        assert record.subject_key(scene.people["own"]) in people_of(left)
        assert all(entry.actor == who.actor.account and entry.purpose for entry in left)


@pytest.mark.parametrize("name", ["resident_records.household", "resident_records.move_in", "messages.set_contact"])
def test_a_row_that_is_dropped_is_noticed(scene, everybody, monkeypatch, name):
    door = DOORS[name]
    monkeypatch.setattr(type(door), "_record", lambda *_: None)
    found, _ = answered(scene, door, who_may(door, everybody))
    assert wrong(door, *found)


def test_an_inner_door_is_never_the_outermost(everybody):
    inner = [door for door in DOORS.values() if door.allowed.names == ("within",)]
    assert inner
    for door in inner:
        assert not any(
            door.allowed.granting(who.actor) and door.allowed.granting(who.actor).role != "within" for who in everybody
        )


def test_how_many_doors_touched_people(record_property):
    told = Counter(SEEN.values())
    record_property("doors that touch people", told["people"])
    record_property("doors that touch others", told["others"])
    record_property("doors without an answer", told[""])
    assert told["people"] > 40
    assert {name for name, what in SEEN.items() if not what} <= UNANSWERED
