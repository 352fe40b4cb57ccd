"""セッションの終了 Ending sessions."""

from __future__ import annotations

from datetime import datetime

from yakusho.blocks.doors import HOUSE, RESIDENT, STAFF, Actor, Reason, action, note
from yakusho.blocks.identity.apps import SYSTEM_ADMINISTRATOR
from yakusho.blocks.identity.models import Account, SessionRecord
from yakusho.kit.refusal import NotFound


@action(allowed=RESIDENT | STAFF)
def end_session(*, session: int, by: Actor, at: datetime) -> None:
    """ほかの端末のサインアウト End one of one's own sessions, such as on a device left behind. Refusals: NotFound."""
    mine = SessionRecord.objects.filter(pk=session, account=by.account, ended_at=None)
    if not mine.update(ended_at=at, end_reason=SessionRecord.End.ELSEWHERE):
        raise NotFound
    note(session=session)


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE)
def end_sessions(*, account: int, reason: Reason, by: Actor, at: datetime) -> int:
    """全端末のサインアウト End all sessions of an account, such as of somebody whose device was stolen; how many there were.

    Refusals: NotFound.
    """
    if not Account.objects.filter(pk=account).exists():
        raise NotFound
    ended = SessionRecord.objects.filter(account=account, ended_at=None).update(
        ended_at=at, end_reason=SessionRecord.End.ELSEWHERE
    )
    note(account=account, sessions=ended, reason=reason)
    return ended


@action(allowed=HOUSE)
def close_session(*, session: int, reason: str, by: Actor, at: datetime) -> None:
    """セッション終了 End a session for a reason: signed out, next person, time, another person's card."""
    SessionRecord.objects.filter(pk=session, ended_at=None).update(ended_at=at, end_reason=reason)
    note(session=session, reason=reason)
