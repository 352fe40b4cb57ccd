"""A day in the city by the machine's own clock, as an edge reads it: a family comes, a paper goes out, somebody signs in."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate, localtime

from tests.faults.samples import SYSTEM, Stage
from yakusho.blocks.doors import registry
from yakusho.blocks.identity.ways import visits
from yakusho.blocks.pages import clock
from yakusho.systems.city.resident_records.tests import knocks as records


def at_the_edge(door: str, by: Any, **given: Any) -> Any:
    """A knock of now."""
    at = clock.read()
    return registry.actions[door].call(given, by=by, on=localdate(at), at=at, key=str(uuid.uuid4()))


def day() -> dict[str, str]:
    """転入 and 住民票の写し of today."""
    stage, today = Stage(), localdate(clock.read())
    notice = records.arrival(records.FATHER, records.person("花", "妻", sex="女"), event_on=today.isoformat())
    came = at_the_edge("resident_records.move_in", stage.clerk, notice=notice)
    order = {"kind": "住民票の写し", "whole": "世帯全員の分"}
    asked = at_the_edge("certificates.request_copy", stage.clerk, person=came.people[0], order=order)
    paper = at_the_edge("certificates.issue_copy", stage.clerk, request=asked.request)
    issued = localtime(paper.issued_at).date().isoformat()
    return {"today": today.isoformat(), "number": paper.number, "issued_on": issued}


def sign_in() -> str:
    """A resident's session of now; the key of the browser's cookie."""
    account = at_the_edge("identity.open_account", SYSTEM, login=str(uuid.uuid4()), name="見本").account
    attempt = at_the_edge("identity.begin", SYSTEM, method="card", who=str(uuid.uuid4()), address="192.0.2.1").attempt
    given = {"attempt": attempt, "account": account, "proof": "card", "device": "見本"}
    opened = at_the_edge("identity.open_session", SYSTEM, **given)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[visits.KEY] = opened.session
    store.save()
    return str(store.session_key)


def who(*, session: str) -> int:
    """The account that a browser with this cookie is signed in as; 0 for nobody."""
    browser = Client(SERVER_NAME="localhost")
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    return int(browser.get("/").wsgi_request.actor.account)
