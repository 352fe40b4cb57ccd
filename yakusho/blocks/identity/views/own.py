"""自分のサインイン One's own sessions and ways to sign in; leaving."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yakusho.blocks.doors import NOBODY, SYSTEM, Door
from yakusho.blocks.identity import actions, queries
from yakusho.blocks.identity._internal.visitor import visitor
from yakusho.blocks.identity.models import Account, SessionRecord
from yakusho.blocks.identity.proof import needs_fresh_proof
from yakusho.blocks.identity.refusals import FreshProofNeeded
from yakusho.blocks.identity.request import Request
from yakusho.blocks.identity.values import Purpose
from yakusho.blocks.identity.views import staff
from yakusho.blocks.identity.views.shown import remember_next, show
from yakusho.blocks.identity.ways import passkeys, visits
from yakusho.kit.refusal import NotAllowed, Refusal

ENDS: dict[str, Door[None]] = {
    "session": actions.end_session,
    "passkey": actions.end_passkey,
    "card": actions.end_card,
}


@require_GET
def mine(request: Request) -> HttpResponse:
    """わたしのサインイン Sessions and credentials of the person who is signed in."""
    return _mine(request)


def _mine(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    sessions, credentials = queries.my_sessions(by=request.actor), queries.my_credentials(by=request.actor)
    here = request.visit.pk if request.visit else 0
    return show(request, "mine", refusal=refusal, sessions=sessions, credentials=credentials, here=here)


@require_POST
def end(request: Request, what: str, number: int) -> HttpResponse:
    """終了・解除 End one of one's own sessions, passkeys or cards."""
    try:
        ENDS[what].call({what: number}, by=request.actor, on=request.today, at=request.now)
    except FreshProofNeeded:
        return redirect(f"{reverse('identity:again')}?{urlencode({'next': reverse('identity:mine')})}")
    except Refusal as refusal:
        return _mine(request, refusal)
    return redirect("identity:mine")


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """終わる（次の方へ） Wipe everything of this person from this browser and begin anew."""
    visits.end(request, SessionRecord.End.NEXT_PERSON)
    answer = redirect("/")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def still_here(request: Request) -> HttpResponse:
    """まだ使っています A sign of life from a page on which somebody is typing; 204 while signed in, 403 afterwards."""
    return HttpResponse(status=403 if request.actor == NOBODY else 204)


@require_GET
def again(request: Request) -> HttpResponse:
    """もう一度の確認 Ask for the card or passkey once more, then go back."""
    remember_next(request)
    if request.visit is None:
        return redirect("identity:sign_in")
    account = request.visit.account
    held = {
        "cards": account.cards.filter(ended_at=None).exists(),
        "passkeys": account.passkeys.filter(ended_at=None).exists(),
        "sample": settings.SAMPLE_CITY and account.kind == Account.Kind.STAFF and request.visit.proof == "sample",
    }
    return show(request, "again", **held)


def _registering(request: Request) -> Account | None:
    if request.visit is not None:
        return request.visit.account
    return staff.enrolling(request)


@require_POST
def new_passkey_options(request: Request) -> HttpResponse:
    """パスキー登録の問い What the browser is asked to make (JSON). Refusals: NotAllowed."""
    account = _registering(request)
    if account is None:
        raise NotAllowed
    who = visitor(request)
    asked = actions.ask(purpose=Purpose.NEW_PASSKEY, browser=who.browser, account=account.pk, by=SYSTEM, at=who.at)
    made = passkeys.registration_options(asked, who.host, account=account, city=settings.CITY["name"])
    return JsonResponse({"question": asked.id, "options": json.loads(made)})


def new_passkey(request: Request) -> HttpResponse:
    """パスキーの登録 For somebody who is signed in and has just proved it, or for staff with an invitation."""
    return _new_passkey(request) if staff.enrolling(request) else _own_passkey(request)


@needs_fresh_proof(minutes=10)
def _own_passkey(request: Request) -> HttpResponse:
    return _new_passkey(request)


def _new_passkey(request: Request) -> HttpResponse:
    account = _registering(request)
    if account is None:
        return redirect("identity:sign_in")
    if request.method != "POST":
        return show(request, "new_passkey")
    given = request.POST
    name = given.get("name", "").strip()[:60] or _("この端末")
    try:
        question, answer = given.get("question", ""), given.get("answer", "")
        passkeys.register(visitor(request), question, answer, account=account.pk, name=name)
    except Refusal as refusal:
        return show(request, "new_passkey", refusal=refusal)
    return redirect("identity:mine" if request.visit else "identity:new_codes")
