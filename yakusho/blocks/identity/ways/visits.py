"""訪問 The tie between a browser's session and its record: begun, looked up at each request, ended."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from yakusho.blocks.doors import NOBODY, SYSTEM, Actor
from yakusho.blocks.doors.prepared import Prepared
from yakusho.blocks.identity import actions, actors, rules
from yakusho.blocks.identity._internal.visitor import visitor
from yakusho.blocks.identity.models import Account, SessionRecord
from yakusho.blocks.identity.refusals import OtherPersonsCard
from yakusho.blocks.identity.request import Request

KEY = "identity"
SEEN_EVERY = timedelta(seconds=20)  # how exactly the last sign of life is kept


def actor_of(request: Request) -> Actor:
    """操作者 Whoever signed in in this browser and still may be here; NOBODY otherwise."""
    number = request.session.get(KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    record = request.visit = _record(number, request) if number else None
    if record is None:
        return NOBODY
    reason = rules.ended_by_time(started=record.started_at, seen=record.seen_at, at=request.now, limits=limits(record))
    if reason:
        end(request, reason)
        return NOBODY
    if request.now >= record.seen_at + SEEN_EVERY:
        # A sign of life is no act of anybody: no door, no audit row.
        SessionRecord.objects.filter(pk=record.pk, seen_at__lt=request.now).update(seen_at=request.now)
    return actors.signed_in(record.account, record.held, proof=record.proof, proved_at=record.proved_at)


def _record(number: int, request: Request) -> SessionRecord | None:
    found = HERE.rows(number=number, today=request.today)
    if not found:
        return None
    *columns, held = found[0]
    record = SessionRecord.from_db(None, RECORD, columns[: len(RECORD)])
    record.account = Account.from_db(None, ACCOUNT, columns[len(RECORD) :])
    record.held = [json.loads(one) for one in held]
    return record


def _open_session(number: int, today: date) -> QuerySet[SessionRecord, Any]:
    found = SessionRecord.objects.filter(pk=number, ended_at=None, account__ended_at=None)
    columns = (*RECORD, *(f"account__{name}" for name in ACCOUNT), "held")
    return found.annotate(held=actors.grants_on(today, account="account")).values_list(*columns)


RECORD = [field.attname for field in SessionRecord._meta.concrete_fields]
ACCOUNT = [field.attname for field in Account._meta.concrete_fields]
HERE = Prepared(_open_session, number=-1, today=date.min)  # asked at every page


def limits(record: SessionRecord) -> rules.Limits:
    """時間の上限 Of this session."""
    return rules.limits_of(record.account.kind, shared=record.shared)


def start(request: Request, *, attempt: int, account: int, proof: str, shared: bool = False) -> bool:
    """開始 Begin a session under a new key, so that nobody who knew the old one comes along.

    Returns whether the same staff account is signed in elsewhere. Refusals: SignInFailed.
    """
    device = visitor(request).device
    end(request, SessionRecord.End.NEXT_PERSON)
    opened = actions.open_session(
        attempt=attempt, account=account, proof=proof, device=device, shared=shared, by=SYSTEM, at=request.now
    )
    request.session[KEY] = opened.session
    return opened.beside


def renew(request: Request, *, attempt: int, account: int | None, proof: str) -> None:
    """もう一度の確認 The same person proved again; anybody else ends the session. Refusals: OtherPersonsCard."""
    record = request.visit
    if record is None or record.account_id != account:
        end(request, SessionRecord.End.OTHER_PERSON)
        raise OtherPersonsCard
    actions.prove_again(attempt=attempt, session=record.pk, proof=proof, by=SYSTEM, at=request.now)
    request.session.cycle_key()


def end(request: Request, reason: str) -> None:
    """終了 Close the record and forget everything that the browser's session held."""
    number = request.session.get(KEY)
    if number:
        actions.close_session(session=number, reason=reason, by=SYSTEM, at=request.now)
    request.session.flush()
    request.visit, request.actor = None, NOBODY
