"""職員のサインイン Staff by the identity provider, or by passkey and one-time code."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity._internal.oidc import Client, Provider, Told
from yakusho.blocks.identity._internal.visitor import Visitor
from yakusho.blocks.identity.models import Account, OidcSubject
from yakusho.blocks.identity.refusals import SignInFailed
from yakusho.blocks.identity.values import Purpose


def provider() -> Provider | None:
    """認証基盤 The provider that the city has set, or None."""
    given = dict(settings.CITY.get("identity", {}).get("oidc", {}))
    if not given:
        return None
    for name in ("secret", "key"):
        if given.get(name):
            given[name] = (settings.SECRETS / given[name]).read_text("utf-8").strip()
    return Provider(**given)


@cache
def client() -> Client | None:
    """窓口 Our client of that provider."""
    configured = provider()
    return Client(configured) if configured else None


def go(visitor: Visitor, back: str) -> str:
    """行き先 Ask a challenge and return the provider's address. Refusals: SignInFailed (no provider)."""
    ours = client()
    if ours is None:
        raise SignInFailed
    asked = actions.ask(purpose=Purpose.OIDC, browser=visitor.browser, by=SYSTEM, at=visitor.at)
    return ours.address(state=asked.id, nonce=bytes.fromhex(asked.nonce), back=back)


def come_back(visitor: Visitor, *, state: str, code: str, issuer: str, back: str) -> tuple[int, Account]:
    """確認 The try and the account that the provider vouches for. Refusals: those of a try; SignInFailed."""
    ours = client()
    if ours is None:
        raise SignInFailed
    begun = actions.begin(
        method="oidc", who=f"oidc {visitor.browser}", address=visitor.address, challenge=state, purpose=Purpose.OIDC,
        browser=visitor.browser, by=SYSTEM, at=visitor.at,
    )  # fmt: skip
    told = ours.finish(code=code, nonce=bytes.fromhex(begun.nonce), back=back, issuer=issuer, at=visitor.at)
    return begun.attempt, _account(ours.provider.issuer, told, visitor)


def _account(issuer: str, told: Told, visitor: Visitor) -> Account:
    known = OidcSubject.objects.filter(issuer=issuer, subject=told.subject, account__ended_at=None)
    row = known.select_related("account").first()
    if row:
        return row.account
    unlinked = Account.objects.filter(kind=Account.Kind.STAFF, ended_at=None, subjects__issuer__isnull=True)
    account = unlinked.filter(login=told.login).first() if told.login else None
    if account is None:
        raise SignInFailed
    actions.link_subject(account=account.pk, issuer=issuer, subject=told.subject, by=SYSTEM, at=visitor.at)
    return account
