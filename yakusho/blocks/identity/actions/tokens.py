"""APIトークン Tokens for programs that act for an account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from yakusho.blocks.doors import HOUSE, Actor, action, note
from yakusho.blocks.identity.apps import SYSTEM_ADMINISTRATOR
from yakusho.blocks.identity.models import Account, ApiClient
from yakusho.blocks.identity.tokens import digest
from yakusho.blocks.identity.values import Token
from yakusho.kit.refusal import NotFound

LONGEST_DAYS = 366


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE, once=True)
def issue_api_token(
    *,
    account: int,
    name: Annotated[str, Field(min_length=1, max_length=100)],
    scopes: list[Annotated[str, Field(min_length=1, max_length=120)]],
    days: int = Field(90, ge=1, le=LONGEST_DAYS),
    by: Actor,
    at: datetime,
) -> Token:
    """APIトークンの発行 A token for a program; scopes are names of actions and queries, `room.*`, or `*`.

    The token has the rights that the account has at each moment, within its scopes. Refusals: NotFound.
    """
    found = Account.objects.filter(pk=account, ended_at=None).first()
    if found is None:
        raise NotFound
    token = f"yak_{secrets.token_urlsafe(32)}"
    row = ApiClient.objects.create(
        account=found,
        name=name,
        token=digest(token),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    note(client=row.pk, account=account)
    return Token(client=row.pk, token=token, expires_at=row.expires_at)


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE)
def revoke_api_token(*, client: int, by: Actor, at: datetime) -> None:
    """APIトークンの取消し Revoke a token; its next request is refused. Refusals: NotFound."""
    if not ApiClient.objects.filter(pk=client, revoked_at=None).update(revoked_at=at):
        raise NotFound
    note(client=client)
