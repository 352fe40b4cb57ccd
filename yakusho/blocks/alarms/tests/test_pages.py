"""The pages of alarms: what rang, what to do, and when it may be closed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from yakusho.blocks.alarms.models import Alarm, Cause
from yakusho.blocks.alarms.tests.conftest import AT
from yakusho.blocks.doors import Actor, Grant

LIST = reverse("alarms:alarms")


def words(answer):
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]))


@pytest.fixture
def browser(signed_in, auditor):
    return signed_in(auditor)


@pytest.fixture
def rung(db):
    return {cause: Alarm.objects.create(cause=cause, raised_at=AT) for cause in Cause}


def test_without_alarms_it_says_so(browser, db):
    assert "警報はありません" in words(browser.get(LIST))


def test_the_list_tells_causes_and_which_are_gone(browser, rung):
    Alarm.objects.filter(cause="depot_away").update(gone_at=AT + timedelta(minutes=5))
    told = words(browser.get(LIST))
    assert all(str(cause.label) in told for cause in Cause)
    assert (told.count("続いています"), told.count("原因は解消")) == (2, 1)


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize(
    ("language", "word"), [("ja", "閉じられません"), ("en", "closed when"), ("easy", "なくなったら")]
)
def test_one_says_what_to_do_and_that_its_cause_remains(browser, rung, cause, language, word):
    answer = browser.get(reverse("alarms:alarm", args=[rung[cause].pk]), {"lang": language})
    assert word in words(re_ruby(answer))
    if language == "en":
        assert re.findall(r"[\u3040-\u30ff]+", words(answer)) == []


def re_ruby(answer):
    """Readings are parts of their own; without them the words hang together."""
    answer.content = re.sub(rb"<rp>.*?</rp>|<rt>.*?</rt>|</?(ruby|rb)>", b"", answer.content)
    return answer


def test_it_is_closed_on_its_page_when_the_cause_is_gone(browser, rung):
    alarm = rung[Cause.BACKUP_OLD]
    address = reverse("alarms:close", args=[alarm.pk])
    assert address not in browser.get(reverse("alarms:alarm", args=[alarm.pk])).content.decode()
    Alarm.objects.filter(pk=alarm.pk).update(gone_at=AT)
    assert address in browser.get(reverse("alarms:alarm", args=[alarm.pk])).content.decode()
    form = browser.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    name = re.search(r'<textarea[^>]* name="([^"]+)"', form)[1]
    empty = browser.post(address, hidden | {name: " "})
    assert (empty.status_code, "調査結果を入力してください" in empty.content.decode()) == (422, True)
    done = browser.post(address, hidden | {name: "夜間の控えを直した"})
    assert (done.status_code, done["location"]) == (303, LIST)
    assert "夜間の控えを直した" in words(browser.get(reverse("alarms:alarm", args=[alarm.pk])))
    assert "閉じた" in words(browser.get(LIST, {"closed": "1"}))


def test_a_missing_alarm_is_missing(browser, db):
    assert browser.get(reverse("alarms:alarm", args=[1])).status_code == 404


def test_nobody_else_sees_them(signed_in, rung):
    clerk = Actor(8, "窓口", frozenset({Grant("resident_clerk", "citizen_registration")}))
    for address in (LIST, reverse("alarms:alarm", args=[rung[Cause.RECORD_LATE].pk])):
        assert signed_in(clerk).get(address).status_code == 403


def test_a_long_list_has_pages(browser, db):
    kept = {"closed_by": 7, "finding": "直した", "raised_at": AT, "gone_at": AT, "closed_at": AT}
    Alarm.objects.bulk_create(Alarm(cause=Cause.DEPOT_AWAY, **kept) for _ in range(51))
    first = browser.get(LIST, {"closed": "1"}).content.decode()
    numbers = re.findall(r'<th scope="row"><a href="[^"]+">(\d+)</a>', first)
    assert len(numbers) == 50
    (more,) = re.findall(r'href="([^"]*after=[^"]*)" rel="next"', first)
    assert f"after={numbers[-1]}" in more
    assert len(re.findall(r'<th scope="row">', browser.get(more.replace("&amp;", "&")).content.decode())) == 1
