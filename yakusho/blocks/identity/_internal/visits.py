"""訪問 The tie between a browser's session and its record, and the end of it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from yakusho.blocks.doors import NOBODY, Actor
from yakusho.blocks.identity import actors, rules
from yakusho.blocks.identity.models import SessionRecord

KEY = "identity"
SEEN_EVERY = timedelta(seconds=20)  # how exactly the last sign of life is kept


def actor_of(request: HttpRequest) -> Actor:
    """操作者 Whoever signed in in this browser and still may be here; NOBODY otherwise."""
    number = request.session.get(KEY) if request.COOKIES.get("sessionid") else None
    record = _record(number, request) if number else None
    request.visit = record
    if record is None:
        return NOBODY
    reason = _ended(record, request)
    if reason:
        end(request, reason)
        return NOBODY
    if request.now >= record.seen_at + SEEN_EVERY:
        SessionRecord.objects.filter(pk=record.pk, seen_at__lt=request.now).update(seen_at=request.now)
    return actors.signed_in(record.account, record.held, proof=record.proof, proved_at=record.proved_at)


def _record(number: int, request: HttpRequest) -> SessionRecord | None:
    found = SessionRecord.objects.filter(pk=number, ended_at=None, account__ended_at=None)
    held = actors.grants_on(request.today, account="account")
    return found.select_related("account").annotate(held=held).first()


def _ended(record: SessionRecord, request: HttpRequest) -> str:
    limits = rules.limits_of(record.account.kind, shared=record.shared)
    return rules.ended_by_time(started=record.started_at, seen=record.seen_at, at=request.now, limits=limits)


def end(request: HttpRequest, reason: str) -> None:
    """終了 Close the record and forget everything the browser's session held."""
    number = request.session.get(KEY)
    SessionRecord.objects.filter(pk=number, ended_at=None).update(ended_at=request.now, end_reason=reason)
    request.session.flush()
    request.visit = None
    request.actor = NOBODY
