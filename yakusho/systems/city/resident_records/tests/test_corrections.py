"""取消・訂正・時点照会 Taking back, replacing, and seeing what held and what was believed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from yakusho.blocks.history.record import BuiltUpon
from yakusho.kit.refusal import NotFound
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.models import Movement
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.tests.conftest import (
    ADDRESS,
    ELSEWHERE,
    MANAGER,
    ON,
    newcomer,
    relation,
)

LATER = date(2026, 6, 1)


def clock():
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def test_a_late_notice_changes_the_past_and_what_was_believed_stays_visible(desk):
    """遅れた届出の例: the son left on 28 March; the city learnt of it on 7 May.

    On 20 April the city believed that he lived here on 1 April. On 7 May it learnt that he did not. Both answers stay:
    what held on a day is asked with ``on``, what was believed with ``known_at``.
    """
    arrived = desk.move_in(event_on=date(2026, 3, 1))
    father, *_, son = arrived.people
    the_first = date(2026, 4, 1)
    in_april = clock()

    notice = values.MoveOut(
        event_on=date(2026, 3, 28), notified_on=date(2026, 5, 7), people=[son], destination="仙台市"
    )
    receipt = desk.do("move_out", notice, on=date(2026, 5, 7))

    held = desk.ask("household", person=father, on=the_first)
    believed = desk.ask("household", person=father, on=the_first, known_at=in_april)
    assert [one.names.given for one in held.members] == ["健一", "美咲", "陽菜"]
    assert [one.names.given for one in believed.members] == ["健一", "美咲", "陽菜", "蓮"]
    assert receipt.days_late == 24  # due on 13 April, the 11th being a Saturday
    line = desk.ask("history", person=son)[0]
    assert (line.event_on, line.notified_on) == (date(2026, 3, 28), date(2026, 5, 7))
    assert line.processed_at > in_april


def test_a_cancelled_movement_stays_in_the_history(desk, family):
    was = desk.ask("household", person=family.people[0])
    movement = desk.do("split", values.Split(event_on=ON, people=[relation(family.people[2], "世帯主")])).movement
    receipt = desk.do("cancel", movement=movement, reason="届出の取下げ", by=MANAGER)
    assert desk.ask("household", person=family.people[0]) == was
    lines = {one.id: one for one in desk.ask("history", person=family.people[2])}
    assert lines[movement].cancelled
    assert lines[receipt.movement].cancels == movement
    assert lines[receipt.movement].reason == "届出の取下げ"


def test_nothing_is_cancelled_twice(desk, family):
    movement = desk.do("split", values.Split(event_on=ON, people=[relation(family.people[2], "世帯主")])).movement
    cancelled = desk.do("cancel", movement=movement, reason="誤り").movement
    for number in (movement, cancelled):
        with pytest.raises(refusals.AlreadyCancelled):
            desk.do("cancel", movement=number, reason="誤り")
    with pytest.raises(NotFound):
        desk.do("cancel", movement=999_999, reason="誤り")


def test_what_is_built_upon_is_not_cancelled(desk, family):
    first = desk.do("split", values.Split(event_on=ON, people=[relation(family.people[2], "世帯主")]))
    second = desk.do("move", values.Move(event_on=ON, people=[relation(family.people[2], "世帯主")], address=ELSEWHERE))
    with pytest.raises(BuiltUpon):
        desk.do("cancel", movement=first.movement, reason="誤り")
    desk.do("cancel", movement=second.movement, reason="誤り")
    desk.do("cancel", movement=first.movement, reason="誤り")
    assert desk.relations(family.people[2])["陽菜"] == "子"


def test_a_cancelled_arrival_leaves_nobody(desk, family):
    desk.do("cancel", movement=family.movement, reason="二重の届出")
    with pytest.raises(NotFound):
        desk.at(family.people[0])
    assert desk.ask("search", text="タカハシ").rows == []
    with pytest.raises(NotFound):
        desk.ask("household", person=family.people[0])


def test_a_wrong_notice_is_replaced_by_the_right_one(desk, family):
    wrong = desk.do("move", values.Move(event_on=ON, people=[relation(family.people[2], "世帯主")], address=ELSEWHERE))
    right = values.Move(
        event_on=date(2026, 4, 6),
        people=[relation(family.people[3], "世帯主")],
        address=ELSEWHERE,
        corrects=wrong.movement,
    )
    receipt = desk.do("move", right)
    assert desk.at(family.people[2]).residence.address == ADDRESS
    assert desk.at(family.people[3]).residence.address == ELSEWHERE
    lines = {one.id: one for one in desk.ask("history", person=family.people[2])}
    assert lines[wrong.movement].cancelled
    assert Movement.objects.get(pk=receipt.movement).corrects_id == wrong.movement
    with pytest.raises(refusals.AlreadyCancelled):
        desk.do("move", right)


def test_a_correction_can_itself_be_cancelled(desk, family):
    was = desk.ask("household", person=family.people[0])
    wrong = desk.do("move", values.Move(event_on=ON, people=[relation(family.people[2], "世帯主")], address=ELSEWHERE))
    believed = desk.at(family.people[2])
    fixed = values.Move(
        event_on=ON,
        people=[relation(family.people[2], "世帯主")],
        address=ELSEWHERE.model_copy(update={"building": "202"}),
        corrects=wrong.movement,
    )
    correction = desk.do("move", fixed)
    desk.do("cancel", movement=correction.movement, reason="誤り")
    assert desk.at(family.people[2]) == believed
    assert desk.ask("household", person=family.people[0]).members == [
        one for one in was.members if one.id != family.people[2]
    ]


def test_an_arrival_is_corrected_under_the_same_numbers(desk, family):
    people = [
        newcomer(given, word, person=person)
        for person, (given, word) in zip(
            family.people, (("健一", "世帯主"), ("美咲", "妻"), ("陽菜", "子"), ("蓮", "子")), strict=True
        )
    ]
    notice = values.MoveIn(
        event_on=ON - timedelta(days=2), came_from="仙台市", address=ELSEWHERE, people=people, corrects=family.movement
    )
    desk.do("move_in", notice)
    shown = desk.at(family.people[0], on=ON - timedelta(days=2))
    assert shown.residence.address == ELSEWHERE
    assert desk.ask("history", person=family.people[0])[0].kind is MovementKind.MOVE_IN


def test_movements_are_only_added(desk, family):
    def behind_the_doors():
        with transaction.atomic():
            Movement.objects.filter(pk=family.movement).update(reason="書換え")

    with pytest.raises(IntegrityError, match="only added"):
        behind_the_doors()
    assert Movement.objects.get(pk=family.movement).reason == ""
