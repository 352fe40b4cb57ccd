"""見回り It rings by itself, once for each cause, tells the auditors once, and sees when the cause is gone."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from procrastinate.contrib.django import app

from yakusho.blocks.alarms import actions, queries, tasks
from yakusho.blocks.alarms.models import Alarm, Cause
from yakusho.blocks.alarms.refusals import AlarmClosed, CauseRemains, FindingMissing, NoSuchAlarm
from yakusho.blocks.alarms.tests.conftest import AT
from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.messages import actions as messages
from yakusho.blocks.messages.models import Delivery, Message
from yakusho.blocks.messages.tell import worded
from yakusho.blocks.messages.values import ContactInput

LATE = timedelta(hours=1, seconds=1)


def open_causes():
    return [alarm.cause for alarm in Alarm.objects.filter(closed_at=None).order_by("pk")]


def entries():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_entry where door like 'alarms.%%'")
        return cursor.fetchone()[0]


def test_while_all_is_well_nothing_rings_and_nothing_is_written(kept, auditors):
    before = entries()
    assert kept.look() == 0
    assert open_causes() == []
    assert entries() == before


def test_a_late_signature_rings_once_before_papers_stop(kept, auditors):
    kept.waits = LATE
    assert kept.look() == 1
    for _ in range(50):
        kept.later(minutes=5)
        kept.keeps(carried=timedelta(seconds=40))
        assert kept.look() == 0
    (alarm,) = Alarm.objects.all()
    assert (alarm.cause, alarm.raised_at, alarm.gone_at) == (Cause.RECORD_LATE, AT, None)
    assert sorted(Message.objects.values_list("account", flat=True)) == auditors
    assert entries() == 1


def test_it_is_the_state_of_the_record_itself_that_rings(db, monkeypatch):
    for waits, found in ((LATE, [Cause.RECORD_LATE]), (LATE - timedelta(seconds=1), [])):
        monkeypatch.setattr("yakusho.blocks.audit._internal.sequencer.waiting", lambda waits=waits: (3, waits))
        assert [cause for cause in queries.causes(by=SYSTEM, at=AT) if cause is Cause.RECORD_LATE] == found


def test_a_depot_that_is_away_rings(kept):
    kept.keeps(carried=timedelta(minutes=10))
    assert kept.look() == 0
    kept.later(seconds=1)
    assert kept.look() == 1
    assert open_causes() == ["depot_away"]


def test_an_old_backup_rings(kept):
    kept.keeps(carried=timedelta(0), backup=timedelta(hours=36, seconds=1))
    assert kept.look() == 1
    assert open_causes() == ["backup_old"]


def test_a_city_without_any_backup_hears_of_it_and_a_sample_city_does_not(kept, settings):
    kept.seen.unlink()
    assert kept.look() == 0
    settings.SAMPLE_CITY = False
    assert kept.look() == 1
    assert open_causes() == ["backup_old"]


def test_the_first_backup_is_waited_for_in_a_sample_city(kept, settings):
    kept.keeps(carried=timedelta(0), backup=None)
    assert kept.look() == 0


def test_a_word_of_the_launcher_that_is_broken_is_no_word(kept, settings):
    kept.seen.write_text("{")
    settings.SAMPLE_CITY = False
    assert kept.look() == 1
    assert open_causes() == ["backup_old"]


def test_the_city_sets_its_own_limits(kept, settings):
    settings.CITY = settings.CITY | {"alarms": {"carried_minutes": 60, "backup_hours": 5}}
    kept.keeps(carried=timedelta(minutes=59))
    kept.look()
    assert open_causes() == ["backup_old"]


def test_each_cause_has_an_alarm_of_its_own(kept, auditors):
    kept.waits = LATE
    kept.keeps(carried=timedelta(hours=40), backup=timedelta(hours=40))
    assert kept.look() == 3
    assert set(open_causes()) == set(Cause)
    assert Message.objects.count() == 3 * len(auditors)


def test_what_is_gone_is_seen_and_stays_open(kept, auditor):
    kept.waits = LATE
    kept.look()
    kept.waits = timedelta(0)
    kept.later(minutes=5)
    assert kept.look() == 0
    (alarm,) = queries.alarms(by=auditor)
    assert (alarm.gone_at, alarm.closed_at) == (kept.at, None)
    gone = kept.at
    kept.later(minutes=5)
    kept.look()
    assert queries.alarm(ring=alarm.alarm, by=auditor).gone_at == gone


def test_what_comes_back_before_its_end_is_the_same_alarm_and_told_no_more(kept, auditors):
    for waits in (LATE, timedelta(0), LATE):
        kept.waits = waits
        kept.look()
        kept.later(minutes=5)
        kept.keeps(carried=timedelta(0))
    (alarm,) = Alarm.objects.all()
    assert alarm.gone_at is None
    assert Message.objects.count() == len(auditors)


def test_a_person_closes_it_with_a_finding_and_then_it_may_ring_again(kept, auditors, auditor):
    kept.waits = LATE
    kept.look()
    number = Alarm.objects.get().pk
    with pytest.raises(CauseRemains):
        actions.close_alarm(ring=number, finding="まだ", by=auditor, at=kept.at)
    kept.waits = timedelta(0)
    kept.look()
    with pytest.raises(FindingMissing):
        actions.close_alarm(ring=number, finding=" \n", by=auditor, at=kept.at)
    closed = actions.close_alarm(ring=number, finding=" 保存先がいっぱいだった\n", by=auditor, at=kept.at)
    assert (closed.finding, closed.closed_at) == ("保存先がいっぱいだった", kept.at)
    with pytest.raises(AlarmClosed):
        actions.close_alarm(ring=number, finding="もう一度", by=auditor, at=kept.at)
    with pytest.raises(NoSuchAlarm):
        actions.close_alarm(ring=number + 1, finding="ない", by=auditor, at=kept.at)
    assert queries.alarms(by=auditor) == []
    assert [one.alarm for one in queries.alarms(closed=True, by=auditor)] == [number]
    kept.waits = LATE
    assert kept.look() == 1
    assert Message.objects.count() == 2 * len(auditors)


def test_a_clock_that_goes_back_stops_neither_look_nor_end(kept, auditor):
    kept.waits = LATE
    kept.look()
    kept.later(days=-1)
    kept.waits = timedelta(0)
    kept.look()
    alarm = Alarm.objects.get()
    assert alarm.gone_at == alarm.raised_at
    assert actions.close_alarm(ring=alarm.pk, finding="時計", by=auditor, at=kept.at).closed_at == alarm.raised_at


def test_only_the_auditors_of_the_day_are_told(kept, appointed):
    now = appointed("auditor-now")
    appointed("auditor-before", since=date(2026, 1, 1), until=date(2026, 11, 23))
    appointed("auditor-later", since=date(2026, 12, 1))
    appointed("clerk", role="resident_clerk")
    kept.waits = LATE
    kept.look()
    assert list(Message.objects.values_list("account", flat=True)) == [now]


def test_who_left_an_address_gets_one_mail(kept, auditors, auditor):
    somebody = type(auditor)(auditors[0], "監査", auditor.grants)
    messages.set_contact(contact=ContactInput(mail="audit@example.jp"), by=somebody)
    kept.waits = LATE
    for _ in range(3):
        kept.look()
    assert list(Delivery.objects.values_list("address", flat=True)) == ["audit@example.jp"]


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_its_words_in_three_languages(cause):
    words = worded(f"alarms/{cause}")
    titles = {words.in_language(code).title for code in ("ja", "en", "ja-easy")}
    assert len(titles) == 3
    assert words.in_language("ja").title == f"警報：{cause.label}"
    assert not re.search("[ぁ-ん一-龠]", words.in_language("en").title + words.in_language("en").body)


def test_it_looks_every_five_minutes_and_never_twice_at_once(kept, monkeypatch):
    (periodic,) = [one for one in app.periodic_registry.periodic_tasks.values() if one.task.name == tasks.look.name]
    assert periodic.cron == "*/5 * * * *"
    assert (tasks.look.queueing_lock, tasks.look.lock) == ("alarms.look", "alarms.look")
    monkeypatch.setattr(tasks.clock, "read", lambda: AT)
    kept.waits = LATE
    assert tasks.look(timestamp=0) == 1


@pytest.mark.parametrize(
    "sql",
    ["delete from alarms_alarm", "update alarms_alarm set raised_at = now()", "update alarms_alarm set cause = 'x'"],
)
def test_the_application_takes_no_alarm_away(kept, sql):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_is_closed_stays_as_it_is(kept, auditor):
    kept.waits = LATE
    kept.look()
    kept.waits = timedelta(0)
    kept.look()
    actions.close_alarm(ring=Alarm.objects.get().pk, finding="直した", by=auditor, at=kept.at)
    for change in ({"finding": "何もなかった"}, {"closed_at": None, "closed_by": None, "finding": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alarm.objects.update(**change)


def test_one_cause_never_has_two_open_alarms(kept):
    Alarm.objects.create(cause=Cause.RECORD_LATE, raised_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.create(cause=Cause.RECORD_LATE, raised_at=AT)
