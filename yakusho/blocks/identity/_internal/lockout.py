"""ロック Counting tries without a race, and without keeping whose they were in clear."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from yakusho.blocks.identity import rules
from yakusho.blocks.identity.models import SessionRecord, SignInAttempt


def mark(text: str) -> str:
    """印 What stands for a card, an account or an address: equal for equal ones, not to be reversed without the key."""
    return salted_hmac("identity.attempt", text, algorithm="sha256").hexdigest()


def begin(*, who: str, address: str, method: str, at: datetime) -> int:
    """試行 Write one try down as failed, unless it comes too early. Refusals: TooManyAttempts."""
    who, address = mark(who), mark(address)
    with connection.cursor() as cursor:  # tries for one target stand in a queue; the order of locks is fixed
        for name in sorted({who, address}):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    _check_target(who, at)
    _check_address(address, at)
    return SignInAttempt.objects.create(who=who, address=address, method=method, at=at).pk


def _check_target(who: str, at: datetime) -> None:
    tries = SignInAttempt.objects.filter(who=who, at__gt=at - rules.MEMORY).order_by("-at", "-pk")
    failures: list[datetime] = []
    for try_ in tries[:50]:
        if try_.succeeded:
            break
        failures.append(try_.at)
    rules.check_lockout(failures=len(failures), last=failures[0] if failures else None, at=at)


def _check_address(address: str, at: datetime) -> None:
    tries = SignInAttempt.objects.filter(address=address, succeeded=False, at__gt=at - rules.MEMORY_ADDRESS)
    failures = list(tries.order_by("-at").values_list("at", flat=True)[:200])
    last = failures[0] if failures else None
    rules.check_lockout(failures=len(failures), last=last, at=at, free=rules.FREE_TRIES_ADDRESS)


def alive(sessions: QuerySet[SessionRecord], kind: str, at: datetime) -> bool:
    """生きているセッション Whether one of these open sessions is still within its limits."""
    return any(
        not rules.ended_by_time(
            started=one.started_at, seen=one.seen_at, at=at, limits=rules.limits_of(kind, shared=one.shared)
        )
        for one in sessions
    )
