"""電子署名の証拠 A signed application, verified now and provable later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yakusho.blocks.identity.ways import cards
from yakusho.blocks.jpki import verification
from yakusho.blocks.jpki.profile import FourItems
from yakusho.blocks.jpki.refusals import WrongCertificate


@dataclass(frozen=True)
class Evidence:
    """電子署名の証拠 What is kept with an application: the signature, who signed, and the revocation answer of that moment."""

    document: bytes
    certificate: bytes
    revocation: bytes
    protocol: str
    signer: FourItems
    verified_at: datetime


def verify_application(document: bytes, *, content: bytes, at: datetime) -> Evidence:
    """電子署名の検証 Verify the card's signature (CMS) over an application.

    Refusals: UnreadableCard; WrongSignature; every other CardRefused.
    """
    signer = verification.verify_document(
        document, content=content, trust=cards.trusted(), source=cards.source(at), at=at
    )
    if signer.items is None:
        raise WrongCertificate
    answer = signer.revocation
    return Evidence(document, signer.certificate, answer.octets, answer.protocol, signer.items, at)
