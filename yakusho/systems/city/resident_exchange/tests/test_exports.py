"""Export: two officers, a day, once; protected addresses empty; what goes out can come in again."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from yakusho.kit.refusal import NotAllowed, NotFound
from yakusho.registers.people import actions as people_actions
from yakusho.registers.people.terms import ProtectionKind
from yakusho.systems.city.resident_exchange import actions, models, queries, rules
from yakusho.systems.city.resident_exchange.actions import exports as module
from yakusho.systems.city.resident_exchange.tests.conftest import (
    ALONE,
    AT,
    CLERK,
    HEAD,
    MANAGER,
    ON,
    OTHER_MANAGER,
    WIFE,
    file,
    given,
    table,
)
from yakusho.systems.city.resident_exchange.tests.test_imports import everybody, within
from yakusho.systems.city.resident_exchange.values import ExportWish

HOUR = timedelta(hours=1)


@pytest.fixture
def ask(load):
    load(file(HEAD, WIFE, ALONE))
    return lambda by=CLERK, **more: actions.ask_export(
        wish=ExportWish(purpose="統計のための書出し", **more), by=by, on=ON, at=AT
    )


@pytest.fixture
def agreed(ask):
    def make(**more):
        export = ask(**more).id
        actions.agree_export(export=export, by=MANAGER, at=AT)
        return export

    return make


def take(export, by=CLERK, at=AT + HOUR):
    text, after = "", 0
    while after is not None:
        part = actions.take_export(export=export, after=after, by=by, at=at)
        text, after = text + part.text, part.after
    return text


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def protect(person):
    within(
        lambda: people_actions.protect(person=person, kind=ProtectionKind.STALKING, together=[], opponents=[], on=ON)
    )


def test_a_file_of_everybody(agreed):
    export = agreed()
    rows = read(take(export))
    assert [row["氏"] for row in rows] == ["髙橋", "髙橋", "𠮷\U000e0100田"]
    assert (rows[0]["生年月日"], rows[0]["生年月日（和暦）"], rows[0]["町字"]) == (
        "1977-08-19",
        "昭和52年8月19日",
        "大通三丁目",
    )
    done = queries.export(export=export, by=CLERK, at=AT + HOUR)
    assert (done.state, done.rows, done.asked_by, done.agreed_by) == ("取出し済み", 3, "見本 窓口", "見本 責任")


def test_nobody_takes_what_nobody_agreed_to(ask):
    export = ask().id
    with pytest.raises(rules.NotAgreed):
        take(export)
    actions.refuse_export(export=export, by=MANAGER, at=AT)
    with pytest.raises(rules.AlreadyDecided):
        actions.agree_export(export=export, by=MANAGER, at=AT)


def test_two_officers(ask):
    export = ask(by=MANAGER).id
    with pytest.raises(rules.SameOfficer):
        actions.agree_export(export=export, by=MANAGER, at=AT)
    assert actions.agree_export(export=export, by=OTHER_MANAGER, at=AT).state == "承認済み"
    with pytest.raises(rules.AlreadyDecided):
        actions.agree_export(export=export, by=OTHER_MANAGER, at=AT)
    with pytest.raises(NotAllowed):
        actions.agree_export(export=ask().id, by=CLERK, at=AT)


def test_the_database_holds_two_officers_and_a_day(ask):
    row = models.Export.objects.get(pk=ask().id)
    for change in (
        {"agreed_by": row.asked_by, "agreed_at": AT, "until": AT + HOUR},
        {"agreed_by": 9, "agreed_at": AT, "until": AT + 25 * HOUR},
        {"agreed_by": 9, "agreed_at": AT, "until": AT + HOUR, "begun_at": AT + 2 * HOUR},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Export.objects.filter(pk=row.pk).update(**change)


def test_it_is_taken_in_time_once_and_by_who_asked(agreed):
    export = agreed()
    with pytest.raises(NotFound):
        take(export, by=MANAGER)
    with pytest.raises(rules.NotAgreed):
        take(export, at=AT + 24 * HOUR)
    take(export)
    with pytest.raises(rules.NotAgreed):
        take(export)


def test_a_protected_address_is_empty_and_no_town_tells_it(agreed):
    alone = everybody_after(agreed)[2]
    protect(alone)
    rows = read(take(agreed()))
    empty = [rows[2][name] for name in ("町字コード", "町字", "番・号", "方書", "転入前住所", "異動前住所")]
    assert empty == [""] * 6
    assert "内丸" not in take(agreed())
    code = rows[0]["町字コード"]
    assert len(read(take(agreed(towns=["0001000"])))) == 0
    assert len(read(take(agreed(towns=["0001000", code])))) == 2


def everybody_after(agreed):
    agreed()
    return [one.id for one in everybody()]


def test_it_comes_in_parts_that_agree(agreed, monkeypatch):
    monkeypatch.setattr(module, "PART", 2)
    export = agreed()
    first = actions.take_export(export=export, by=CLERK, at=AT + HOUR)
    assert (len(first.people), first.after) == (2, first.people[-1])
    last = actions.take_export(export=export, after=first.after, by=CLERK, at=AT + HOUR)
    assert last.after is None
    assert not last.text.startswith("\ufeff")
    assert len(read(first.text + last.text)) == 3
    assert queries.export(export=export, by=CLERK, at=AT + HOUR).rows == 3


def test_every_part_names_its_people_and_purpose_in_the_record(agreed):
    take(agreed())
    with connection.cursor() as cursor:
        cursor.execute(
            "select cardinality(subjects), body->>'rows', body->>'purpose' from audit_entry"
            " where door = 'resident_exchange.take_export' and kind = 'action'"
        )
        assert cursor.fetchall() == [(3, "3", "統計のための書出し")]


def test_a_clerk_sees_the_own_exports_and_a_manager_all(ask):
    mine, other = ask(), ask(by=MANAGER)
    assert [one.id for one in queries.exports(by=CLERK, at=AT)] == [mine.id]
    assert [one.id for one in queries.exports(by=OTHER_MANAGER, at=AT)] == [other.id, mine.id]
    with pytest.raises(NotFound):
        queries.export(export=other.id, by=CLERK, at=AT)


def test_states(agreed, ask):
    assert ask().state == "承認待ち"
    export = agreed()
    assert queries.export(export=export, by=CLERK, at=AT + HOUR).state == "承認済み"
    assert queries.export(export=export, by=CLERK, at=AT + 25 * HOUR).state == "期限切れ"


def test_what_goes_out_comes_in_again(agreed, towns, load):
    """Every person, with surrogates, variation selectors and cells that look like formulas, after a journey through the file."""
    before = read(take(agreed()))
    text = take(agreed())
    renamed = text.replace("𠮷\U000e0100田", "𠮷\U000e0101田").replace("髙橋", "＝橋").replace("12番2号", "13番2号")
    assert renamed != text
    guarded = renamed.replace(",＝橋,", ",'＝橋,")
    new = [row | {"宛名番号": f"N{row['宛名番号']}", "世帯番号": f"N{row['世帯番号']}"} for row in read(guarded)]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(new[0]))
    writer.writeheader()
    writer.writerows(new)
    load(given(out.getvalue().encode()), namesakes_checked=True)
    after = read(take(agreed()))[len(before) :]
    own = ("宛名番号", "世帯番号")
    assert [{k: v for k, v in row.items() if k not in own} for row in after] == [
        {k: v for k, v in row.items() if k not in own} for row in new
    ]
    assert after[0]["氏"] == "'＝橋"
    assert table("Person").count() == 6
