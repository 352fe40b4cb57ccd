"""サインイン The steps of signing in, called by the sign-in pages only.

A try is written down as failed before the proof is looked at, in a transaction of its own, and settled afterwards: neither a
crash nor a hundred tries at once gives anybody a free guess.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from yakusho.blocks.doors import HOUSE, Actor, action, note
from yakusho.blocks.identity._internal import challenges, lockout
from yakusho.blocks.identity.models import Account, SessionRecord, SignInAttempt
from yakusho.blocks.identity.refusals import SignInFailed
from yakusho.blocks.identity.values import Begun, Opened, Purpose, Question

KEPT = timedelta(days=90)


@action(allowed=HOUSE)
def ask(*, purpose: Purpose, browser: str, account: int | None = None, by: Actor, at: datetime) -> Question:
    """確認の問い A new challenge for one browser and one purpose."""
    return challenges.new(purpose, browser=browser, account=account, at=at)


@action(allowed=HOUSE)
def begin(
    *,
    method: str,
    who: str,
    address: str,
    challenge: str = "",
    purpose: Purpose | None = None,
    browser: str = "",
    by: Actor,
    at: datetime,
) -> Begun:
    """サインインの試行 Count a try against the one it claims to be and against its address, and consume its challenge.

    Refusals: TooManyAttempts; ChallengeExpired.
    """
    attempt = lockout.begin(who=who, address=address, method=method, at=at)
    note(method=method, attempt=attempt)
    if purpose is None:
        return Begun(attempt=attempt)
    taken = challenges.take(challenge, purpose, browser=browser, at=at)
    return Begun(attempt=attempt, nonce=taken.nonce, account=taken.account)


@action(allowed=HOUSE)
def settle(*, attempt: int, by: Actor) -> None:
    """試行の成立 The proof was right, although it opens no session (yet)."""
    SignInAttempt.objects.filter(pk=attempt).update(succeeded=True)


@action(allowed=HOUSE)
def forget_attempts(*, by: Actor, at: datetime) -> int:
    """試行の消去 Delete tries that are too old to matter (90 days); for the night work. Returns how many."""
    count, _each = SignInAttempt.objects.filter(at__lt=at - KEPT).delete()
    note(deleted=count)
    return count


@action(allowed=HOUSE)
def open_session(
    *, attempt: int, account: int, proof: str, device: str, shared: bool = False, by: Actor, at: datetime
) -> Opened:
    """サインイン Settle a try and begin a session; a second one of the same staff account is flagged on both.

    Refusals: SignInFailed (the account has ended).
    """
    found = Account.objects.select_for_update().filter(pk=account, ended_at=None).first()
    if found is None:
        raise SignInFailed
    SignInAttempt.objects.filter(pk=attempt).update(succeeded=True)
    others = SessionRecord.objects.filter(account=found, ended_at=None)
    beside = found.kind == Account.Kind.STAFF and lockout.alive(others, found.kind, at)
    if beside:
        others.update(beside=True)
    row = SessionRecord.objects.create(
        account=found, proof=proof, proved_at=at, device=device, shared=shared, beside=beside, started_at=at, seen_at=at
    )
    Account.objects.filter(pk=found.pk).update(last_login=at)
    note(account=found.pk, proof=proof, session=row.pk, beside=beside)
    return Opened(session=row.pk, beside=beside)


@action(allowed=HOUSE)
def prove_again(*, attempt: int, session: int, proof: str, by: Actor, at: datetime) -> None:
    """もう一度の確認 The person of a session proved anew that it is them. Refusals: SignInFailed."""
    if not SessionRecord.objects.filter(pk=session, ended_at=None).update(proof=proof, proved_at=at):
        raise SignInFailed
    SignInAttempt.objects.filter(pk=attempt).update(succeeded=True)
    note(session=session, proof=proof)
