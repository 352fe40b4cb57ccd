"""APIトークン Reading the bearer token of a request."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from fnmatch import fnmatchcase

from yakusho.blocks.doors import Actor
from yakusho.blocks.identity.actors import grants_on, signed_in
from yakusho.blocks.identity.models import ApiClient
from yakusho.blocks.identity.refusals import BadToken, OutOfScope


def digest(token: str) -> bytes:
    """ハッシュ What is kept of a token; its 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def actor_from_bearer(header: str, *, on: date, at: datetime, door: str) -> Actor:
    """操作者 The actor behind `Authorization: Bearer …` for one door (`room.act`), by one statement.

    Refusals: BadToken (unknown, expired, revoked, account ended); OutOfScope.
    """
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise BadToken
    valid = ApiClient.objects.filter(
        token=digest(token.strip()), expires_at__gt=at, revoked_at=None, account__ended_at=None
    )
    client = valid.select_related("account").annotate(held=grants_on(on, account="account")).first()
    if client is None:
        raise BadToken
    if not any(fnmatchcase(door, scope) for scope in client.scopes):
        raise OutOfScope
    return signed_in(client.account, client.held, proof="token", proved_at=None)
