"""From a request to a released paper, and everything that stops it."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.db import connection

from yakusho.blocks.documents import actions, queries
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.documents.refusals import NoSuchPaper, RequestClosed
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.doors import Actor


def test_a_paper_comes_out_once_for_a_request(person, asked, clerk):
    request = asked(person(), person(name="見本 花子", kana="ミホン ハナコ"))
    paper = actions.issue(request=request.request, by=clerk, at=AT)
    stored = Paper.objects.get(number=paper.number)
    assert hashlib.sha256(bytes(stored.pdf)).hexdigest() == paper.sha256
    assert PaperRequest.objects.get(pk=stored.request_id).state == "issued"
    with pytest.raises(RequestClosed):
        actions.issue(request=request.request, by=clerk, at=AT)
    assert Paper.objects.filter(request_id=stored.request_id).count() == 1
