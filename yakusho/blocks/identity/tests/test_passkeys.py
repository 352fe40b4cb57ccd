"""Passkeys by a software authenticator: residents, staff with codes, the first registration, and what must not pass."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from yakusho.blocks.doors import NOBODY, SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity._internal.visitor import Visitor
from yakusho.blocks.identity.models import PasskeyCredential
from yakusho.blocks.identity.refusals import SignInFailed
from yakusho.blocks.identity.tests.authenticator import PRESENT, Authenticator, b64, unb64
from yakusho.blocks.identity.values import Purpose, Question
from yakusho.blocks.identity.ways import passkeys


def asked(browser, what="passkey_options"):
    return browser.post(reverse(f"identity:{what}")).json()


def use(browser, device, question=None, **more):
    question = question or asked(browser)
    given = {"question": question["question"], "answer": device.use(question["options"]), **more}
    return browser.post(reverse("identity:passkey"), given)


def keep(account, device, at):
    """Register a device without a browser, as an earlier day did."""
    actions.register_passkey(
        account=account,
        name="電話",
        passkey={"credential": device.id.hex(), "public_key": device._public().hex(), "sign_count": 0},
        by=SYSTEM,
        at=at,
    )


def actor(browser):
    return browser.get(reverse("identity:sign_in")).wsgi_request.actor


@pytest.fixture
def device():
    return Authenticator()


@pytest.fixture
def home(browser, resident, device, clock):
    """Resident 1 has a passkey."""
    keep(resident(1), device, clock.now)
    return browser


def test_a_resident_signs_in_with_a_passkey(home, device):
    assert use(home, device).headers["Location"] == "/"
    found = actor(home)
    assert (found.person, found.proof) == (1, "passkey")
    assert PasskeyCredential.objects.get().used_at is not None


def test_the_browser_is_asked_for_verification_and_told_no_names(home):
    options = asked(home)["options"]
    assert options["userVerification"] == "required"
    assert options.get("allowCredentials", []) == []
    assert len(unb64(options["challenge"])) == 32


def refused(browser, answer):
    assert answer.status_code == 403
    assert "サインインできませんでした" in answer.content.decode()
    assert actor(browser) == NOBODY


def test_an_unknown_passkey_gets_the_sentence_for_a_wrong_one(home, device):
    unknown = use(home, Authenticator())
    refused(home, unknown)
    device.key = Authenticator().key
    wrong = use(home, device)
    refused(home, wrong)
    assert [line for line in unknown.content.decode().splitlines() if "サインインできません" in line] == [
        line for line in wrong.content.decode().splitlines() if "サインインできません" in line
    ]


def test_another_site_cannot_pass_an_answer_on(home, device):
    device.origin = "https://evil.test"
    refused(home, use(home, device))


def test_a_device_that_did_not_verify_its_user_is_refused(home, device):
    device.flags = PRESENT
    refused(home, use(home, device))


def test_a_copied_key_is_betrayed_by_its_counter(home, device):
    device.count = 10
    use(home, device)
    home.post(reverse("identity:sign_out"))
    device.count = 5
    refused(home, use(home, device))


def test_an_answer_works_once_and_in_its_browser(home, device):
    question = asked(home)
    answer = {"question": question["question"], "answer": device.use(question["options"])}
    thief = Client()
    assert thief.post(reverse("identity:passkey"), answer).status_code == 403
    assert home.post(reverse("identity:passkey"), answer).status_code == 302
    home.post(reverse("identity:sign_out"))
    assert home.post(reverse("identity:passkey"), answer).status_code == 403
    assert actor(home) == NOBODY


def test_an_answer_to_another_question_is_refused(home, device):
    first, second = asked(home), asked(home)
    mixed = {"question": second["question"], "answer": device.use(first["options"])}
    refused(home, home.post(reverse("identity:passkey"), mixed))


@pytest.mark.parametrize(
    "rubbish", ["", "[]", "{}", "null", "{", '{"rawId": "x"}', '{"rawId": 5, "id": []}', "9" * 30_000]
)
def test_rubbish_is_refused(home, rubbish):
    question = asked(home)["question"]
    assert home.post(reverse("identity:passkey"), {"question": question, "answer": rubbish}).status_code == 403


def test_an_ended_passkey_no_longer_opens(home, device, clock):
    PasskeyCredential.objects.update(ended_at=clock.now)
    refused(home, use(home, device))


def test_a_passkey_renews_the_proof_of_its_own_person_only(home, device, resident, clock):
    use(home, device)
    clock.turn(minutes=10)
    assert use(home, device, purpose="fresh").status_code == 302
    assert actor(home).proved_at == clock.now
    stranger = Authenticator()
    keep(resident(2, "他人"), stranger, clock.now)
    answer = use(home, stranger, purpose="fresh")
    assert answer.status_code == 403
    assert "サインアウトしました" in answer.content.decode()
    assert actor(home) == NOBODY


def register(browser, device, name="電話"):
    question = asked(browser, "new_passkey_options")
    given = {"question": question["question"], "answer": device.make(question["options"]), "name": name}
    return browser.post(reverse("identity:new_passkey"), given)


def test_a_second_device_is_registered_after_a_fresh_proof(home, device, clock):
    use(home, device)
    second = Authenticator()
    assert register(home, second, "タブレット").headers["Location"] == reverse("identity:mine")
    assert "タブレット" in home.get(reverse("identity:mine")).content.decode()
    home.post(reverse("identity:sign_out"))
    assert use(home, second).status_code == 302
    clock.turn(minutes=12)
    assert register(home, Authenticator()).headers["Location"].startswith(reverse("identity:again"))


@pytest.mark.parametrize("fault", ["origin", "flags", "twice"])
def test_a_registration_that_is_not_right_is_refused(home, device, fault):
    use(home, device)
    new = Authenticator(origin="https://evil.test" if fault == "origin" else "http://testserver")
    new.flags = PRESENT if fault == "flags" else new.flags
    new.id = device.id if fault == "twice" else new.id
    assert register(home, new).status_code in (403, 409)
    assert PasskeyCredential.objects.count() == 1


def test_a_question_asked_for_one_account_registers_no_device_of_another(home, device, resident, clock):
    here = Visitor("b", "192.0.2.1", "testserver", "http://testserver", "", clock.now)
    mine, theirs = PasskeyCredential.objects.get().account_id, resident(2, "他人")
    asked_ = actions.ask(purpose=Purpose.NEW_PASSKEY, browser="b", account=mine, by=SYSTEM, at=clock.now)
    new = Authenticator()
    options = {"challenge": b64(bytes.fromhex(asked_.nonce)), "rp": {"id": "testserver"}}
    with pytest.raises(SignInFailed):
        passkeys.register(here, asked_.id, new.make(options), account=theirs, name="x")
    assert PasskeyCredential.objects.count() == 1


def test_without_signing_in_nothing_is_registered(browser):
    assert browser.post(reverse("identity:new_passkey_options")).status_code in (302, 403)
    assert browser.get(reverse("identity:new_passkey")).status_code == 302


def test_questions_for_passkeys_are_no_questions_for_cards(home, device):
    question = asked(home)
    assert json.dumps(question)
    assert home.get(reverse("identity:card", args=[question["question"]])).status_code == 403
    assert Question(id="x", nonce="00", expires_at="2026-01-01T00:00:00Z").account is None
    assert Purpose.PASSKEY != Purpose.CARD
