"""The sample city: its authorities over HTTP, its sign-ins, and their absence everywhere else."""

import json
import os
import stat
import subprocess
import sys
from io import StringIO

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import call_command
from django.urls import reverse

from tests.house import ROOT
from yakusho.blocks.identity import evidence, samples
from yakusho.blocks.identity.actors import actor_for
from yakusho.blocks.identity.models import Account, Appointment, CardLink
from yakusho.blocks.identity.samples import NotASampleCity
from yakusho.blocks.identity.tests.conftest import MISAKI, ON
from yakusho.blocks.identity.ways import cards
from yakusho.blocks.jpki import revocation, trust
from yakusho.blocks.jpki.profile import Kind
from yakusho.blocks.jpki.refusals import CardRevoked, NoSignatureCertificate, RevocationUnknown, UnreadableCard
from yakusho.blocks.jpki.responders import LARGEST, HttpSource
from yakusho.blocks.jpki.sample_cards import CardBox
from yakusho.kit.refusal import NotFound


@pytest.fixture
def card(browser, clock):
    return samples.issue_sample_card(MISAKI, at=clock.now)


def test_the_sample_accounts_are_made_once(browser, clock):
    for _ in range(2):
        made = samples.ensure_sample_accounts(resident=7, items=MISAKI, on=ON, at=clock.now)
    assert {one.login for one in made} == set(Account.objects.values_list("login", flat=True))
    assert (Appointment.objects.count(), CardLink.objects.count()) == (4, 1)
    assert actor_for("resident1", ON).person == 7
    assert actor_for("clerk1", ON).holds("resident_clerk")


def test_the_command_prints_them():
    out = StringIO()
    call_command("signins", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == [one.login for one in samples.SAMPLES]
    assert "resident_clerk @ citizen_registration" in lines[1]


def test_another_city_has_no_samples(browser, clock, settings):
    settings.SAMPLE_CITY = False
    with pytest.raises(NotASampleCity):
        samples.ensure_sample_accounts(resident=7, items=MISAKI, on=ON, at=clock.now)
    with pytest.raises(NotASampleCity):
        samples.issue_sample_card(MISAKI, at=clock.now)
    assert "見本のサインイン" not in browser.get(reverse("identity:sign_in")).content.decode()
    assert browser.post(reverse("identity:sample_sign_in", args=["clerk1"])).status_code == 404
    assert browser.get(reverse("identity:sample_crl", args=["signature"])).status_code == 404
    out = StringIO()
    call_command("signins", stdout=out)
    assert "No sample sign-ins" in out.getvalue()


def test_another_city_has_not_even_the_addresses(tmp_path):
    (tmp_path / "city.toml").write_text('name = "本番市"\nsample = false\n', "utf-8")
    code = (
        "import django; from django.conf import settings; settings.SAMPLE_CITY = False; django.setup();"
        "from yakusho.blocks.identity import urls; print([one.name for one in urls.urlpatterns])"
    )
    env = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "yakusho.web.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert "sign_in" in done.stdout
    assert "sample" not in done.stdout


def test_the_sample_trust_is_nothing_elsewhere(card, settings):
    assert len(cards.trusted().authorities) == 2
    settings.SAMPLE_CITY = False
    assert cards.trusted().authorities == ()
    assert isinstance(cards.source(None), HttpSource)


def test_keys_are_readable_by_the_city_alone(card, state):
    files = list((state / "sample_cards").rglob("*.json"))
    assert len(files) == 3
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)


def test_pins_are_not_kept_in_clear(card, state):
    stored = (state / "sample_cards" / "cards" / f"{card}.json").read_text("utf-8")
    assert json.loads(stored)["holder"] == MISAKI.name
    assert "MIHON123" not in stored
    assert '"1234"' not in stored


def through(browser):
    """An HTTP transport that ends at the sample city's own addresses."""

    def answer(request):
        made = browser.generic(
            request.method, request.url.path, request.content, content_type="application/ocsp-request"
        )
        return httpx.Response(made.status_code, content=made.content)

    return HttpSource(httpx.MockTransport(answer))


def pinned(kind, ocsp=True, crl=True):
    own = cards.box().authority(kind).certificate
    addresses = [
        f"http://city.test{reverse(name, args=[kind])}" for name in ("identity:sample_ocsp", "identity:sample_crl")
    ]
    return trust.Authority(kind, own, frozenset(), addresses[0] if ocsp else "", addresses[1] if crl else "")


@pytest.mark.parametrize("protocol", ["ocsp", "crl"])
def test_the_responder_answers_over_http(browser, card, clock, protocol):
    certificate = cards.box().certificate(card, Kind.AUTHENTICATION)
    authority = pinned(Kind.AUTHENTICATION, ocsp=protocol == "ocsp")
    assert revocation.check(certificate, authority, source=through(browser), at=clock.now).protocol == protocol
    cards.box().revoke(card, at=clock.now)
    with pytest.raises(CardRevoked):
        revocation.check(certificate, authority, source=through(browser), at=clock.now)


@pytest.mark.parametrize("body", [b"", b"rubbish"])
def test_the_responder_refuses_rubbish(browser, card, body):
    page = reverse("identity:sample_ocsp", args=["signature"])
    assert browser.generic("POST", page, body, content_type="application/ocsp-request").status_code == 400
    assert browser.get(reverse("identity:sample_crl", args=["other"])).status_code == 404


def failing(request):
    raise httpx.ConnectError("no route", request=request)


@pytest.mark.parametrize(
    "answer",
    [
        failing,
        lambda request: httpx.Response(500),
        lambda request: httpx.Response(302, headers={"Location": "http://evil.test"}),
        lambda request: httpx.Response(200, content=b"<html>"),
        lambda request: httpx.Response(200, content=b"\0" * (LARGEST + 1)),
    ],
)
def test_a_responder_that_fails_is_no_permission(browser, card, clock, answer):
    certificate = cards.box().certificate(card, Kind.AUTHENTICATION)
    source = HttpSource(httpx.MockTransport(answer))
    with pytest.raises(RevocationUnknown):
        revocation.check(certificate, pinned(Kind.AUTHENTICATION), source=source, at=clock.now)


def test_a_signed_application_is_kept_with_its_evidence(card, clock):
    document = cards.box().sign(card, "MIHON123", "申請".encode())
    kept = evidence.verify_application(document, content="申請".encode(), at=clock.now)
    assert (kept.signer.name, kept.protocol, kept.verified_at) == (MISAKI.name, "ocsp", clock.now)
    assert kept.certificate == cards.box().certificate(card, Kind.SIGNATURE).public_bytes(Encoding.DER)
    with pytest.raises(UnreadableCard):
        evidence.verify_application(document, content="別の申請".encode(), at=clock.now)


def test_an_unknown_card_is_not_in_the_box(card, state):
    box = CardBox(state / "sample_cards")
    with pytest.raises(NotFound):
        box.certificate("ffffff", Kind.SIGNATURE)
    with pytest.raises(NotFound):
        box.answer("../signature", "1234", b"")
    assert [face.number for face in box.faces()] == [card]


def test_a_childs_card_has_no_signature(browser, clock, state):
    child = type(MISAKI)("髙橋 結", ON.replace(year=2015), "2", MISAKI.address)
    number = samples.issue_sample_card(child, at=clock.now)
    assert cards.box().faces()[0].signs is False
    with pytest.raises(NoSignatureCertificate):
        cards.box().sign(number, "MIHON123", b"")


def test_a_trust_list_is_read_from_its_folder(card, state):
    folder = state / "sample_cards" / "trust"
    text = (folder / "trust.toml").read_text() + "\n"
    more = text.replace(
        'anchors = ["signature.pem"]', 'anchors = ["signature.pem"]\nocsp = "https://ocsp.test/"\npolicies = ["1.2.3"]'
    )
    (folder / "trust.toml").write_text(more)
    found = {one.kind: one for one in trust.load(folder).authorities}
    assert (found[Kind.SIGNATURE].ocsp, found[Kind.SIGNATURE].policies) == ("https://ocsp.test/", frozenset({"1.2.3"}))
    assert found[Kind.AUTHENTICATION].ocsp == ""
    assert trust.load(state / "nowhere").authorities == ()
