"""Every text, number and day of every door × what attackers type, over the API: no fault, nothing runs, no page comes back."""

from __future__ import annotations

import json

import pytest

from tests.hostile import payloads
from tests.hostile.addresses import resident
from tests.hostile.attackers import PEOPLE, fitting, undone
from tests.hostile.inputs import Input
from tests.hostile.test_pages import injected
from tests.sizes import LONG, half
from yakusho.blocks.doors import registry
from yakusho.web.api import is_public

DOORS = [
    door
    for door in sorted((registry.actions | registry.queries).values(), key=lambda door: door.name)
    if is_public(door) and "tests" not in door.function.__module__
]
TEXTS = (
    *payloads.SQL, *payloads.MARKUP, *payloads.TEMPLATE, *payloads.HEADER, *payloads.PATH, *payloads.REDIRECT,
    *payloads.FORMULA, *payloads.UNFIT, *payloads.JAPANESE, *payloads.NUMBERS, *payloads.DAYS, payloads.LONG_TEXT,
)  # fmt: skip
QUICK = (payloads.SHORT[0], payloads.SHORT[1], payloads.UNFIT[0], "\ud800", payloads.JAPANESE[1])
INTEGERS = (2**63, -(2**63) - 1, 10**400, 2**31, -1, 0)
DAYS = ("9999-12-31", "0001-01-01", "1799-12-31", "2299-12-31", "1800-01-01", "2026-02-30", "0001-01-01T00:00:00+14:00")
# Read again by what opens it: a base64 file has its own refusal, a number of a paper is looked up.
ANY_LENGTH = {"content", "request", "number", "code", "text", "after", "state", "office", "role", "address", "post"}


def attacks(given):
    """Each attack on an input: bodies as they are sent."""
    for place, schema in given.texts:
        for payload in TEXTS if LONG else QUICK:
            yield given.with_(place, payload)
            if len(payload) > schema.get("maxLength", 10**9):
                yield given.with_(place, payload[: schema["maxLength"]])
    for place in given.numbers:
        yield from (given.with_(place, number) for number in (INTEGERS if LONG else INTEGERS[:5]))
    for place in given.days:
        yield from (given.with_(place, day) for day in DAYS)


def wrong_with(answer):
    """What an answer of the API must never be."""
    said = answer.content.decode()
    found = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    found += [] if "json" in answer.headers["Content-Type"] else [f"type {answer.headers['Content-Type']}"]
    found += ["computed"] if str(payloads.PRODUCT) in said else []
    found += ["a file of the machine"] if "root:x:0" in said else []
    return found + (["SQL ran"] if injected() else [])


@pytest.mark.parametrize("door", half(DOORS), ids=lambda door: door.name)
def test_nothing_that_is_typed_breaks_a_door(visitors, faults, door, record_property):
    given, wrong, sent = Input(door.input_model, {"person": resident()}), [], 0
    for body in attacks(given):
        with undone():
            answer = visitors[fitting(door)].api(door, json.dumps(body))
            wrong += [f"{json.dumps(body)[:300]}: {one}" for one in wrong_with(answer)]
            sent += 1
    record_property("attacks", sent)
    assert wrong == [], "\n".join([*wrong, *faults])
    assert faults == []


@pytest.mark.parametrize("door", [door for door in DOORS if door.kind == "action"], ids=lambda door: door.name)
def test_every_text_of_an_action_has_an_end(door):
    endless = [place for place in Input(door.input_model, {}).without_limit() if place[-1] not in ANY_LENGTH]
    assert endless == []


@pytest.mark.parametrize(
    "body", ["", "{", "null", "[]", "0", '"x"', "[" * 100_000, '{"a":' * 50_000, "9" * 5000, "NaN", '{"a":1,"a":2}']
)
def test_what_is_no_input_is_a_problem_and_no_fault(visitors, faults, body):
    for door in (registry.queries["places.towns"], registry.actions["exchange.add_key"]):
        with undone():
            answer = visitors["admin1"].api(door, body)
        assert answer.status_code in (200, 400, 422), answer.content
        assert answer.status_code == 200 or answer.headers["Content-Type"] == "application/problem+json"
    assert faults == []


def test_more_than_any_input_is_a_problem_too(visitors, faults):
    with undone():
        answer = visitors["admin1"].api(registry.queries["places.find_town"], json.dumps({"text": "長" * 12_000_000}))
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert faults == []


@pytest.mark.parametrize("login", [login for login in PEOPLE if login])
def test_a_session_without_its_token_does_not_open_the_api(visitors, login):
    for door in DOORS:
        with undone():
            answer = visitors[login].api(door, {}, **{"X-CSRFToken": "a" * 32})
        assert answer.status_code in (403, 422), door.name
        if not door.input_model.model_json_schema().get("required"):
            assert answer.status_code == 403, door.name


@pytest.mark.parametrize("key", ["a" * 101, "", "\x00", "é", "a\r\nX-Hostile: 1"])
def test_a_key_of_any_kind_is_no_fault(visitors, faults, key):
    with undone():
        answer = visitors["admin1"].api(
            registry.actions["exchange.add_key"], {"endpoint": 1}, **{"Idempotency-Key": key}
        )
    assert answer.status_code in (200, 400, 422)
    assert faults == []


INSIDE = (
    "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://2130706433/", "https://0x7f000001/",
    "https://0177.0.0.1/", "https://127.1/", "https://0/", "https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.1/",
    "https://169.254.169.254/latest/meta-data", "https://[fd00::1]/", "https://[fe80::1]/", "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://100.64.0.1/", "https://224.0.0.1/", "http://8.8.8.8/",
    "file:///etc/passwd", "gopher://8.8.8.8/", "https://8.8.8.8@127.0.0.1/", "https://user:x@8.8.8.8/", "https://", "https:///x",
    "https://127.0.0.1:5432/", "https://127.0.0.1\\@8.8.8.8/", "https://8.8.8.8:99999/", "//8.8.8.8/", "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/", "https://[::]/", "https://[::127.0.0.1]/", "https://255.255.255.255/", "https://[", "https://\u0000/",
)  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_a_webhook_never_points_inside(visitors, faults, url):
    with undone():
        hook = {"endpoint": {"title": "見本", "url": url}}
        answer = visitors["admin1"].api(registry.actions["exchange.register_endpoint"], hook)
    assert answer.status_code == 422, (url, answer.content)
    assert faults == []


@pytest.mark.parametrize(
    "address", ["a@b.jp\r\nBcc: x@evil.example", "a@b.jp\nX: 1", "a@b.jp, x@evil.example", "<a@b.jp>"]
)
def test_an_address_of_mail_is_one_address(visitors, address):
    door = registry.actions["messages.set_contact"]
    given = Input(door.input_model, {})
    (place,) = [place for place, _ in given.texts if place[-1] in ("email", "mail", "address")]
    with undone():
        assert visitors["resident1"].api(door, given.with_(place, address)).status_code == 422
