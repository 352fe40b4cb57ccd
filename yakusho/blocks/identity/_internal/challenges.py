"""確認の問い Random values that are answered once: stored, bound to a browser and a purpose, consumed atomically."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from yakusho.blocks.identity.models import Challenge
from yakusho.blocks.identity.refusals import ChallengeExpired
from yakusho.blocks.identity.values import Purpose, Question

LASTS = timedelta(minutes=5)


def new(
    purpose: Purpose, *, browser: str, at: datetime, account: int | None = None, lasts: timedelta = LASTS
) -> Question:
    """問い A new challenge of 256 random bits; those that ran out a day ago are forgotten."""
    Challenge.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()
    row = Challenge.objects.create(
        id=secrets.token_urlsafe(16),
        nonce=secrets.token_bytes(32),
        purpose=purpose,
        browser=browser,
        account_id=account,
        created_at=at,
        expires_at=at + lasts,
    )
    return view_of(row)


def take(number: str, purpose: Purpose, *, browser: str, at: datetime) -> Question:
    """問いを使う Consume a challenge; of any number of senders exactly one gets it.

    Refusals: ChallengeExpired (used, too late, unknown, of another browser or purpose: all the same).
    """
    open_ = Challenge.objects.filter(pk=number, purpose=purpose, browser=browser, used_at=None, expires_at__gt=at)
    if not open_.update(used_at=at):
        raise ChallengeExpired
    return view_of(Challenge.objects.get(pk=number))


def view_of(row: Challenge) -> Question:
    """問い The view of a challenge."""
    return Question(id=row.pk, nonce=bytes(row.nonce).hex(), expires_at=row.expires_at, account=row.account_id)


def words(question: Question, purpose: Purpose, host: str) -> bytes:
    """署名する言葉 What the card signs: site and purpose stand before the random value, so that a signature for one
    place or purpose is worth nothing at another."""
    return f"yakusho card v1\n{host}\n{purpose}\n{question.nonce}\n".encode()
