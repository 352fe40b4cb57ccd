"""Every page, every parameter and every form × what attackers type: nothing fails, nothing runs, nothing leads away."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.hostile import payloads
from tests.hostile.addresses import found, made_up, patterns, read, read_names
from tests.hostile.attackers import PEOPLE, undone
from tests.sizes import LONG

EXEMPT = {"identity/sample/ocsp/<slug:kind>"}  # a card's responder has no session and changes nothing
GENTLE = (payloads.COCKTAIL, "\r\n".join(payloads.HEADER), payloads.PATH[0], payloads.REDIRECT[1], payloads.UNFIT[0])
EVERYTHING = (
    *payloads.SQL, *payloads.MARKUP, *payloads.TEMPLATE, *payloads.HEADER, *payloads.PATH, *payloads.REDIRECT,
    *payloads.FORMULA, *payloads.UNFIT, *payloads.JAPANESE, *payloads.NUMBERS, *payloads.DAYS, "長" * 100_000,
)  # fmt: skip
TYPED = (
    (*EVERYTHING, *GENTLE) if LONG else (payloads.COCKTAIL, payloads.REDIRECT[1], payloads.UNFIT[0], payloads.DAYS[0])
)
ASKED = TYPED if LONG else (payloads.COCKTAIL + "\r\n".join(payloads.HEADER), payloads.REDIRECT[1], payloads.NUMBERS[0])


@pytest.fixture(scope="module")
def pages(visitors):
    """Route → address and person; nearly all of them open to somebody."""
    every = found(visitors)
    with undone():
        opened = [where for where, (address, login) in every.items() if visitors[login].get(address).status_code == 200]
    assert len(opened) >= len(every) * 0.7, sorted(set(every) - set(opened))
    return every


def faults_of(answer):
    """What is wrong with any answer of a page, whatever was sent."""
    found = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    policy = answer.headers.get("Content-Security-Policy", "")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        found += [] if policy and "unsafe" not in policy and "*" not in policy else [f"policy {policy!r}"]
        found += read(answer).wrong
    text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
    found += ["a template was computed"] if str(payloads.PRODUCT) in text else []
    found += [f"header {name}" for name in answer.headers if name.lower() == "x-hostile"]
    found += ["cookie"] if "hostile" in answer.cookies else []
    found += ["a file of the machine"] if "root:x:0" in text else []
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        found.append("may be sniffed")
    away = urlsplit(answer.headers.get("Location", "")).netloc
    return found + ([f"leads to {away}"] if away else [])


def injected():
    """Whether a payload ran as SQL on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [payloads.OWNED])
        return cursor.fetchone()[0]


def attack(visitor, how, address, data=None):
    """One request and what it did wrong."""
    with undone():
        answer = getattr(visitor, how)(address, data or {})
        wrong = faults_of(answer)
        wrong += ["SQL ran"] if injected() else []
    return answer, [f"{visitor.login_name or 'nobody'} {how} {address[:90]} {str(data)[:120]}: {one}" for one in wrong]


def test_every_page_stands_under_the_policy_for_everybody(pages, visitors, faults):
    wrong = []
    for address, _ in pages.values():
        for login in PEOPLE if LONG else ("", "clerk1"):
            wrong += attack(visitors[login], "get", address)[1]
    assert wrong == [], "\n".join([*wrong, *faults])


def parameters(page):
    """Names that this page may read: those of its own forms, and all that any view reads."""
    return {*read_names("GET"), *(name for form in read(page).forms for name in form["fields"])}


def test_whatever_is_typed_into_addresses_does_nothing(pages, visitors, faults, record_property):
    wrong, sent = [], 0
    for address, login in pages.values():
        visitor = visitors[login]
        page, _ = attack(visitor, "get", address)
        plain = address.partition("?")[0]
        for payload in ASKED:
            wrong += attack(visitor, "get", plain, dict.fromkeys(parameters(page), payload))[1]
            sent += 1
    record_property("addresses", sent)
    assert wrong == [], "\n".join([*wrong, *faults])


def test_whatever_stands_in_the_path_does_nothing(visitors, faults):
    wrong = []
    for where, _ in patterns():
        if "<" in where:
            for payload in ("9" * 40, "%00", "%3Chostile-tag%3E", "%2e%2e%2f", "%0d%0aX-Hostile:1", "%ff", "０"):
                address = re.sub(r"<\w+:\w+>", payload, made_up("") + where)
                wrong += attack(visitors["clerk1"], "get", address)[1]
    assert wrong == [], "\n".join([*wrong, *faults])


def text_fields(form):
    """Names of a form's fields into which something can be typed, with what stands in the others."""
    kept = {name: value for name, (kind, value) in form["fields"].items() if name != "csrfmiddlewaretoken"}
    typed = [
        name
        for name, (kind, _) in form["fields"].items()
        if kind in ("text", "email", "textarea", "password", "hidden")
    ]
    return kept, [name for name in typed if name in kept and not name.startswith("_")]


def test_whatever_is_typed_into_forms_does_nothing(pages, visitors, faults, record_property):
    wrong, sent = [], 0
    for address, login in pages.values():
        visitor = visitors[login]
        page, _ = attack(visitor, "get", address)
        for form in read(page).forms:
            if form["method"].lower() != "post" or "/out" in form["action"]:
                continue
            kept, typed = text_fields(form)
            for payload in TYPED:
                data = {"csrfmiddlewaretoken": visitor.token, **kept, **dict.fromkeys(typed, payload)}
                wrong += attack(visitor, "post", form["action"] or address, data)[1]
                sent += 1
    record_property("forms", sent)
    assert wrong == [], "\n".join([*wrong, *faults])


def test_a_form_of_another_site_is_refused_everywhere(pages, visitors):
    exempt = {where for where, view in patterns() if getattr(view, "csrf_exempt", False)}
    assert exempt == EXEMPT
    for where, (address, login) in pages.items():
        if where in EXEMPT:
            continue
        with undone():
            answer = visitors[login].post(address.partition("?")[0], {"act": "agree"})
        assert answer.status_code == 403, where
        assert "csrf" not in answer.content.decode().lower().replace("csrfmiddlewaretoken", "")


@pytest.mark.parametrize("wanted", payloads.REDIRECT)
def test_nobody_is_led_away_after_signing_in(visitors, wanted):
    with undone():
        visitors[""].get("/identity/", {"next": wanted})
        answer = visitors[""].send("/identity/sample/sign-in/clerk1", {"next": wanted})
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer.headers["Location"])
