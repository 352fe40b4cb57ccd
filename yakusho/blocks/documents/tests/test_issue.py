"""From a request to a released paper, and everything that stops it on the way."""

import hashlib
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections

from yakusho.blocks.documents import actions
from yakusho.blocks.documents._internal import gatehouse
from yakusho.blocks.documents._internal.readers import read_glyphs
from yakusho.blocks.documents.actions import jobs, press
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.documents.refusals import (
    BeingIssued,
    EvidenceLate,
    NoSuchKind,
    NoSuchPaper,
    PaperTookTooLong,
    PaperWithheld,
    RecordChanged,
    RequestClosed,
)
from yakusho.blocks.documents.tests.support import AT, within
from yakusho.blocks.documents.values import PaperOrder
from yakusho.blocks.doors import SYSTEM, Actor
from yakusho.blocks.doors.frames import opened
from yakusho.kit.refusal import NotAllowed

pytestmark = pytest.mark.usefixtures("papers_city")


def row(request: str) -> PaperRequest:
    return PaperRequest.objects.get(pk=UUID(request))


def no_paper(request: str) -> bool:
    return not Paper.objects.filter(request_id=UUID(request)).exists()


def test_a_paper_comes_out_once_for_a_request(person, asked, clerk):
    asked_for = asked(person(), person(name="見本 花子", kana="ミホン ハナコ"))
    paper = actions.issue(request=asked_for.request, by=clerk, at=AT)
    stored = Paper.objects.get(number=paper.number)
    assert hashlib.sha256(bytes(stored.pdf)).hexdigest() == paper.sha256
    assert row(asked_for.request).state == "issued"
    assert actions.issue(request=asked_for.request, by=clerk, at=AT) == paper, "the same paper, not another one"
    assert Paper.objects.filter(request_id=stored.request_id).count() == 1


def test_request_numbers_are_128_random_bits(person, asked):
    numbers = [int(asked(person()).request, 16) for _ in range(20)]
    assert len(set(numbers)) == 20
    assert max(numbers).bit_length() > 120
    assert {number >> 76 & 0xF for number in numbers} != {4}  # not a version-4 UUID with its fixed bits


def test_the_paper_shows_only_the_people_of_the_request(person, asked, clerk):
    other = person(name="別人 太郎", kana="ベツジン タロウ")
    own = person(name="見本 次郎", kana="ミホン ジロウ")
    paper = actions.issue(request=asked(own).request, by=clerk, at=AT)
    text = "".join(read_glyphs(bytes(Paper.objects.get(number=paper.number).pdf)).pages)
    assert "見本 次郎" in text
    assert "別人" not in text
    assert other != own


def test_one_request_and_many_workers_give_one_paper(person, asked, clerk):
    asked_for = asked(person())
    found: Counter[str] = Counter()
    barrier = threading.Barrier(6)

    def work(_: int) -> str:
        barrier.wait()
        try:
            return actions.issue(request=asked_for.request, by=clerk, at=AT).number
        except (BeingIssued, RequestClosed) as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        found.update(pool.map(work, range(6)))
    papers = [name for name in found if name.isdigit()]
    assert len(papers) == 1
    assert sum(found.values()) == 6
    assert Paper.objects.filter(request_id=UUID(asked_for.request)).count() == 1


def test_many_requests_at_one_instant_never_cross(person, asked, clerk):
    people = {number: f"見本 {number}号" for number in range(24)}
    requests = {asked(person(name=name, kana="ミホン")).request: name for name in people.values()}

    def work(request: str) -> tuple[str, str]:
        try:
            return request, actions.issue(request=request, by=clerk, at=AT).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        issued = dict(pool.map(work, requests))
    for request, number in issued.items():
        text = "".join(read_glyphs(bytes(Paper.objects.get(number=number).pdf)).pages)
        assert [name for name in requests.values() if name in text] == [requests[request]]
        assert f"*{'1/1'}*" in text
        assert text.count(request) == 2  # header and machine line
    assert len(set(issued.values())) == 24


def test_papers_of_many_pages_keep_their_pages(person, asked, clerk):
    households = [[person(name=f"見本 {home}の{place}") for place in range(20)] for home in ("東", "西")]
    for home, people in zip(("東", "西"), households, strict=True):
        paper = actions.issue(request=asked(*people).request, by=clerk, at=AT)
        pages = read_glyphs(bytes(Paper.objects.get(number=paper.number).pdf)).pages
        assert len(pages) >= 2
        assert [f"見本 {home}の" in page for page in pages] == [True] * len(pages)


def test_numbers_run_without_gaps(person, asked, clerk):
    numbers = [int(actions.issue(request=asked(person()).request, by=clerk, at=AT).number) for _ in range(3)]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


# who may


def test_a_request_comes_only_from_inside_a_room(person, clerk):
    with pytest.raises(NotAllowed):
        actions.request_paper(order=PaperOrder(kind="toy.copy", subject=person()), by=clerk, at=AT)


def test_an_unknown_kind_is_refused(person, clerk):
    with opened("toy.ask", "action", clerk), pytest.raises(NoSuchKind):
        actions.request_paper(order=PaperOrder(kind="toy.nothing", subject=person()), by=clerk, at=AT)


def test_residents_issue_their_own_and_find_no_others(person, asked):
    own, other = person(), person(name="別人 花子", kana="ベツジン ハナコ")
    resident, stranger = Actor(21, "市民", person=own), Actor(22, "他人", person=other)
    asked_for = asked(own, by=resident)
    with pytest.raises(NoSuchPaper):
        actions.issue(request=asked_for.request, by=stranger, at=AT)
    assert actions.issue(request=asked_for.request, by=resident, at=AT).subject == own


@pytest.mark.parametrize("request_", ["0" * 32, "no such thing", ""])
def test_a_request_that_does_not_exist_is_not_found(request_, clerk):
    with pytest.raises(NoSuchPaper):
        actions.issue(request=request_, by=clerk, at=AT)


@pytest.mark.parametrize("step", ["take", "abandon"])
def test_the_steps_of_the_press_are_closed_to_clerks(step, clerk):
    given = {"request": "0" * 32, "by": clerk} | ({"at": AT} if step == "take" else {"token": 1})
    with pytest.raises(NotAllowed):
        getattr(actions, step)(**given)


# fences


def test_a_late_worker_can_write_nothing(person, asked, clerk):
    asked_for = asked(person())
    late = within(jobs.take, request=asked_for.request, at=AT)
    snapshot = press.fresh(late, by=SYSTEM)
    pdf = press.printed(late, snapshot)
    with pytest.raises(BeingIssued):
        within(jobs.take, request=asked_for.request, at=AT + timedelta(seconds=1))
    paper = actions.issue(request=asked_for.request, by=clerk, at=AT + jobs.TIME_LIMIT)
    with pytest.raises(PaperTookTooLong):
        within(jobs.release, finished=press._finished(late, snapshot, pdf), at=AT)
    assert not within(jobs.abandon, request=asked_for.request, token=late.token)
    assert [one.number for one in Paper.objects.filter(request_id=UUID(asked_for.request))] == [paper.number]


def test_the_second_job_keeps_the_number(person, asked):
    asked_for = asked(person())
    first = within(jobs.take, request=asked_for.request, at=AT)
    assert within(jobs.abandon, request=asked_for.request, token=first.token)
    second = within(jobs.take, request=asked_for.request, at=AT)
    assert (second.number, second.token) == (first.number, first.token + 2)


def test_a_slow_job_is_abandoned_as_a_whole(person, asked, clerk, monkeypatch):
    asked_for = asked(person())
    gone_on = threading.Event()
    read = press.read

    def slow(job, *, by):
        snapshot = read(job, by=by)
        assert gone_on.wait(20)
        return snapshot

    monkeypatch.setattr(jobs, "TIME_LIMIT", timedelta(seconds=0.4))
    monkeypatch.setattr(press, "read", slow)
    try:
        with pytest.raises(PaperTookTooLong):
            actions.issue(request=asked_for.request, by=clerk, at=AT)
        assert (row(asked_for.request).state, row(asked_for.request).token) == ("asked", 2)
    finally:
        gone_on.set()
    press.stop()  # the late worker runs to its end
    assert no_paper(asked_for.request)
    assert row(asked_for.request).state == "asked"


def test_a_worker_that_died_does_not_block_the_request_for_ever(person, asked, clerk):
    asked_for = asked(person())
    within(jobs.take, request=asked_for.request, at=AT)
    with pytest.raises(BeingIssued):
        actions.issue(request=asked_for.request, by=clerk, at=AT + timedelta(seconds=29))
    assert actions.issue(request=asked_for.request, by=clerk, at=AT + timedelta(seconds=30)).pages == 1


# the register moves


def test_a_stale_snapshot_is_withheld_with_an_alarm(person, asked, clerk, change, monkeypatch):
    own = person()
    asked_for = asked(own)
    read = press.read
    kept = []

    def stale(job, *, by):
        kept.append(read(job, by=by))
        if len(kept) == 1:
            change(own, address="紺屋町1番1号")
        return kept[0]  # a copy that never learns

    monkeypatch.setattr(press, "read", stale)
    with pytest.raises(PaperWithheld) as refused:
        actions.issue(request=asked_for.request, by=clerk, at=AT)
    alarm = Alarm.objects.get(pk=refused.value.facts["alarm"])
    assert any(doubt.startswith("version") for doubt in alarm.doubts)
    assert no_paper(asked_for.request)


def test_a_change_while_reading_is_read_again(person, asked, clerk, change, monkeypatch):
    own = person()
    read, moved = press.read, []

    def during(job, *, by):
        snapshot = read(job, by=by)
        if not moved:
            moved.append(change(own, name="新姓 太郎"))
        return snapshot

    monkeypatch.setattr(press, "read", during)
    paper = actions.issue(request=asked(own).request, by=clerk, at=AT)
    assert "新姓 太郎" in "".join(read_glyphs(bytes(Paper.objects.get(number=paper.number).pdf)).pages)


def test_a_change_between_gate_and_release_refuses(person, asked, clerk, change, monkeypatch):
    own = person()
    asked_for = asked(own)
    ask = gatehouse.Gatehouse.ask

    def then_moves(self, request, token, pdf):
        doubts = ask(self, request, token, pdf)
        change(own, address="紺屋町2番2号")
        return doubts

    monkeypatch.setattr(gatehouse.Gatehouse, "ask", then_moves)
    with pytest.raises(RecordChanged):
        actions.issue(request=asked_for.request, by=clerk, at=AT)
    assert no_paper(asked_for.request)
    monkeypatch.undo()
    assert actions.issue(request=asked_for.request, by=clerk, at=AT).pages == 1


def test_no_paper_comes_out_while_its_evidence_is_late(person, asked, clerk, auditor, monkeypatch):
    request, other = asked(person()), asked(person())
    monkeypatch.setattr(
        "yakusho.blocks.documents.actions.papers.log.evidence_is_late", lambda most: most.total_seconds() == 14_400
    )
    for late in (request, other):
        with pytest.raises(EvidenceLate):
            actions.issue(request=late.request, by=clerk, at=AT)
    assert no_paper(request.request)
    alarm = Alarm.objects.get(doubts=["record late"], closed_at=None)
    monkeypatch.undo()
    actions.compare_alarm(alarm=alarm.pk, by=auditor, at=AT)
    actions.close_alarm(alarm=alarm.pk, finding="ログの領域を広げた", by=auditor, at=AT)
    assert actions.issue(request=request.request, by=clerk, at=AT).number
