"""Staff: a one-time code after the passkey, guesses, the first registration by an invitation."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from yakusho.blocks.doors import NOBODY, SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity._internal import codes
from yakusho.blocks.identity.models import TotpDevice
from yakusho.blocks.identity.refusals import AlreadyLinked, SignInFailed
from yakusho.blocks.identity.tests.authenticator import Authenticator
from yakusho.blocks.identity.tests.test_passkeys import actor, keep, register, use


@pytest.fixture
def device():
    return Authenticator()


@pytest.fixture
def office(browser, staff, device, clock):
    """A member of staff with passkey and confirmed codes; returns the authenticator app."""
    account = staff("mari", ("resident_clerk", "citizen_registration"))
    keep(account, device, clock.now)
    app = pyotp.TOTP(codes.new_secret())
    actions.prepare_codes(account=account, secret=app.secret, by=SYSTEM, at=clock.now)
    actions.confirm_codes(account=account, code=app.at(clock.now), by=SYSTEM, at=clock.now)
    clock.turn(minutes=1)
    return app


def code(browser, text):
    return browser.post(reverse("identity:staff_code"), {"code": text})


def test_staff_give_a_code_after_the_passkey(browser, office, device, clock):
    assert use(browser, device).headers["Location"] == reverse("identity:staff_code")
    assert actor(browser) == NOBODY
    assert code(browser, office.at(clock.now)).headers["Location"] == "/desk/"
    assert actor(browser).proof == "totp"


def test_a_code_alone_is_nothing(browser, office, clock):
    assert code(browser, office.at(clock.now)).status_code == 403
    assert actor(browser) == NOBODY


def test_a_code_works_once_and_is_forgiving_about_spaces(browser, office, device, clock):
    use(browser, device)
    text = office.at(clock.now)
    assert code(browser, f"{text[:3]} {text[3:]}").status_code == 302
    browser.post(reverse("identity:sign_out"))
    use(browser, device)
    assert code(browser, text).status_code == 403


@pytest.mark.parametrize("text", ["", "000000", "abcdef", "１２３４５６７８９０"])
def test_a_wrong_code_is_refused(browser, office, device, text):
    use(browser, device)
    assert code(browser, text).status_code == 403
    assert actor(browser) == NOBODY


def test_a_code_of_the_phones_slow_clock_is_accepted(browser, office, device, clock):
    use(browser, device)
    assert code(browser, office.at(clock.now - timedelta(seconds=30))).status_code == 302


def test_guessing_codes_is_stopped(browser, office, device, clock):
    use(browser, device)
    answers = [code(browser, f"{n:06}") for n in range(6)]
    assert [one.status_code for one in answers] == [403] * 5 + [429]
    assert code(browser, office.at(clock.now)).status_code == 429


def test_the_half_sign_in_lasts_five_minutes(browser, office, device, clock):
    use(browser, device)
    clock.turn(minutes=5, seconds=1)
    assert code(browser, office.at(clock.now)).status_code == 403


def test_the_secret_of_the_app_is_encrypted_for_its_account(office):
    device = TotpDevice.objects.get()
    assert office.secret.encode() not in bytes(device.secret)
    assert codes.opened(bytes(device.secret), account=device.account_id) == office.secret
    with pytest.raises(SignInFailed):
        codes.opened(bytes(device.secret), account=device.account_id + 1)


def test_a_confirmed_app_is_not_replaced(office, clock):
    account = TotpDevice.objects.get().account_id
    with pytest.raises(AlreadyLinked):
        actions.prepare_codes(account=account, secret=codes.new_secret(), by=SYSTEM, at=clock.now)


def test_an_invitation_leads_to_passkey_and_codes_once(browser, staff, device, clock):
    account = staff("jun")
    invitation = actions.invite(account=account, by=SYSTEM, at=clock.now)
    page = reverse("identity:enrol", args=[invitation.code])
    assert browser.get(page).status_code == 200
    assert browser.post(page).headers["Location"] == reverse("identity:new_passkey")
    assert browser.get(reverse("identity:new_passkey")).status_code == 200
    assert register(browser, device).headers["Location"] == reverse("identity:new_codes")
    shown = browser.get(reverse("identity:new_codes"))
    assert "data:image/svg+xml" in shown.content.decode()
    app = pyotp.TOTP(shown.context["secret"])
    wrong = browser.post(reverse("identity:new_codes"), {"code": "000000"})
    assert wrong.status_code == 403
    assert wrong.context["secret"] == app.secret
    assert browser.post(reverse("identity:new_codes"), {"code": app.at(clock.now)}).headers["Location"] == "/desk/"
    assert actor(browser).name == "jun"
    assert Client().post(page).status_code == 403


def test_a_wrong_or_late_invitation_opens_nothing(browser, staff, clock):
    invitation = actions.invite(account=staff("jun"), by=SYSTEM, at=clock.now)
    number = invitation.code.partition(".")[0]
    assert browser.post(reverse("identity:enrol", args=[f"{number}.00"])).status_code == 403
    assert browser.post(reverse("identity:enrol", args=[invitation.code])).status_code == 403
    late = actions.invite(account=staff("ken"), by=SYSTEM, at=clock.now)
    clock.turn(hours=24)
    assert browser.post(reverse("identity:enrol", args=[late.code])).status_code == 403
