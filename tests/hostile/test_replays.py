"""What was sent once is sent again: in the same session, after signing out, by another browser, by another person, and later.

Card answers, passkeys, one-time codes, invitations and answers of the provider are sent again one by one in `blocks/identity/tests`.
"""

import json
import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.hostile.attackers import SEED, Visitor, undone
from tests.sizes import sized
from yakusho.blocks.audit.models import Entry
from yakusho.blocks.doors import registry
from yakusho.blocks.exchange import rules as hooks
from yakusho.blocks.identity import samples
from yakusho.blocks.identity.models import SessionRecord
from yakusho.kit.refusal import Refusal

TRIES = ("identity.begin", "identity.ask", "identity.close_session")  # a try is written down, and opens nothing
MOVE = {
    "event_on": "2026-11-20",
    "came_from": "宮城県仙台市",
    "address": {"town": "0405000", "town_name": "若園町", "block": "77番7号"},
    "people": [
        {
            "names": {"family": "再送", "given": "太郎", "family_kana": "サイソウ", "given_kana": "タロウ", "born": "1990-04-02", "sex": "男"},
            "relation": "世帯主",
            "origin": {"domicile": "東京都杉並区見本一丁目2番地", "head": "再送　太郎"},
        }
    ],
}  # fmt: skip
AT = datetime(2026, 11, 23, tzinfo=UTC)
KEY = b"k" * 32


class Recorder(Visitor):
    """A browser whose requests somebody writes down."""

    def __init__(self):
        self.sent = []
        super().__init__()

    def generic(self, method, path, data="", content_type="application/octet-stream", secure=False, **more):
        cookies = {name: one.value for name, one in self.cookies.items()}
        self.sent.append((method, path, data, content_type, dict(more.get("headers") or {}), cookies))
        return super().generic(method, path, data, content_type, secure, **more)


def again(request, *, cookies=None):
    """Send a request as it was, with its own cookies or with others."""
    method, path, data, kind, headers, own = request
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for name, value in (own if cookies is None else cookies).items():
        client.cookies[name] = value
    return client.generic(method, path, data, kind, headers=headers)


def last():
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def effects(since):
    """Acts that left a row since, other than tries to sign in."""
    return list(
        Entry.objects.filter(kind="action", id__gt=since).exclude(door__in=TRIES).values_list("door", flat=True)
    )


def sign_in_by_card(visitor):
    """As residents do: a challenge, and the card's answer."""
    page = visitor.send("/identity/card", {}).headers["Location"]
    card = samples.cards.box().faces()[0].number
    return visitor.send(f"/identity/sample/card/{page.rsplit('/', 1)[1]}", {"card": card, "pin": "1234"})


@pytest.fixture
def taken_down(city):
    """Everything that a clerk and a resident sent in a session each, and what came of it; undone in the end."""
    with undone():
        clerk, resident = Recorder(), Recorder()
        clerk.send("/identity/sample/sign-in/clerk1", {})
        clerk.sent.clear()  # the labelled button of a sample city needs no proof: whoever presses it again is in again
        moved = clerk.api(registry.actions["resident_records.move_in"], {"notice": MOVE})
        assert moved.status_code == 200
        assert sign_in_by_card(resident).status_code == 302
        contact = {"contact": {"mail": "a@example.jp", "language": "ja"}}
        assert resident.api(registry.actions["messages.set_contact"], contact).status_code == 200
        assert resident.get("/resident_records/mine").status_code == 200
        yield clerk, resident


def posted(*people):
    return [request for one in people for request in one.sent if request[0] == "POST"]


def test_in_the_same_session_nothing_happens_twice(taken_down):
    since, sessions = last(), SessionRecord.objects.count()
    answers = [again(request).status_code for request in posted(*taken_down)]
    assert effects(since) == []
    assert SessionRecord.objects.count() == sessions
    assert answers.count(200) == 2  # the two acts give their first answer


def test_a_session_after_signing_out_is_nobody(taken_down):
    clerk, resident = taken_down
    for one in taken_down:
        assert one.send("/identity/out", {}).status_code == 302
    since, sessions = last(), SessionRecord.objects.count()
    for request in (*clerk.sent, *resident.sent):
        answer = again(request)
        assert answer.status_code < 500
        assert "再送" not in answer.content.decode("utf-8", "replace")
    assert effects(since) == []
    assert SessionRecord.objects.count() == sessions


def test_from_another_browser_nothing_happens(taken_down):
    stranger = Visitor()
    cookies = {name: stranger.cookies[name].value for name in stranger.cookies} | {"csrftoken": stranger.token}
    since, sessions = last(), SessionRecord.objects.count()
    for method, path, data, kind, headers, _ in posted(*taken_down):
        headers = headers | {"X-CSRFToken": stranger.token}
        again((method, path, data, kind, headers, {}), cookies=cookies)
    assert effects(since) == []
    assert SessionRecord.objects.count() == sessions


def test_the_key_of_somebody_else_gives_nothing_away(taken_down):
    clerk, _ = taken_down
    request = next(one for one in clerk.sent if one[1].endswith("move_in"))
    manager = Visitor("clerk1")  # the same account in another browser may ask again, another account may not
    other = Visitor("admin1")
    since = last()
    for visitor, status in ((manager, 200), (other, 403)):
        headers = request[4] | {"X-CSRFToken": visitor.token}
        cookies = {name: one.value for name, one in visitor.cookies.items()}
        assert again((*request[:4], headers, {}), cookies=cookies).status_code == status
    contact = registry.actions["messages.set_contact"]
    key = request[4]["Idempotency-Key"]
    answer = other.api(contact, {"contact": {"mail": "b@example.jp", "language": "ja"}}, **{"Idempotency-Key": key})
    assert (answer.status_code, json.loads(answer.content)["type"]) == (422, "urn:yakusho:refusal:key_reused")
    assert "sign-in" not in effects(since)
    assert [door for door in effects(since) if not door.startswith("identity.")] == []


class Receiver:
    """Somebody outside who does what the README of the exchange says: verify, and keep the ids."""

    def __init__(self):
        self.worked_off, self.effects = set(), 0

    def get(self, headers, body, at):
        number = hooks.verify(headers, body, [hooks.secret_text(KEY)], at)
        if number not in self.worked_off:
            self.worked_off.add(number)
            self.effects += 1


def delivery(number="msg_1", body=b'{"type":"resident_records.moved_in"}', at=AT):
    sent = int(at.timestamp())
    signature = hooks.sign(key=KEY, id=number, sent=sent, body=body)
    return {"webhook-id": number, "webhook-timestamp": str(sent), "webhook-signature": signature}, body


def test_a_delivery_that_comes_five_times_has_one_effect():
    receiver = Receiver()
    for minute in range(5):
        headers, body = delivery(at=AT + timedelta(minutes=minute))  # tried again: a new time, the same id
        receiver.get(headers, body, AT + timedelta(minutes=minute))
    assert receiver.effects == 1


@pytest.mark.parametrize("late", [timedelta(minutes=6), timedelta(days=1), timedelta(days=-1)])
def test_a_delivery_that_is_played_later_is_refused(late):
    with pytest.raises(hooks.OutsideWindow):
        Receiver().get(*delivery(), AT + late)


def test_a_delivery_that_was_changed_is_refused(record_property):
    draw, refused, tried = random.Random(SEED), 0, sized(500, 20_000)
    receiver = Receiver()
    for _ in range(tried):
        headers, body = delivery()
        where = draw.choice([*headers, "body"])
        text = bytearray(body if where == "body" else headers[where].encode())
        place = draw.randrange(len(text))
        text[place] = draw.choice([one for one in range(33, 127) if one != text[place]])
        changed = headers | {where: text.decode()} if where != "body" else headers
        try:
            receiver.get(changed, bytes(text) if where == "body" else body, AT)
        except Refusal:
            refused += 1
    record_property("changed deliveries", tried)
    record_property("changed deliveries that were taken", tried - refused)
    assert receiver.effects == 0


def test_no_page_holds_a_token_that_opens_anything_by_itself(taken_down):
    clerk, _ = taken_down
    page = clerk.get("/resident_records/desk/move-in").content.decode()
    found = set(re.findall(r'name="(?:_key|csrfmiddlewaretoken)" value="([^"]+)"', page))
    assert found
    bare = Client(enforce_csrf_checks=True)
    for token in found:
        answer = bare.post("/resident_records/desk/move-in", {"csrfmiddlewaretoken": token, "_key": token})
        assert answer.status_code == 403
