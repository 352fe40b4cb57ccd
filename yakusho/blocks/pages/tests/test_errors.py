"""Every way to fail has its page: right status, the person's language, what became of the answers."""

import logging
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import translation

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.pages import access, errors
from yakusho.blocks.pages.middleware import ClockMiddleware, LanguageMiddleware
from yakusho.blocks.pages.tests.toys import NOON, RESIDENT_ACTOR, Upside, request
from yakusho.kit.refusal import BadInput, NotAllowed, NotFound

CLERK = Actor(3, "工藤 真理", frozenset({Grant("clerk", "desk")}))


def heading(answer):
    return re.search(r"<h1>(.*?)</h1>", answer.content.decode())[1]


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (lambda r: errors.bad_request(r), 400),
        (lambda r: errors.not_allowed(r), 403),
        (lambda r: errors.csrf_failed(r), 403),
        (lambda r: errors.not_found(r), 404),
        (lambda r: errors.refused(r, NotFound()), 404),
        (lambda r: errors.refused(r, Upside()), 409),
        (lambda r: errors.refused(r, BadInput()), 422),
        (lambda r: errors.server_error(r), 500),
        (lambda r: errors.unavailable(r), 503),
    ],
)
@pytest.mark.parametrize("actor", [RESIDENT_ACTOR, CLERK])
def test_each_state_has_its_status_and_one_heading(make, status, actor, caplog):
    caplog.set_level(logging.CRITICAL)
    answer = make(request(actor=actor))
    assert answer.status_code == status
    assert answer.content.decode().count("<h1") == 1
    assert heading(answer)


def test_staff_see_it_at_their_desk_and_residents_in_the_portal():
    assert 'class="desk"' in errors.not_found(request(actor=CLERK)).content.decode()
    assert 'class="desk"' not in errors.not_found(request(actor=RESIDENT_ACTOR)).content.decode()


def test_a_refusal_speaks_the_language_of_the_page():
    with translation.override("en"):
        answer = errors.refused(request(actor=RESIDENT_ACTOR), Upside())
    assert "Closed for now." in answer.content.decode()
    assert 'lang="en"' in answer.content.decode()


def test_our_own_fault_has_a_number_that_stands_in_the_log(caplog, settings):
    settings.CLOCK = lambda: NOON
    with caplog.at_level(logging.ERROR, "yakusho.pages"):
        answer = errors.server_error(request())
    number = re.search(r"E-20261123-120000-[0-9A-F]{4}", answer.content.decode())[0]
    assert number in caplog.text
    assert "もう一度送っても、受付は1回だけです。" in answer.content.decode()


def test_an_address_forges_no_line_of_the_log(caplog):
    with caplog.at_level(logging.ERROR, "yakusho.pages"):
        errors.server_error(request("/toys/%0AERROR%20all%20well"))
    assert "\nERROR" not in caplog.text


def test_the_error_page_never_fails_itself(monkeypatch, caplog):
    monkeypatch.setattr(errors, "page", lambda *_, **__: 1 / 0)
    caplog.set_level(logging.CRITICAL)
    answer = errors.server_error(request())
    assert (answer.status_code, "市の側の問題" in answer.content.decode()) == (500, True)


def test_a_closed_service_says_when_it_opens(settings):
    settings.CLOCK = lambda: NOON
    answer = errors.unavailable(request(), until=NOON + timedelta(hours=2))
    assert answer["Retry-After"] == "7200"
    assert "11月23日（月） 14:00" in answer.content.decode()


def test_a_refusal_that_leaves_a_view_becomes_its_page():
    edge = ClockMiddleware(LanguageMiddleware(lambda request: HttpResponse()))
    assert edge(request()).status_code == 200
    middleware = LanguageMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(request(actor=RESIDENT_ACTOR), NotAllowed()).status_code == 403
    assert middleware.process_exception(request(), ValueError()) is None


def test_who_has_not_signed_in_is_led_to_the_sign_in_and_back(monkeypatch):
    monkeypatch.setattr(access, "STAFF_SIGN_IN", "portal:search")
    monkeypatch.setattr(access, "SIGN_IN", "portal:search")
    answer = errors.refused(request("/desk/?q=1"), NotAllowed())
    assert (answer.status_code, answer["Location"]) == (302, "/search?next=%2Fdesk%2F%3Fq%3D1")
