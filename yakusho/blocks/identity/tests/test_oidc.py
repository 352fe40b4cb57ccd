"""Staff by OpenID Connect: the whole way, and each lie of a provider or of somebody in between."""

import pytest
from django.test import Client
from django.urls import reverse

from yakusho.blocks.doors import NOBODY
from yakusho.blocks.identity._internal import oidc
from yakusho.blocks.identity.models import OidcSubject
from yakusho.blocks.identity.refusals import SignInFailed
from yakusho.blocks.identity.tests import provider as fake
from yakusho.blocks.identity.tests.provider import ISSUER, Provider
from yakusho.blocks.identity.ways import staff as staff_ways

NONCE = bytes(range(32))
BACK = "http://testserver/identity/staff/oidc/return"


@pytest.fixture
def idp(clock):
    return Provider(clock)


def client(idp, **given):
    told = {"issuer": ISSUER, "client_id": "yakusho", "secret": "s3cret", "login_claim": "preferred_username"} | given
    return oidc.Client(oidc.Provider(**told), transport=idp.transport)


def walk(idp, clock, ours=None, *, nonce=NONCE, issuer=ISSUER, back=BACK):
    """From our address over the provider's page to what it tells us."""
    ours = ours or client(idp)
    came = idp.visit(ours.address(state="s", nonce=NONCE, back=BACK))
    return ours.finish(code=came["code"], nonce=nonce, back=back, issuer=issuer, at=clock.now)


def test_the_provider_tells_who_it_is(idp, clock):
    assert walk(idp, clock) == oidc.Told("u-1", "mari")


def test_the_verifier_never_travels_with_the_challenge(idp, clock):
    address = client(idp).address(state="s", nonce=NONCE, back=BACK)
    walk(idp, clock)
    verifier = idp.exchanged[0]["code_verifier"]
    assert len(verifier) >= 43
    assert verifier not in address
    assert NONCE.hex() not in address


def test_we_can_prove_ourselves_by_a_key(idp, clock):
    idp.client_key = fake.key("client")
    ours = client(idp, secret="", key=idp.client_key.as_pem(private=True).decode())
    assert walk(idp, clock, ours).subject == "u-1"
    assert "client_secret" not in idp.exchanged[0]


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.test"},
        {"iss": f"{ISSUER}/"},
        {"aud": "another"},
        {"aud": ["yakusho", "another"]},
        {"azp": "another"},
        {"sub": ""},
        {"sub": None},
        {"exp": 0},
        {"exp": None},
        {"exp": "soon"},
        {"iat": 0},
        {"iat": None},
        {"iat": 4_000_000_000},
    ],
    ids=str,
)
def test_a_claim_that_is_not_right_is_refused(idp, clock, lie):
    idp.lies = lie
    with pytest.raises(SignInFailed):
        walk(idp, clock)


def test_an_audience_of_several_needs_us_as_the_party(idp, clock):
    idp.lies = {"aud": ["yakusho", "another"], "azp": "yakusho"}
    assert walk(idp, clock).subject == "u-1"


@pytest.mark.parametrize("signer", [fake.unsigned, fake.by_another_key, fake.by_the_public_key, lambda claims: "x.y.z"])
def test_a_token_that_the_provider_did_not_sign_is_refused(idp, clock, signer):
    idp.signer = signer
    with pytest.raises(SignInFailed):
        walk(idp, clock)


def test_a_token_for_another_question_is_refused(idp, clock):
    with pytest.raises(SignInFailed):
        walk(idp, clock, nonce=bytes(32))


def test_an_answer_of_another_provider_is_refused(idp, clock):
    with pytest.raises(SignInFailed):
        walk(idp, clock, issuer="https://evil.test")


def test_a_discovery_document_of_another_provider_is_refused(idp, clock):
    idp.discovery = {"issuer": "https://evil.test"}
    with pytest.raises(SignInFailed):
        walk(idp, clock)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_is_spoken_to_by_tls_alone(idp, clock, name):
    idp.discovery = {name: "http://idp.test/x"}
    with pytest.raises(SignInFailed):
        client(idp).address(state="s", nonce=NONCE, back=BACK)


@pytest.mark.parametrize("given", [{"secret": "wrong"}, {"client_id": "other"}])
def test_the_fake_refuses_strangers_too(idp, clock, given):
    ours = client(idp)
    came = idp.visit(ours.address(state="s", nonce=NONCE, back=BACK))
    with pytest.raises(SignInFailed):
        client(idp, **given).finish(
            code=came["code"] + ("" if given else "x"), nonce=NONCE, back=BACK, issuer="", at=clock.now
        )


def test_a_code_works_once_and_for_one_address(idp, clock):
    ours = client(idp)
    came = idp.visit(ours.address(state="s", nonce=NONCE, back=BACK))
    with pytest.raises(SignInFailed):
        ours.finish(code=came["code"], nonce=NONCE, back="https://evil.test/", issuer="", at=clock.now)
    with pytest.raises(SignInFailed):
        ours.finish(code=came["code"], nonce=NONCE, back=BACK, issuer="", at=clock.now)


@pytest.fixture
def city(browser, staff, idp, monkeypatch):
    """A city with the fake provider; mari is a clerk."""
    staff("mari", ("resident_clerk", "citizen_registration"))
    ours = client(idp)
    monkeypatch.setattr(staff_ways, "client", lambda: ours)
    return browser


def come_back(browser, idp, **other):
    came = idp.visit(browser.get(reverse("identity:oidc_start")).headers["Location"])
    return browser.get(reverse("identity:oidc_return"), came | other)


@pytest.mark.parametrize(
    ("site", "goes_on"), [("none", True), ("same-origin", True), ("cross-site", False), ("same-site", False)]
)
def test_no_other_site_begins_a_session(city, site, goes_on):
    answer = city.get(reverse("identity:oidc_start"), headers={"Sec-Fetch-Site": site})
    assert (answer.headers["Location"] == reverse("identity:staff_sign_in")) is not goes_on


def actor(browser):
    return browser.get(reverse("identity:sign_in")).wsgi_request.actor


def test_staff_sign_in_by_the_provider(city, idp):
    assert "職員認証基盤でサインイン" in city.get(reverse("identity:staff_sign_in")).content.decode()
    assert come_back(city, idp).headers["Location"] == "/desk/"
    assert actor(city).holds("resident_clerk")
    assert OidcSubject.objects.get().subject == "u-1"


def test_no_token_of_the_provider_reaches_the_browser(city, idp, monkeypatch):
    issued = []
    idp.signer = lambda claims: issued.append(fake.signed(claims)) or issued[-1]
    answer = come_back(city, idp)
    held = str(dict(city.session)) + str(answer.headers) + answer.content.decode() + answer.cookies.output()
    assert len(issued) == 1
    assert issued[0] not in held
    assert issued[0].split(".")[2] not in held


def test_the_subject_counts_from_the_second_time_on(city, idp, staff):
    come_back(city, idp)
    staff("boss")
    idp.login = "boss"
    come_back(city, idp)
    assert actor(city).name == "mari"


def test_an_account_has_one_subject(city, idp):
    come_back(city, idp)
    city.post(reverse("identity:sign_out"))
    idp.subject = "u-2"
    assert come_back(city, idp).status_code == 403
    assert actor(city) == NOBODY


@pytest.mark.parametrize("login", ["nobody", "", None])
def test_somebody_without_an_account_gets_the_common_sentence(city, idp, login):
    idp.lies = {"preferred_username": login}
    answer = come_back(city, idp)
    assert answer.status_code == 403
    assert "サインインできませんでした" in answer.content.decode()


def test_a_resident_is_not_reached_through_the_provider(city, idp, resident):
    resident(1)
    idp.login = "resident-1"
    assert come_back(city, idp).status_code == 403


def test_another_state_or_browser_is_refused(city, idp):
    assert come_back(city, idp, state="another").status_code == 403
    came = idp.visit(city.get(reverse("identity:oidc_start")).headers["Location"])
    assert Client().get(reverse("identity:oidc_return"), came).status_code == 403
    assert city.get(reverse("identity:oidc_return"), came).status_code == 302
    assert city.get(reverse("identity:oidc_return"), came).status_code == 403


def test_without_a_provider_there_is_no_way_through_one(browser, monkeypatch):
    monkeypatch.setattr(staff_ways, "client", lambda: None)
    assert "職員認証基盤" not in browser.get(reverse("identity:staff_sign_in")).content.decode()
    assert browser.get(reverse("identity:oidc_return"), {"code": "x", "state": "y"}).status_code == 403


def test_the_city_file_names_the_provider_and_its_secret(settings, tmp_path):
    (tmp_path / "oidc_secret").write_text("s3cret\n")
    settings.SECRETS = tmp_path
    settings.CITY = {"identity": {"oidc": {"issuer": ISSUER, "client_id": "yakusho", "secret": "oidc_secret"}}}
    assert staff_ways.provider() == oidc.Provider(ISSUER, "yakusho", secret="s3cret")
    settings.CITY = {}
    assert staff_ways.provider() is None
