"""カードの確認 From what a card presented to the account it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions, matching
from yakusho.blocks.identity._internal import challenges
from yakusho.blocks.identity._internal.visitor import Visitor
from yakusho.blocks.identity.models import Account, CardLink
from yakusho.blocks.identity.refusals import NoUniqueMatch
from yakusho.blocks.identity.values import CardData, Purpose, Question
from yakusho.blocks.jpki import revocation, trust, verification
from yakusho.blocks.jpki.profile import Kind
from yakusho.blocks.jpki.responders import HttpSource
from yakusho.blocks.jpki.sample_cards import BoxSource, CardBox


def box() -> CardBox:
    """見本のカード入れ The sample city's soft cards."""
    return CardBox(settings.SAMPLE_CARDS)


def trusted() -> trust.TrustList:
    """信頼するCA Those of the city; in a sample city only its own test authorities."""
    folder = box().folder if settings.SAMPLE_CITY else settings.CITY_DIR
    return trust.load(folder / "trust")


def source(at: datetime) -> revocation.Source:
    """失効情報 The authorities' responders; in a sample city the soft cards' own."""
    return BoxSource(box(), at=at) if settings.SAMPLE_CITY else HttpSource()


@dataclass(frozen=True)
class Proved:
    """確認済みのカード A try with a verified card; `account` is None for a card that is not registered yet."""

    attempt: int
    card: verification.Card
    account: int | None


def prove(visitor: Visitor, question: str, purpose: Purpose, *, certificate: bytes, signature: bytes) -> Proved:
    """利用者証明 Verify a card's answer to a challenge of this browser.

    Refusals: TooManyAttempts; ChallengeExpired; every CardRefused.
    """
    shown = verification.read_certificate(certificate)
    who = f"card {shown.issuer.rfc4514_string()} {shown.serial_number:x}"
    begun = actions.begin(
        method="card", who=who, address=visitor.address, challenge=question, purpose=purpose, browser=visitor.browser,
        by=SYSTEM, at=visitor.at,
    )  # fmt: skip
    asked = Question(id=question, nonce=begun.nonce, expires_at=visitor.at)
    verification.verify_signature(shown, octets=challenges.words(asked, purpose, visitor.host), signature=signature)
    card = verification.verify_certificate(
        shown, kind=Kind.AUTHENTICATION, trust=trusted(), source=source(visitor.at), at=visitor.at
    )
    link = CardLink.objects.filter(
        issuer=card.issuer, serial=card.serial, ended_at=None, account__ended_at=None
    ).first()
    return Proved(begun.attempt, card, link.account_id if link else None)


def statement(question: Question, host: str, certificate: bytes) -> bytes:
    """登録の申出 What the signature certificate signs when a card is registered: it names the login certificate."""
    return challenges.words(question, Purpose.LINK, host) + f"login certificate {certificate.hex()}\n".encode()


def register(visitor: Visitor, question: str, *, certificate: bytes, document: bytes, on: date) -> Proved:
    """カードの登録 Bind a proved login certificate to the one resident whom the signature certificate names.

    Refusals: TooManyAttempts; ChallengeExpired; every CardRefused, NoUniqueMatch among them (a human looks at it).
    """
    begun = actions.begin(
        method="link", who=f"link {visitor.browser}", address=visitor.address, challenge=question, purpose=Purpose.LINK,
        browser=visitor.browser, by=SYSTEM, at=visitor.at,
    )  # fmt: skip
    asked = Question(id=question, nonce=begun.nonce, expires_at=visitor.at)
    content = statement(asked, visitor.host, certificate)
    signer = verification.verify_document(
        document, content=content, trust=trusted(), source=source(visitor.at), at=visitor.at
    )
    login = verification.read_certificate(certificate)
    card = verification.verify_certificate(
        login, kind=Kind.AUTHENTICATION, trust=trusted(), source=source(visitor.at), at=visitor.at
    )
    account = _account_of(signer, visitor, on)
    until = login.not_valid_after_utc
    data = CardData(issuer=card.issuer, serial=card.serial, valid_until=until)
    actions.link_card(account=account, card=data, by=SYSTEM, at=visitor.at)
    return Proved(begun.attempt, card, account)


def _account_of(signer: verification.Card, visitor: Visitor, on: date) -> int:
    if signer.items is None:
        raise NoUniqueMatch
    found = matching.candidates(signer.items, on)
    if len(found) != 1:
        actions.queue_match(
            issuer=signer.issuer,
            serial=signer.serial,
            certificate=signer.certificate.hex(),
            candidates=len(found),
            by=SYSTEM,
            at=visitor.at,
        )
        raise NoUniqueMatch
    known = Account.objects.filter(person=found[0]).first()
    if known:
        return known.pk
    opened = actions.open_account(
        login=f"resident-{found[0]}", name=signer.items.name, kind="resident", person=found[0], by=SYSTEM
    )
    return opened.account
