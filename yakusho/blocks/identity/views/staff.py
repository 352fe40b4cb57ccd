"""職員のサインイン By the city's identity provider, or by passkey and one-time code; and the first registration."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

import zxingcpp
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity._internal import codes
from yakusho.blocks.identity._internal.visitor import Visitor, visitor
from yakusho.blocks.identity.models import Account, PasskeyCredential
from yakusho.blocks.identity.refusals import ChallengeExpired, SignInFailed
from yakusho.blocks.identity.request import Request
from yakusho.blocks.identity.values import Purpose
from yakusho.blocks.identity.views.shown import remember_next, show
from yakusho.blocks.identity.views.signing_in import sign_in_page, signed_in
from yakusho.blocks.identity.ways import staff
from yakusho.kit.refusal import Refusal

HALF_LASTS = timedelta(minutes=5)


@require_GET
def staff_sign_in(request: Request) -> HttpResponse:
    """職員のサインイン The ways in for staff."""
    remember_next(request)
    return show(request, "staff", oidc=staff.client() is not None)


def _half(request: Request) -> int:
    half = request.session.get("half")
    if not half or datetime.fromisoformat(half["at"]) < request.now - HALF_LASTS:
        raise ChallengeExpired
    return int(half["account"])


def staff_code(request: Request) -> HttpResponse:
    """確認コード The second half of a staff sign-in, after the passkey."""
    try:
        account = _half(request)
    except ChallengeExpired as refusal:
        return sign_in_page(request, refusal)
    if request.method != "POST":
        return show(request, "code")
    try:
        attempt = try_code(visitor(request), account, request.POST.get("code", ""), confirming=False)
        return signed_in(request, attempt, account, "totp", Account.Kind.STAFF)
    except Refusal as refusal:
        return show(request, "code", refusal=refusal)


def try_code(who: Visitor, account: int, code: str, *, confirming: bool) -> int:
    """確認コードの試行 Count the try, then look at the code; returns the try. Refusals: TooManyAttempts; SignInFailed."""
    begun = actions.begin(method="totp", who=f"code {account}", address=who.address, by=SYSTEM, at=who.at)
    act = actions.confirm_codes if confirming else actions.use_code
    act(account=account, code=code, by=SYSTEM, at=who.at)
    return begun.attempt


@require_GET
def oidc_start(request: Request) -> HttpResponse:
    """職員認証基盤へ To the provider's own page, by somebody's own hand: no other site begins a session for them."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return redirect("identity:staff_sign_in")
    return redirect(staff.go(visitor(request), _back(request)))


@require_GET
def oidc_return(request: Request) -> HttpResponse:
    """職員認証基盤から Back with a code."""
    asked = {
        "state": request.GET.get("state", ""),
        "code": request.GET.get("code", ""),
        "issuer": request.GET.get("iss", ""),
    }
    try:
        attempt, account = staff.come_back(visitor(request), back=_back(request), **asked)
        return signed_in(request, attempt, account.pk, "oidc", account.kind)
    except Refusal as refusal:
        return show(request, "staff", refusal=refusal, oidc=staff.client() is not None)


def _back(request: Request) -> str:
    return request.build_absolute_uri(reverse("identity:oidc_return"))


def enrol(request: Request, code: str) -> HttpResponse:
    """職員の初回登録 An invitation opens the registration of a first passkey, once; POST begins it."""
    if request.method != "POST":
        return show(request, "enrol")
    number, _, nonce = code.partition(".")
    who = visitor(request)
    try:
        begun = actions.begin(
            method="enrol", who=f"enrol {number}", address=who.address, challenge=number, purpose=Purpose.ENROL,
            by=SYSTEM, at=who.at,
        )  # fmt: skip
        if begun.nonce != nonce or begun.account is None:
            raise SignInFailed
    except Refusal as refusal:
        return show(request, "enrol", refusal=refusal)
    actions.settle(attempt=begun.attempt, by=SYSTEM)
    request.session["enrol"] = {"account": begun.account, "at": request.now.isoformat()}
    return redirect("identity:new_passkey")


def enrolling(request: Request) -> Account | None:
    """登録中の職員 Whoever opened an invitation in this browser within the last minutes."""
    stored = request.session.get("enrol")
    if not stored or datetime.fromisoformat(stored["at"]) < request.now - 3 * HALF_LASTS:
        return None
    return Account.objects.filter(pk=stored["account"], ended_at=None).first()


def new_codes(request: Request) -> HttpResponse:
    """確認コードの登録 QR code for an authenticator app; the first right code finishes the registration and signs in."""
    account = enrolling(request)
    if account is None or not PasskeyCredential.objects.filter(account=account, ended_at=None).exists():
        return redirect("identity:staff_sign_in")
    refusal = None
    if request.method == "POST":
        try:
            attempt = try_code(visitor(request), account.pk, request.POST.get("code", ""), confirming=True)
            return signed_in(request, attempt, account.pk, "totp", account.kind)
        except Refusal as caught:
            refusal = caught
    secret = request.session.get("secret")
    if secret is None:
        secret = request.session["secret"] = codes.new_secret()
        actions.prepare_codes(account=account.pk, secret=secret, by=SYSTEM, at=request.now)
    address = codes.address(secret, login=account.login, city=settings.CITY["name"])
    return show(request, "codes", refusal=refusal, secret=secret, picture=_qr(address))


def _qr(text: str) -> str:
    svg = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_svg()
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
