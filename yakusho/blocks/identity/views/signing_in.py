"""サインイン The sign-in page and its ways in: card and passkey."""

from __future__ import annotations

import base64
import binascii
import json

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions, samples
from yakusho.blocks.identity._internal import challenges
from yakusho.blocks.identity._internal.visitor import visitor
from yakusho.blocks.identity.models import Account, Challenge
from yakusho.blocks.identity.refusals import ChallengeExpired, OtherPersonsCard
from yakusho.blocks.identity.request import Request
from yakusho.blocks.identity.values import Purpose, Question
from yakusho.blocks.identity.views.shown import NEXT, go_on, remember_next, show
from yakusho.blocks.identity.ways import cards, passkeys, visits
from yakusho.blocks.jpki.refusals import UnreadableCard
from yakusho.kit.refusal import Refusal

LARGEST = 40_000  # characters of a base64 field


@require_GET
def sign_in(request: Request) -> HttpResponse:
    """サインイン All ways in for residents; in a sample city also the labelled samples."""
    remember_next(request)
    return sign_in_page(request)


def sign_in_page(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    """サインインのページ Possibly with a sentence on top."""
    return show(request, "sign_in", refusal=refusal, samples=samples.sign_ins() if settings.SAMPLE_CITY else [])


@require_POST
def card_start(request: Request) -> HttpResponse:
    """カードでサインイン Ask a challenge for the card, to sign in or to prove it again."""
    purpose = Purpose.FRESH if request.POST.get("purpose") == Purpose.FRESH else Purpose.CARD
    who = visitor(request)
    if purpose is Purpose.CARD:
        request.session["shared"] = "shared" in request.POST
    asked = actions.ask(purpose=purpose, browser=who.browser, by=SYSTEM, at=who.at)
    return redirect("identity:card", question=asked.id)


def card(request: Request, question: str) -> HttpResponse:
    """カードをかざす The page of one challenge, and the answer of the card's software to it."""
    try:
        asked, purpose = open_question(request, question)
        if request.method == "POST":
            certificate, signature = _octets(request, "certificate"), _octets(request, "signature")
            return finish_card(request, question, purpose, certificate, signature)
    except Refusal as refusal:
        return card_refused(request, question, refusal)
    return card_page(request, asked, purpose)


def open_question(request: Request, question: str) -> tuple[Question, Purpose]:
    """開いている問い The challenge of this browser, still to be answered. Refusals: ChallengeExpired."""
    row = Challenge.objects.filter(pk=question, browser=visitor(request).browser, used_at=None).first()
    if row is None or row.expires_at <= request.now or row.purpose not in (Purpose.CARD, Purpose.FRESH, Purpose.LINK):
        raise ChallengeExpired
    return challenges.view_of(row), Purpose(row.purpose)


def card_page(request: Request, asked: Question, purpose: Purpose, refusal: Refusal | None = None) -> HttpResponse:
    """カードのページ What to sign, and in a sample city the soft cards."""
    words = challenges.words(asked, purpose, visitor(request).host)
    faces = cards.box().faces() if settings.SAMPLE_CITY else []
    return show(request, "card", refusal=refusal, question=asked.id, words=words.decode(), faces=faces)


def card_refused(request: Request, question: str, refusal: Refusal) -> HttpResponse:
    """カードの拒否 The same page while the challenge is still open; otherwise the beginning."""
    if isinstance(refusal, OtherPersonsCard):
        return sign_in_page(request, refusal)
    try:
        asked, purpose = open_question(request, question)
    except ChallengeExpired:
        return sign_in_page(request, refusal)
    return card_page(request, asked, purpose, refusal)


def finish_card(
    request: Request, question: str, purpose: Purpose, certificate: bytes, signature: bytes
) -> HttpResponse:
    """カードの確認 From a card's answer to the session, or to the registration of a new card."""
    proved = cards.prove(visitor(request), question, purpose, certificate=certificate, signature=signature)
    if purpose is Purpose.FRESH:
        return renewed(request, proved.attempt, proved.account, "card")
    if proved.account is None:
        actions.settle(attempt=proved.attempt, by=SYSTEM)
        request.session["new_card"] = {"certificate": certificate.hex(), "at": request.now.isoformat()}
        return redirect("identity:link")
    return signed_in(request, proved.attempt, proved.account, "card", Account.Kind.RESIDENT)


def signed_in(request: Request, attempt: int, account: int, proof: str, kind: str) -> HttpResponse:
    """サインイン完了 Begin the session and go where the person wanted to."""
    wanted, shared = request.session.get(NEXT, ""), bool(request.session.get("shared"))
    visits.start(request, attempt=attempt, account=account, proof=proof, shared=shared)
    return go_on(request, kind, wanted)


def renewed(request: Request, attempt: int, account: int | None, proof: str) -> HttpResponse:
    """もう一度の確認の完了 Back to where the proof was asked for. Refusals: OtherPersonsCard."""
    visits.renew(request, attempt=attempt, account=account, proof=proof)
    return go_on(request, request.visit.account.kind, request.session.pop(NEXT, ""))


@require_POST
def passkey_options(request: Request) -> HttpResponse:
    """パスキーの問い A challenge for the browser's own dialog (JSON)."""
    who = visitor(request)
    asked = actions.ask(purpose=Purpose.PASSKEY, browser=who.browser, by=SYSTEM, at=who.at)
    return JsonResponse({"question": asked.id, "options": json.loads(passkeys.options(asked, who.host))})


@require_POST
def passkey(request: Request) -> HttpResponse:
    """パスキーでサインイン Residents are in; staff still give a one-time code."""
    try:
        attempt, account = passkeys.prove(
            visitor(request), request.POST.get("question", ""), request.POST.get("answer", "")
        )
        if request.POST.get("purpose") == Purpose.FRESH:
            return renewed(request, attempt, account.pk, "passkey")
        request.session["shared"] = "shared" in request.POST
        if account.kind == Account.Kind.STAFF:
            actions.settle(attempt=attempt, by=SYSTEM)
            request.session["half"] = {"account": account.pk, "at": request.now.isoformat()}
            return redirect("identity:staff_code")
        return signed_in(request, attempt, account.pk, "passkey", account.kind)
    except Refusal as refusal:
        return sign_in_page(request, refusal)


def _octets(request: Request, field: str) -> bytes:
    text = request.POST.get(field, "")
    try:
        return base64.b64decode("".join(text[:LARGEST].split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableCard from error
