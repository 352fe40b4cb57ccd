"""見本のサインイン Only in a sample city: labelled buttons and the soft card, in place of people and card readers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions, samples
from yakusho.blocks.identity._internal import challenges
from yakusho.blocks.identity._internal.visitor import visitor
from yakusho.blocks.identity.models import Account
from yakusho.blocks.identity.refusals import SignInFailed
from yakusho.blocks.identity.request import Request
from yakusho.blocks.identity.views import linking, signing_in
from yakusho.blocks.identity.ways import cards
from yakusho.blocks.jpki import sample_cards
from yakusho.blocks.jpki.profile import Kind
from yakusho.kit.refusal import NotFound, Refusal


def _only_in_a_sample_city() -> None:
    if not settings.SAMPLE_CITY:  # the addresses are not even there otherwise; twice is safer
        raise NotFound


@require_POST
def sample_sign_in(request: Request, login: str) -> HttpResponse:
    """見本のサインイン Sign in as one of the labelled samples."""
    _only_in_a_sample_city()
    if login not in {one.login for one in samples.sign_ins()}:
        raise NotFound
    account = Account.objects.filter(login=login, ended_at=None).first()
    if account is None:
        return signing_in.sign_in_page(request, SignInFailed())
    begun = _begin(request, login)
    return signing_in.signed_in(request, begun, account.pk, "sample", account.kind)


@require_POST
def sample_again(request: Request) -> HttpResponse:
    """見本の確認 A sample member of staff has no card to show again."""
    _only_in_a_sample_city()
    if request.visit is None or request.visit.account.kind != Account.Kind.STAFF or request.visit.proof != "sample":
        raise NotFound
    return signing_in.renewed(request, _begin(request, "again"), request.visit.account_id, "sample")


def _begin(request: Request, who: str) -> int:
    here = visitor(request)
    return actions.begin(
        method="sample", who=f"sample {who} {here.browser}", address=here.address, by=SYSTEM, at=here.at
    ).attempt


@require_POST
def sample_card(request: Request, question: str) -> HttpResponse:
    """見本のカードをかざす The soft card signs the challenge for its four-digit PIN; from here on all is as with a real card."""
    _only_in_a_sample_city()
    try:
        asked, purpose = signing_in.open_question(request, question)
        words = challenges.words(asked, purpose, visitor(request).host)
        number, pin = request.POST.get("card", ""), sample_cards.typed(request.POST.get("pin", ""))
        certificate, signature = cards.box().answer(number, pin, words)
        return signing_in.finish_card(request, question, purpose, certificate, signature)
    except Refusal as refusal:
        return signing_in.card_refused(request, question, refusal)


@require_POST
def sample_link(request: Request, question: str) -> HttpResponse:
    """見本のカードで署名する The soft card signs the registration for its long PIN."""
    _only_in_a_sample_city()
    try:
        content = linking.content_of(request, question)
        card = cards.box().holding(linking.new_card(request) or b"")
        if card is None:
            raise NotFound
        document = cards.box().sign(card.number, sample_cards.typed(request.POST.get("pin", "")), content)
        return linking.finish_link(request, question, document)
    except Refusal as refusal:
        certificate = linking.new_card(request)
        if certificate is None:
            return redirect("identity:sign_in")
        return linking.link_page(request, certificate, refusal)


@csrf_exempt  # a responder is asked by programs, and changes nothing
@require_POST
def ocsp(request: Request, kind: str) -> HttpResponse:
    """見本のOCSP The sample authority's responder."""
    _only_in_a_sample_city()
    try:
        reply = cards.box().authority(Kind(kind)).ocsp(request.body, at=request.now)
    except (ValueError, LookupError, OSError):
        return HttpResponse(status=400)
    return HttpResponse(reply, content_type="application/ocsp-response")


@require_GET
def crl(request: Request, kind: str) -> HttpResponse:
    """見本の失効リスト The sample authority's revocation list."""
    _only_in_a_sample_city()
    try:
        return HttpResponse(cards.box().authority(Kind(kind)).crl(at=request.now), content_type="application/pkix-crl")
    except (ValueError, OSError):
        return HttpResponse(status=404)
