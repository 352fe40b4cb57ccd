"""The four things a door does, and that it does nothing else."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from yakusho.blocks.audit.record import subject_key
from yakusho.blocks.doors import InvalidInput, KeyReused, ShownOnce, action, registry
from yakusho.blocks.doors.tests import toy
from yakusho.kit.refusal import NotAllowed

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def test_an_act_leaves_one_row_with_who_why_and_whom(ringer, rows):
    toy.ring(ring=toy.Ring(times=1, for_=6), by=ringer, on=DAY)
    (row,) = rows()
    assert (row["kind"], row["actor"], row["role"], row["office"]) == ("action", 1, "ringer", "tower")
    assert (row["purpose"], row["case"]) == ("時報", "C-1")
    assert set(row["subjects"]) == {subject_key(6), subject_key(7)}
    assert row["body"]["times"] == 1


def test_the_purpose_of_an_actor_who_gives_none_is_the_door_itself(resident, rows):
    toy.ears(by=resident)
    assert rows()[0]["purpose"] == "耳"


def test_without_the_right_nothing_happens_and_the_knock_is_recorded(resident, rows):
    with pytest.raises(NotAllowed):
        toy.ring(ring=toy.Ring(times=1), by=resident, on=DAY)
    assert toy.effects == []
    assert [row["kind"] for row in rows()] == ["denied"]


def test_an_inner_door_is_refused_from_outside_and_open_from_inside(ringer, rows):
    with pytest.raises(NotAllowed):
        toy.oil(by=ringer)
    toy.ring_twice(by=ringer, on=DAY)
    assert toy.effects == ["oil", f"鐘 太郎 2 {DAY}"]
    assert [row["door"].split(".")[1] for row in rows()] == ["oil", "oil", "ring", "ring_twice"]


def test_an_act_inside_another_asks_for_its_own_right(resident):
    with pytest.raises(NotAllowed):
        toy.ring_twice(by=resident, on=DAY)


def test_a_refusal_undoes_the_act_and_leaves_no_row(ringer, rows):
    with pytest.raises(toy.Broken):
        toy.ring(ring=toy.Ring(times=101), by=ringer, on=DAY)
    assert rows() == []


def test_without_evidence_there_is_no_act(ringer, rows, monkeypatch):
    def broken(**_):
        raise DatabaseError("no room for evidence")

    monkeypatch.setattr("yakusho.blocks.doors.door.record.write", broken)
    with pytest.raises(DatabaseError):
        toy.ring(ring=toy.Ring(times=1), by=ringer, on=DAY, key="k-evidence")
    monkeypatch.undo()
    toy.ring(ring=toy.Ring(times=1), by=ringer, on=DAY, key="k-evidence")
    assert len(rows()) == 1


def test_the_same_key_has_one_effect_and_one_answer(ringer, rows):
    answers = [toy.ring(ring=toy.Ring(times=3), by=ringer, on=DAY, key="k1") for _ in range(5)]
    assert len(toy.effects) == 1
    assert len(rows()) == 1
    assert all(answer == answers[0] and isinstance(answer, toy.Sound) for answer in answers)


def test_a_key_never_answers_another_actor_or_another_input(ringer, resident):
    toy.ring(ring=toy.Ring(times=3), by=ringer, on=DAY, key="k2")
    with pytest.raises(KeyReused):
        toy.ring(ring=toy.Ring(times=4), by=ringer, on=DAY, key="k2")
    with pytest.raises(KeyReused):
        toy.ring_twice(by=resident, on=DAY, key="k2")


def test_a_secret_is_shown_once_and_not_kept_with_its_key(ringer):
    assert toy.forge_key(by=ringer, key="k4").text == "himitsu"
    with connection.cursor() as cursor:
        cursor.execute("select result from doors_key where key = 'k4'")
        assert cursor.fetchone() == ("",)
    with pytest.raises(ShownOnce):
        toy.forge_key(by=ringer, key="k4")
    assert toy.effects == ["key"]


def test_a_refused_act_frees_its_key(ringer):
    with pytest.raises(toy.Broken):
        toy.ring(ring=toy.Ring(times=101), by=ringer, on=DAY, key="k3")
    assert toy.ring(ring=toy.Ring(times=1), by=ringer, on=DAY, key="k3").text == "ゴーン"


def test_looking_leaves_one_row_for_all_people_shown(ringer, rows):
    toy.listeners(on=DAY, among=[5, 6], by=ringer)
    (row,) = rows()
    assert row["kind"] == "query"
    assert set(row["subjects"]) == {subject_key(person) for person in (5, 6, 9)}


def test_a_question_about_nobody_leaves_no_row(ringer, rows):
    assert toy.loudness(by=ringer) == 3
    assert rows() == []


def test_an_edge_supplies_days_and_the_client_may_not(ringer):
    door = registry.actions["toy.ring"]
    door.call({"ring": {"times": 1}}, by=ringer, on=DAY, at=NOW)
    assert toy.effects == [f"鐘 太郎 1 {DAY}"]
    with pytest.raises(InvalidInput) as refused:
        door.call({"ring": {"times": 1}, "on": "2020-01-01"}, by=ringer, on=DAY, at=NOW)
    assert refused.value.errors[0].path == "on"


def test_a_question_may_be_asked_about_another_day(ringer):
    door = registry.queries["toy.listeners"]
    assert door.call({}, by=ringer, on=DAY, at=NOW)[0].text == "2026-11-23"
    assert door.call({"on": "2020-01-01"}, by=ringer, on=DAY, at=NOW)[0].text == "2020-01-01"


@pytest.mark.parametrize(
    ("given", "path", "words"),
    [
        ({"ring": {}}, "ring.times", "入力してください"),
        ({"ring": {"times": "many"}}, "ring.times", "数字"),
        ({"ring": {"times": 1, "tone": "c"}}, "ring.tone", "この項目はありません"),
        ({}, "ring", "入力してください"),
    ],
)
def test_input_that_does_not_fit_names_its_field_in_two_languages(ringer, given, path, words):
    with pytest.raises(InvalidInput) as refused:
        toy.ring(**given, by=ringer, on=DAY)
    (error,) = refused.value.errors
    assert error.path == path
    assert words in error.ja
    assert error.en.endswith(".")
    assert refused.value.problem()["errors"][0]["path"] == path


def test_a_door_must_have_keywords_and_words():
    with pytest.raises(TypeError, match="keyword-only"):
        action(allowed=toy.RINGER)(lambda ring: ring)
    with pytest.raises(TypeError, match="docstring"):
        action(allowed=toy.RINGER)(lambda *, ring: ring)


def test_a_key_costs_two_statements_more(ringer, django_assert_num_queries, db):
    with django_assert_num_queries(3):  # savepoint, audit row, release
        toy.ring(ring=toy.Ring(times=1), by=ringer, on=DAY)
    with django_assert_num_queries(5):
        toy.ring(ring=toy.Ring(times=1), by=ringer, on=DAY, key="k9")
    assert transaction.get_connection() is not None
    assert connection.in_atomic_block
