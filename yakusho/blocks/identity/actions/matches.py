"""照合待ち Cards that did not lead to exactly one resident."""

from __future__ import annotations

from datetime import datetime

from yakusho.blocks.doors import HOUSE, Actor, action, note
from yakusho.blocks.identity.apps import SYSTEM_ADMINISTRATOR
from yakusho.blocks.identity.models import MatchCase
from yakusho.kit.refusal import NotFound


@action(allowed=HOUSE)
def queue_match(*, issuer: str, serial: str, certificate: str, candidates: int, by: Actor, at: datetime) -> int:
    """照合待ちの登録 Put a card (certificate in hex) before human eyes; once a card, however often it is tried."""
    row, _new = MatchCase.objects.get_or_create(
        issuer=issuer,
        serial=serial,
        settled_at=None,
        defaults={"certificate": bytes.fromhex(certificate), "candidates": candidates, "created_at": at},
    )
    note(match=row.pk, candidates=candidates)
    return row.pk


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE)
def settle_match(*, match: int, by: Actor, at: datetime) -> None:
    """照合待ちの処理 The cause was found and corrected in the register; the resident may try again. Refusals: NotFound."""
    if not MatchCase.objects.filter(pk=match, settled_at=None).update(settled_at=at, settled_by=by.account):
        raise NotFound
    note(match=match)
