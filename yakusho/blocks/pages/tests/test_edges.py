"""The small parts of the edge: who may enter, what every page knows, the catalogue's commands."""

from datetime import date

import pytest

from yakusho.blocks.doors import EVERYONE, NOBODY, RESIDENT, STAFF, Actor, Grant
from yakusho.blocks.pages import access, catalogs, context, language
from yakusho.blocks.pages.render import DESK, PORTAL, page, shell_for
from yakusho.blocks.pages.tests.toys import RESIDENT_ACTOR, Closed, request
from yakusho.kit.refusal import NotAllowed

CLERK = Actor(3, "工藤", frozenset({Grant("clerk", "desk")}))


def test_doors_open_to_whom_they_allow():
    access.enter(request(), EVERYONE)
    access.enter(request(actor=RESIDENT_ACTOR), RESIDENT)
    access.enter(request(actor=CLERK), STAFF)
    for actor, allowed in ((NOBODY, RESIDENT), (CLERK, RESIDENT), (RESIDENT_ACTOR, STAFF)):
        with pytest.raises(NotAllowed):
            access.enter(request(actor=actor), allowed)


def test_residents_and_staff_sign_in_at_their_own_doors(monkeypatch):
    monkeypatch.setattr(access, "SIGN_IN", "portal:home")
    monkeypatch.setattr(access, "STAFF_SIGN_IN", "portal:search")
    assert access.sign_in_address(request("/room/desk/x")) == "/search?next=%2Froom%2Fdesk%2Fx"
    assert access.sign_in_address(request("/room/x", post={})) == "/"
    assert access.sign_in_address(request(actor=CLERK)) == ""
    monkeypatch.setattr(access, "SIGN_IN", "nobody:serves")
    assert access.sign_in_address(request("/room/x")) == ""


def test_the_shell_follows_the_person_and_may_be_chosen():
    assert shell_for(request(actor=CLERK)) == DESK
    assert shell_for(request(actor=RESIDENT_ACTOR)) == PORTAL
    answer = page(request(actor=CLERK), "pages/state.html", shell=PORTAL, title="題", lead="文", status=409)
    assert answer.status_code == 409
    assert b'class="desk"' not in answer.content


def test_every_page_knows_city_language_and_ways():
    known = context.city(request())
    assert (known["city_name"], known["sample_city"], known["language"].word) == ("盛岡市", True, "ja")
    assert "sign_out_address" not in known
    signed = request(actor=CLERK)
    signed.idle_seconds = 300
    assert context.city(signed)["idle_seconds"] == 300
    assert context.city(signed)["desk_address"] == "/desk/"
    assert context.city(request(actor=RESIDENT_ACTOR))["desk_address"] == ""


def test_a_screen_that_may_be_left_is_watched():
    signed = request(actor=CLERK)
    signed.idle_seconds = 300
    html = page(signed, "pages/state.html", title="題", lead="文").content.decode()
    assert 'data-idle="300"' in html
    assert "data-next-person" in html
    assert "data-idle=" not in page(request(), "pages/state.html", title="題", lead="文").content.decode()


def test_a_refusal_is_said_in_each_language():

    refusal = Closed(opens=date(2026, 12, 1))
    assert language.sentence(refusal).startswith("受付は令和8年")


def test_the_catalogues_commands(tmp_path, capsys):
    app = tmp_path / "room"
    (app / "templates").mkdir(parents=True)
    (app / "templates" / "a.html").write_text('{% translate "甲" %}')
    (app / "tests").mkdir()
    (app / "tests" / "b.html").write_text('{% translate "乙" %}')
    assert catalogs.main(["collect", str(app)]) == 1
    assert capsys.readouterr().out == "room en: 甲\n"
    path = catalogs.po_path(app, "en")
    path.write_text(
        path.read_text().replace('msgstr ""\n', 'msgstr "A"\n').replace('msgid ""\nmsgstr "A"', 'msgid ""\nmsgstr ""')
    )
    before = path.read_bytes()
    assert catalogs.main(["collect", str(app)]) == 0
    assert path.read_bytes() == before
    assert catalogs.main(["compile", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip().endswith("django.mo")
