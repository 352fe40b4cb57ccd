"""What every answer of the house carries, and what it does not: asked in process, as everybody, on every page."""

import re

import pytest

from tests.hostile.addresses import found
from tests.hostile.attackers import Visitor, undone
from yakusho.blocks.audit.models import Entry
from yakusho.blocks.doors import registry

OUTSIDE = {"https://evil.test", "null"}


@pytest.fixture(scope="module")
def pages(visitors):
    """Route → address and person."""
    return found(visitors)


@pytest.fixture(scope="module")
def answers(pages, visitors):
    """One answer of every kind: each page, a file, the API, refusals of every status."""
    clerk, nobody = visitors["clerk1"], visitors[""]
    asked = registry.queries["resident_records.search"]
    with undone():
        made = {where: visitors[login].get(address) for where, (address, login) in pages.items()}
        made |= {
            "api": clerk.api(asked, {"text": "さとう"}),
            "api refused": nobody.api(asked, {"text": "さとう"}),
            "api unreadable": clerk.api(asked, "{"),
            "api unknown": nobody.get("/api/queries/nothing.here"),
            "description": nobody.get("/api/openapi.json"),
            "404": nobody.get("/nothing/here"),
            "403": clerk.post("/identity/out", {}),
            "405": clerk.get("/identity/out"),
        }
    return made


def test_every_answer_says_its_kind_and_its_characters(answers):
    assert len(answers) > 60
    wrong = {}
    for where, answer in answers.items():
        kind = answer.headers.get("Content-Type", "")
        text = kind.startswith(("text/", "application/xml"))
        if (answer.content and not kind) or (text and "charset=utf-8" not in kind):
            wrong[where] = kind
        if answer.content.lstrip()[:1] in (b"{", b"[") and "json" not in kind:
            wrong[where] = kind
    assert wrong == {}


def test_every_answer_stands_under_the_whole_policy(answers):
    policy = (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
    for where, answer in answers.items():
        given = answer.headers.get("Content-Security-Policy", "")
        assert [rule for rule in policy if rule not in given] == [], where
        assert "unsafe" not in given, where
        assert answer.headers["X-Content-Type-Options"] == "nosniff", where
        assert answer.headers["Referrer-Policy"] == "same-origin", where
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", where
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", where


@pytest.mark.parametrize("origin", sorted(OUTSIDE))
def test_no_other_origin_is_let_in(visitors, origin):
    asked = registry.queries["resident_records.search"]
    with undone():
        headers = {"Origin": origin, "X-CSRFToken": visitors["clerk1"].token}
        for answer in (
            visitors["clerk1"].get("/desk/", headers={"Origin": origin}),
            visitors["clerk1"].options("/api/queries/resident_records.search", headers=headers),
            visitors["clerk1"].api(asked, {"text": "さとう"}, Origin=origin),
        ):
            assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
        assert answer.status_code == 403


def test_pages_of_somebody_stay_in_no_cache(pages, visitors):
    for where, (address, login) in pages.items():
        if login:
            with undone():
                answer = visitors[login].get(address)
            assert answer.headers["Cache-Control"] == "no-store", where
            assert "Cookie" in answer.headers["Vary"], where


def test_every_page_of_somebody_leads_out(pages, visitors):
    shown = 0
    for where, (address, login) in pages.items():
        with undone():
            answer = visitors[login].get(address) if login else None
        if answer is not None and answer.status_code == 200 and b"<html" in answer.content:
            shown += 1
            assert 'action="/identity/out"' in answer.content.decode(), where
    assert shown > 20


def test_looking_changes_nothing(pages, visitors):
    before = Entry.objects.filter(kind="action").exclude(door__startswith="identity.").count()
    for address, login in pages.values():
        visitors[login].get(address)
    after = Entry.objects.filter(kind="action").exclude(door__startswith="identity.").count()
    assert after == before


def test_files_are_sent_as_files_under_names_of_ours(answers):
    files = {where: answer for where, answer in answers.items() if "Content-Disposition" in answer.headers}
    assert files
    for where, answer in files.items():
        assert re.fullmatch(r'attachment; filename="[\w.-]+"', answer.headers["Content-Disposition"]), where


def test_a_token_in_the_address_counts_for_nothing(visitors):
    with undone():
        clerk = visitors["clerk1"]
        answer = clerk.post(f"/identity/out?csrfmiddlewaretoken={clerk.token}", {})
        assert answer.status_code == 403
        bearer = Visitor().get("/desk/?Authorization=Bearer+yak_x&token=yak_x")
        assert bearer.status_code == 302


def test_the_same_name_twice_is_read_once_and_in_one_way(visitors):
    with undone():
        clerk = visitors["clerk1"]
        one = clerk.get("/resident_records/desk/search?text=ああああ&text=いいいい")
        assert one.status_code == 200
        assert "いいいい" in one.content.decode()
        assert "ああああ" not in one.content.decode()
        form = [("csrfmiddlewaretoken", "x" * 64), ("csrfmiddlewaretoken", clerk.token)]
        body = "&".join(f"{name}={value}" for name, value in reversed(form))
        answer = clerk.post("/identity/out", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 403  # the last one counts, whatever stood before


def test_keys_of_sessions_are_long_and_all_different(city):
    with undone():
        keys = [Visitor("clerk1").cookies["sessionid"].value for _ in range(5)]
    assert len(set(keys)) == 5
    assert all(re.fullmatch(r"[a-z0-9]{32}", key) for key in keys)  # 165 bits


def test_cookies_tell_nothing_and_no_script_reads_them(city):
    with undone():
        clerk = Visitor("clerk1")
        clerk.get("/desk/?lang=en")
        assert set(clerk.cookies) == {"sessionid", "csrftoken", "lang"}
        for cookie in clerk.cookies.values():
            assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")


def test_only_what_is_meant_for_everybody_describes_the_house(visitors):
    with undone():
        assert visitors[""].get("/api/openapi.json").status_code == 200
        for address in (
            "/api/docs",
            "/api/redoc",
            "/admin/",
            "/metrics",
            "/debug/",
            "/.env",
            "/server-status",
            "/__debug__/",
        ):
            assert visitors["admin1"].get(address).status_code == 404, address
