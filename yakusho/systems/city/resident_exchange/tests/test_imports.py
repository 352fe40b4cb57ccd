"""Import: a dry run that writes nothing, one act for the whole file, and the same file twice is once."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from yakusho.blocks.doors import HOUSE, SYSTEM, action
from yakusho.kit.refusal import NotAllowed
from yakusho.registers.people import actions as people_actions
from yakusho.registers.people import queries as people_queries
from yakusho.registers.people.terms import ProtectionKind
from yakusho.systems.city.resident_exchange import actions, models, queries, rules
from yakusho.systems.city.resident_exchange.actions import imports
from yakusho.systems.city.resident_exchange.tests.conftest import (
    ALONE,
    AT,
    CLERK,
    HEAD,
    HEADINGS,
    MANAGER,
    ON,
    WIFE,
    file,
    table,
)

NUMBER = "123456789018"
NUMBERED = HEADINGS + ",個人番号"
ASKED, RUN = [], []


@action(allowed=HOUSE)
def inside(*, kind: str) -> None:
    """試験 Stand inside a door, where the register opens."""
    RUN[:] = [ASKED.pop()()]


def within(ask):
    ASKED.append(ask)
    inside(kind="", by=SYSTEM)
    return RUN[0]


def everybody():
    return within(lambda: people_queries.residents(on=ON)).people


def test_a_dry_run_tells_and_writes_nothing(check):
    report = check(file(HEAD, WIFE, ALONE))
    assert (report.rows, report.households, report.wrong, report.ready) == (3, 2, 0, True)
    assert (report.encoding, report.delimiter) == ("utf-8", ",")
    assert report.columns["氏の振り仮名"] == "family_kana"
    assert not table("Person").exists()
    assert not models.Load.objects.exists()


def test_people_are_read_as_they_were_meant(load):
    done = load(file(HEAD, WIFE, ALONE))
    assert (done.rows, done.households, done.skipped, done.already, done.by) == (3, 2, 0, False, "見本 責任")
    head, wife, alone = everybody()
    assert head.residence.address.text == "大通三丁目5番12号　コーポ盛岡　101"
    assert (wife.names.family, wife.names.born, wife.residence.relation) == ("髙橋", date(1979, 3, 5), "妻")
    assert (head.names.kana, head.names.sex.value, head.residence.resident_since) == (
        "タカハシ　ケンイチ",
        "男",
        date(2015, 4, 1),
    )
    assert wife.residence.household == head.residence.household != alone.residence.household
    assert alone.names.family == "𠮷\U000e0100田"


def test_the_import_is_kept_with_whom_it_brought(load):
    done = load(file(HEAD, WIFE, ALONE))
    rows = models.Arrival.objects.filter(load=done.id).order_by("external_id")
    assert [row.external_id for row in rows] == ["A1", "A2", "A3"]
    assert [row.person for row in rows] == [one.id for one in everybody()]
    assert queries.load(load=done.id, by=MANAGER).digest == done.digest
    assert len(done.digest) == 64


def test_a_large_import_comes_in_two_parts_and_is_one_act(load, monkeypatch):
    monkeypatch.setattr(imports, "FIRST", 1)
    done = load(file(HEAD, ALONE, WIFE))
    assert (done.rows, done.households) == (3, 2)
    by_id = {row.external_id: row for row in models.Arrival.objects.filter(load=done.id)}
    assert by_id["A1"].household == by_id["A2"].household != by_id["A3"].household
    names = {one.id: one.names.given for one in everybody()}
    assert [names[by_id[number].person] for number in ("A1", "A2")] == ["健一", "美咲"]


def test_one_wrong_row_and_nothing_is_imported(load):
    with pytest.raises(rules.RowsWrong) as refused:
        load(file(HEAD, WIFE, ALONE.replace("昭和20年1月30日", "平成31年5月1日")))
    assert "1か所" in refused.value.ja
    assert not table("Person").exists()
    assert not models.Arrival.objects.exists()


def test_the_same_file_again_does_nothing(load, check):
    first = load(file(HEAD, WIFE))
    again = load(file(HEAD, WIFE))
    assert (again.id, again.already) == (first.id, True)
    assert table("Naming").count() == 2
    assert check(file(HEAD, WIFE)).loaded == first.id


def test_a_longer_file_brings_only_who_is_new(load):
    load(file(HEAD, WIFE))
    done = load(file(HEAD, WIFE, ALONE))
    assert (done.rows, done.skipped) == (1, 2)
    assert len(everybody()) == 3


def test_a_number_that_says_something_else_now_is_refused(load, check):
    load(file(HEAD, WIFE))
    report = check(file(HEAD, WIFE.replace("美咲", "美紀")))
    assert [(one.row, one.column, one.ja) for one in report.errors] == [(3, "宛名番号", rules.SaidOtherwise().ja)]


def test_a_new_member_of_a_household_that_was_imported_is_refused(load, check):
    load(file(HEAD, WIFE))
    child = "A9,H1,髙橋,蓮,タカハシ,レン,男,H30.1.1,子,大通三丁目5-12,H30.1.1"
    assert [one.ja for one in check(file(HEAD, WIFE, child)).errors] == [rules.HouseholdLoaded().ja]


def test_who_is_already_registered_is_refused(load, check):
    load(file(HEAD, WIFE))
    moved = [line.replace("A", "B", 1).replace("H1", "H7", 1) for line in (HEAD, WIFE)]
    report = check(file(*moved))
    assert [(one.row, one.column) for one in report.errors] == [(2, "氏"), (3, "氏")]
    assert "宛名番号" in report.errors[0].ja


def test_a_namesake_elsewhere_must_be_looked_at(load):
    load(file(HEAD, WIFE))
    other = HEAD.replace("A1,H1", "B1,H7").replace("盛岡市大通３丁目５番１２号", "上田一丁目1番1号")
    with pytest.raises(rules.DoubtsOpen):
        load(file(other))
    assert load(file(other), namesakes_checked=True).rows == 1


def test_an_address_is_not_confirmed_for_a_protected_person(load, check):
    load(file(ALONE))
    person = everybody()[0].id
    within(
        lambda: people_actions.protect(person=person, kind=ProtectionKind.STALKING, together=[], opponents=[], on=ON)
    )
    same, elsewhere = ALONE.replace("A3,H2", "B3,H8"), ALONE.replace("A3,H2", "B3,H8").replace("内丸12", "内丸13")
    assert check(file(same)).errors == check(file(elsewhere)).errors == []
    assert check(file(same)).doubts == check(file(elsewhere)).doubts != []


def test_individual_numbers_are_kept_sealed_and_never_repeated(load, check):
    load(file(f"{HEAD},{NUMBER}", headings=NUMBERED))
    other = ALONE + "," + NUMBER
    report = check(file(other, headings=NUMBERED))
    assert [(one.column, one.typed, one.ja) for one in report.errors] == [("個人番号", "", rules.NumberHeld().ja)]
    wrong = check(file(f"{ALONE},123456789012", headings=NUMBERED))
    assert [(one.column, one.typed) for one in wrong.errors] == [("個人番号", "")]
    assert "123456789012" not in wrong.model_dump_json()


def test_only_a_manager_imports(load, check):
    for door in (load, check):
        with pytest.raises(NotAllowed):
            door(file(HEAD), by=CLERK)


def test_each_look_and_each_import_is_in_the_record(load, check):
    check(file(HEAD))
    load(file(HEAD))
    with connection.cursor() as cursor:
        cursor.execute("select door, body->>'rows', cardinality(subjects) from audit_entry order by id")
        rows = cursor.fetchall()
    doors = [row[0] for row in rows]
    assert "resident_exchange.check_import" in doors
    assert ("people.enter_many", None, 1) in rows
    assert ("resident_exchange.import_people", "1", 0) in rows


def test_statements_do_not_grow_with_the_file(load, towns):
    def lines(start, number):
        return [
            f"N{place},K{place},見本,光,ミホン,ヒカル,男,{1930 + place % 60}-1-{place % 28 + 1},世帯主,内丸{place}番1号,2001-1-1"
            for place in range(start, start + number)
        ]

    load(file(*lines(900, 1)))  # the towns are kept in memory
    counted = []
    for start, number in ((0, 3), (100, 120)):
        with CaptureQueriesContext(connection) as seen:
            load(file(*lines(start, number)), namesakes_checked=True)
        counted.append(len(seen))
    assert counted[0] == counted[1] < 40


def test_a_file_is_kept_between_looking_and_importing(towns, check, load):
    received = actions.receive_file(file=file(HEAD, WIFE), by=MANAGER, at=AT)
    assert (received.rows, received.columns["氏"]) == (2, "family")
    kept = file().model_copy(update={"content": "", "upload": received.upload})
    assert check(kept).ready
    assert load(kept).rows == 2
    assert not models.Upload.objects.exists()
    with pytest.raises(rules.FileMissing):
        check(kept)


def test_a_file_that_waits_is_not_readable_in_the_database(towns):
    received = actions.receive_file(file=file(f"{HEAD},{NUMBER}", headings=NUMBERED), by=MANAGER, at=AT)
    kept = bytes(models.Upload.objects.get(pk=received.upload).content)
    assert NUMBER.encode() not in kept
    assert "健一".encode() not in kept


def test_imports_are_only_added(load):
    done = load(file(HEAD))
    for rows in (models.Load.objects.filter(pk=done.id), models.Arrival.objects.filter(load=done.id)):
        for change in (rows.delete, lambda rows=rows: rows.update(id=0)):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()


def test_files_of_the_day_before_are_thrown_away(towns):
    old = actions.receive_file(file=file(HEAD), by=MANAGER, at=AT)
    actions.receive_file(file=file(WIFE), by=MANAGER, at=AT + models.DAY * 2)
    assert not models.Upload.objects.filter(pk=old.upload).exists()
