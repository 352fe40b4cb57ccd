"""A job that has lost its request says so, and nothing else: whoever asked is told to ask again."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError

from yakusho.blocks.documents import actions
from yakusho.blocks.documents.actions import jobs, press
from yakusho.blocks.documents.models import Paper
from yakusho.blocks.documents.refusals import PaperTookTooLong
from yakusho.blocks.documents.tests.support import AT

pytestmark = pytest.mark.usefixtures("papers_city")


def test_a_job_whose_request_was_taken_by_another_is_told_so_by_the_renderers_login(person, asked, clerk, monkeypatch):
    request, read = asked(person()).request, press.read

    def overtaken(job, *, by):
        monkeypatch.undo()
        jobs.abandon(request=job.request, token=job.token, by=by)
        return read(job, by=by)

    monkeypatch.setattr(press, "read", overtaken)
    with pytest.raises(PaperTookTooLong):
        actions.issue(request=request, by=clerk, at=AT)
    assert actions.issue(request=request, by=clerk, at=AT).pages == 1


def test_an_answer_that_is_lost_after_the_release_leads_to_the_same_paper(person, asked, clerk, monkeypatch):
    request, release = asked(person()).request, jobs.release

    def lost(**given):
        release(**given)
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(jobs, "release", lost)
    with pytest.raises(PaperTookTooLong):
        actions.issue(request=request, by=clerk, at=AT)
    monkeypatch.undo()
    (paper,) = Paper.objects.filter(request_id=UUID(request))
    assert actions.issue(request=request, by=clerk, at=AT).number == paper.number


def test_a_job_that_holds_the_request_in_its_last_step_is_waited_for_no_longer(person, asked, clerk, monkeypatch):
    request, gone_on, read = asked(person()).request, threading.Event(), press.read

    def locked(**given):
        raise OperationalError("canceling statement due to lock timeout")

    def slow(job, *, by):
        assert gone_on.wait(20)
        return read(job, by=by)

    monkeypatch.setattr(jobs, "TIME_LIMIT", timedelta(seconds=0.2))
    monkeypatch.setattr(jobs, "abandon", locked)
    monkeypatch.setattr(press, "read", slow)
    try:
        with pytest.raises(PaperTookTooLong):
            actions.issue(request=request, by=clerk, at=AT)
    finally:
        gone_on.set()
    press.stop()
    (paper,) = Paper.objects.filter(request_id=UUID(request))
    assert actions.issue(request=request, by=clerk, at=AT).number == paper.number
