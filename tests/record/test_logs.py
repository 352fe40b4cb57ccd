"""No log tells names, addresses, numbers or secrets: they are planted in a served city, and every log is searched for them."""

import base64
import json
import logging
import os
import re
import sys
from contextlib import suppress
from datetime import datetime

import httpx
import psycopg
import pytest
from django.core.exceptions import DisallowedHost
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.urls import resolve

from tests import house
from yakusho.blocks.audit.models import Entry
from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions
from yakusho.launch import cluster, place
from yakusho.web.logs import Line

NAME, KANA, BLOCK, TITLE = "植木鉢", "ウエキバチ", "98765番43号", "竜胆荘"
NUMBER = "123456789018"
SECRET = re.compile(r"yak_[\w-]{20,}|whsec_[\w+/=]{20,}|otpauth://")
MOVE = {
    "event_on": "2026-11-20",
    "came_from": f"宮城県仙台市{TITLE}",
    "address": {"town": "0405000", "town_name": "若園町", "block": BLOCK},
    "people": [
        {
            "names": {"family": NAME, "given": "竜胆", "family_kana": KANA, "given_kana": "リンドウ", "born": "1990-04-02", "sex": "男"},
            "relation": "世帯主",
            "origin": {"domicile": f"東京都杉並区{TITLE}", "head": NAME},
        }
    ],
}  # fmt: skip
SHEET = f"世帯番号,氏名,フリガナ,生年月日,性別,続柄,町,番地,個人番号\r\n1,{NAME} 花,{KANA} ハナ,1990-01-01,女,世帯主,若園町,{BLOCK},{NUMBER}\r\n"


class Browser(httpx.Client):
    """Somebody at the served city."""

    def __init__(self, site, login):
        super().__init__(base_url=site, timeout=30, headers={"Accept-Language": "ja"})
        self.get("/identity/")
        self.post(f"/identity/sample/sign-in/{login}", data={"csrfmiddlewaretoken": self.token})

    @property
    def token(self):
        return self.cookies["csrftoken"]

    def api(self, path, body):
        return self.post(
            f"/api/{path}", json=body, headers={"X-CSRFToken": self.token, "Idempotency-Key": os.urandom(8).hex()}
        )


@pytest.fixture(scope="module")
def told(django_db_setup):
    """What all logs of a served city said while planted words went through it."""
    name = house.served(f"logs_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}")
    database = cluster.locate(place.find(os.environ)).log
    begun = database.stat().st_size
    planted = [NAME, KANA, BLOCK, TITLE, NUMBER]
    with house.open_city(name) as site:
        planted += plant(site)
    break_a_row(name)
    with psycopg.connect(**who(name), autocommit=True) as owner:
        rows = owner.execute("select count(*), string_agg(e::text, chr(10)) from audit_entry e").fetchone()
    with database.open("rb") as log:
        log.seek(begun)
        logs = {
            "web": (house.beside(name) / "web.log").read_text("utf-8"),
            "database": log.read().decode("utf-8", "replace"),
        }
    house.drop(name)
    return {"planted": planted, "rows": rows[0], "record": rows[1], **logs}


def plant(site):
    """Send the words wherever they belong, and where they do not; gives the secrets that came back."""
    clerk, admin, manager = (Browser(site, login) for login in ("clerk1", "admin1", "manager1"))
    moved = clerk.api("actions/resident_records.move_in", {"notice": MOVE})
    assert moved.status_code == 200, moved.text
    for text in (NAME, BLOCK, NUMBER, TITLE):
        clerk.get("/resident_records/desk/search", params={"text": text})
        clerk.api("queries/resident_records.search", {"text": text})
        clerk.api("queries/resident_records.search", {"text": text, NAME: BLOCK})
        clerk.post("/resident_records/desk/move-in", data={"csrfmiddlewaretoken": "x", "name": text})
        clerk.get(f"/nothing/{text}")
        clerk.get("/identity/", params={"next": f"https://evil.test/{text}"})
    manager.api(
        "actions/resident_exchange.check_import",
        {"file": {"name": f"{NAME}.csv", "content": base64.b64encode(SHEET.encode()).decode()}},
    )
    invited = admin.api("actions/identity.invite", {"account": 1}).json()
    token = admin.api("actions/identity.issue_api_token", {"account": 1, "name": "見本", "scopes": ["*"]}).json()
    hook = admin.api(
        "actions/exchange.register_endpoint", {"endpoint": {"title": "見本", "url": "https://8.8.8.8/hook"}}
    ).json()
    code = invited["code"] if "code" in invited else invited["address"].rsplit("/", 1)[1]
    httpx.get(f"{site}/identity/staff/enrol/{code}")
    httpx.post(f"{site}/identity/staff/enrol/{code}", data={})
    httpx.post(
        f"{site}/api/queries/resident_records.search",
        json={"text": NAME},
        headers={"Authorization": f"Bearer {token['token']}"},
    )
    httpx.get(site, headers={"Host": "evil.test"})
    keys = [one.cookies["sessionid"] for one in (clerk, admin, manager)]
    secrets = [code.partition(".")[2] or code, token["token"], *SECRET.findall(json.dumps(hook)), *keys, clerk.token]
    assert len(secrets) >= 6
    return secrets


def who(name):
    """The application's role at a database."""
    at = connection.settings_dict
    return {"host": at["HOST"], "dbname": name, "user": at["USER"], "password": at["PASSWORD"]}


def break_a_row(name):
    """A row that the database refuses, with planted words in it."""
    row = 'insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body)'
    with psycopg.connect(**who(name), autocommit=True) as made, suppress(psycopg.errors.CheckViolation):
        made.execute(f"{row} values ('{NAME}', '{BLOCK}', 1, '{NUMBER}', '', '', '', '', '{{}}', '', '{{}}')")


@pytest.mark.parametrize("log", ["web", "database", "record"])
def test_no_log_tells_what_was_planted(told, log, record_property):
    record_property(f"planted words found in the {log} log", sum(word in told[log] for word in told["planted"]))
    shown = [word for word in told["planted"] if word in told[log]]
    assert shown == [], (
        "the database may run with settings of before: bin/yakusho down, bin/yakusho db" if log == "database" else ""
    )
    assert SECRET.findall(told[log]) == []


def test_the_logs_were_really_written(told):
    assert "audit_entry_kind" in told["database"]  # the row that was refused
    assert "STATEMENT" not in told["database"]
    assert "django.security" in told["web"]
    assert told["rows"] > 10


def test_forged_forms_and_hosts_are_logged(told):
    lines = [json.loads(line) for line in told["web"].splitlines() if line.startswith("{")]
    loggers = {line["logger"] for line in lines}
    assert {"django.security.csrf", "django.security.DisallowedHost"} <= loggers
    forged = [line["message"] for line in lines if line["logger"] == "django.security.csrf"]
    assert any(message.endswith("identity/staff/enrol/<str:code>") for message in forged)
    assert any("resident_records/" in message for message in forged)


def test_what_other_served_cities_left_tells_no_secrets():
    for path in (house.STATE / "tests").glob("*/web.log"):
        text = path.read_text("utf-8", "replace")
        assert SECRET.findall(text) == [], path
        assert re.findall(r"\d+番\d+号", text) == [], path


def line(message, *given, level=logging.WARNING, error=None, **more):
    made = logging.LogRecord("yakusho.test", level, __file__, 1, message, given, error)
    vars(made).update(more)
    return json.loads(Line().format(made))


def test_a_line_says_when_where_and_what(settings):
    made = logging.LogRecord("yakusho.test", logging.ERROR, __file__, 1, "two\nlines %s", ("\x1b[31m",), None)
    text = Line().format(made)
    assert "\n" not in text
    assert "\x1b" not in text
    told = json.loads(text)
    assert datetime.fromisoformat(told["at"]).utcoffset().total_seconds() == 0
    assert (told["level"], told["logger"], told["node"]) == ("ERROR", "yakusho.test", settings.NODE)


def test_an_address_is_told_as_its_route():
    request = RequestFactory().get("/identity/staff/enrol/himitsu.1234")
    assert line("Forbidden (%s): %s", "no token", request.path, request=request)["message"] == "Forbidden (no token): ?"
    request.resolver_match = resolve(request.path)
    told = line("Forbidden (%s): %s", "no token", request.path, request=request)
    assert told["message"] == "Forbidden (no token): identity/staff/enrol/<str:code>"


def test_a_fault_is_told_without_what_was_typed(db, monkeypatch):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("insert into identity_account (login, name, kind) values (%s, %s, 'x')", [NAME, BLOCK])
    except IntegrityError:
        error = sys.exc_info()
    told = line("%s", "E-1", error=error)
    assert NAME not in json.dumps(told, ensure_ascii=False)
    assert (told["error"], told["cause"], told["sqlstate"][:2]) == ("IntegrityError", "NotNullViolation", "23")
    assert told["frames"]
    monkeypatch.setenv("YAKUSHO_LOG_VALUES", "1")  # in a sample city, where people are invented
    assert "null value" in line("%s", "E-1", error=error)["said"]


def test_errors_of_other_kinds_are_told_by_their_kind():
    for kind in (KeyError(NAME), DisallowedHost("x"), ValueError(BLOCK)):
        try:
            raise kind
        except Exception:
            told = line("x", error=sys.exc_info())
        assert told["error"] == type(kind).__name__
        assert {NAME, BLOCK}.isdisjoint(re.findall(r"\w+", json.dumps(told, ensure_ascii=False)))


def test_every_try_to_sign_in_is_on_record(db, settings):
    at = datetime.fromisoformat("2026-11-23T10:00+09:00")
    tried = {"method": "card", "who": NAME, "address": "192.0.2.7"}
    actions.begin(**tried, by=SYSTEM, at=at)
    row = Entry.objects.filter(door="identity.begin").latest("id")
    assert row.body["method"] == "card"
    assert NAME not in json.dumps(row.body, ensure_ascii=False)
    account = actions.open_account(login="planted", name="見本", by=SYSTEM).account
    attempt = actions.begin(**tried, by=SYSTEM, at=at).attempt
    actions.open_session(attempt=attempt, account=account, proof="passkey", device="", by=SYSTEM, at=at)
    assert Entry.objects.filter(door="identity.open_session").latest("id").kind == "action"
