"""Every page of papers in every state, looked at by a browser: axe, 320 px, no way sideways. No server: requests are
answered by Django's test client."""

import contextlib
import mimetypes
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.browser import checks
from yakusho.blocks.documents import actions
from yakusho.blocks.documents.models import Paper
from yakusho.blocks.documents.refusals import PaperWithheld
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.doors import NOBODY, Actor

pytestmark = [pytest.mark.usefixtures("papers_city"), pytest.mark.browser]
HERE = "http://testserver"
STATES = [
    "form",
    "wrong file",
    "valid",
    "altered",
    "revoked",
    "unknown",
    "papers",
    "paper",
    "void paper",
    "queue",
    "alarms",
    "alarm",
]


@pytest.fixture(scope="module")
def window(chromium):
    return chromium.new_page(viewport={"width": 320, "height": 800})


@dataclass
class House:
    """Brings the house into a state and answers as it does then."""

    client: Any
    sit: Callable[[Actor], None]
    person: Callable[..., int]
    asked: Callable[..., Any]
    clerk: Actor
    auditor: Actor

    @cached_property
    def own(self) -> int:
        return self.person()

    @cached_property
    def paper(self):
        return actions.issue(request=self.asked(self.own).request, by=self.clerk, at=AT)

    @cached_property
    def alarm(self) -> int:
        with pytest.raises(PaperWithheld) as refused:
            actions.issue(request=self.asked(self.person(remark="秘密の住所")).request, by=self.clerk, at=AT)
        return refused.value.facts["alarm"]

    def answer(self, state: str):
        if state in ("revoked", "void paper"):
            actions.revoke(number=self.paper.number, reason="記載の訂正", by=self.clerk, at=AT)
        if state in ("paper", "void paper", "papers"):
            self.sit(Actor(51, "見本 市民", person=self.own))
            return self.client.get(
                reverse(
                    "documents:papers" if state == "papers" else "documents:paper",
                    args=[self.paper.number] * (state != "papers"),
                )
            )
        if state in ("queue", "alarms", "alarm"):
            self.sit(self.clerk if state == "queue" else self.auditor)
            number = self.paper.number if state == "queue" else self.alarm
            return self.client.get(reverse(f"documents:{state}", args=[number] * (state == "alarm")))
        return self.verification(state)

    def verification(self, state: str):
        verify = reverse("documents:verify")
        if state == "altered":
            spoilt = bytes(Paper.objects.get(number=self.paper.number).pdf) + b"\n"
            return self.client.post(verify, {"file": SimpleUploadedFile("juminhyo.pdf", spoilt)})
        if state == "wrong file":
            return self.client.post(verify)
        code = {"form": "", "unknown": "1"}.get(state) if state in ("form", "unknown") else self.paper.code
        return self.client.get(verify, {"code": code})


@pytest.fixture
def house(client, monkeypatch, person, asked, clerk, auditor) -> House:
    monkeypatch.setattr("yakusho.blocks.pages.clock.read", lambda: AT + timedelta(hours=1))

    def sit(actor: Actor) -> None:
        def who(request):
            request.visit = None
            return actor

        monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", who)

    sit(NOBODY)
    return House(client, sit, person, asked, clerk, auditor)


def serve(html: bytes):
    """Answers the page itself from memory, its styles from the house, everything else with nothing."""

    def handle(route) -> None:
        path = urlsplit(route.request.url).path
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if found:
            route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(path)[0] or "text/plain")
        elif path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404, body="")

    return handle


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("state", STATES)
def test_a_state_is_sound(window, house, state, lang):
    house.client.cookies["lang"] = lang
    answer = house.answer(state)
    assert answer.status_code in (200, 422)
    window.unroute_all()
    window.route("**/*", serve(answer.content))
    window.goto(HERE + "/")
    if folder := os.environ.get("YAKUSHO_PICTURES"):
        with contextlib.suppress(OSError):
            window.screenshot(path=str(Path(folder) / f"{state}-{lang}.png".replace(" ", "-")), full_page=True)
    assert window.locator("h1").count() == 1
    checks.axe(window)
    checks.no_sideways_scroll(window)
