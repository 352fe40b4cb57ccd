"""カードの登録 A card that comes for the first time: its signature certificate says whose it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity._internal.visitor import visitor
from yakusho.blocks.identity.models import Account
from yakusho.blocks.identity.refusals import ChallengeExpired
from yakusho.blocks.identity.request import Request
from yakusho.blocks.identity.values import Purpose, Question
from yakusho.blocks.identity.views.shown import show
from yakusho.blocks.identity.views.signing_in import _octets, open_question, signed_in
from yakusho.blocks.identity.ways import cards
from yakusho.kit.refusal import Refusal

WAITS = timedelta(minutes=5)


def link(request: Request) -> HttpResponse:
    """カードの登録 Shows the statement to be signed; POST brings the signed statement."""
    certificate = new_card(request)
    if certificate is None:
        return redirect("identity:sign_in")
    if request.method != "POST":
        return link_page(request, certificate)
    try:
        return finish_link(request, request.POST.get("question", ""), _octets(request, "document"))
    except Refusal as refusal:
        return link_page(request, certificate, refusal)


def new_card(request: Request) -> bytes | None:
    """新しいカード The login certificate that was proved in this browser some minutes ago and is not registered yet.

    A login certificate names nobody: if it waited for ever, the next person's signature would bind the last one's card.
    """
    stored = request.session.get("new_card")
    if not isinstance(stored, dict) or request.now >= datetime.fromisoformat(stored["at"]) + WAITS:
        return None
    return bytes.fromhex(stored["certificate"])


def link_page(request: Request, certificate: bytes, refusal: Refusal | None = None) -> HttpResponse:
    """カードの登録のページ Each showing has its own challenge."""
    who = visitor(request)
    asked = actions.ask(purpose=Purpose.LINK, browser=who.browser, by=SYSTEM, at=who.at)
    content = cards.statement(asked, who.host, certificate).decode()
    face = cards.box().holding(certificate) if settings.SAMPLE_CITY else None
    return show(request, "link", refusal=refusal, question=asked.id, content=content, face=face)


def content_of(request: Request, question: str) -> bytes:
    """登録の申出 The words of an open challenge. Refusals: ChallengeExpired."""
    asked, _purpose = open_question(request, question)
    certificate = new_card(request)
    if certificate is None:
        raise ChallengeExpired
    return cards.statement(Question(**asked.model_dump()), visitor(request).host, certificate)


def finish_link(request: Request, question: str, document: bytes) -> HttpResponse:
    """カードの登録の完了 Bind the card to the one resident it names and sign in. Refusals: those of `cards.register`."""
    certificate = new_card(request)
    if certificate is None:
        raise ChallengeExpired
    proved = cards.register(visitor(request), question, certificate=certificate, document=document, on=request.today)
    if proved.account is None:
        raise ChallengeExpired
    return signed_in(request, proved.attempt, proved.account, "card", Account.Kind.RESIDENT)
