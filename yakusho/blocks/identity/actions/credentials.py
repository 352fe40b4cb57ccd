"""認証手段の登録と解除 Registering, using and ending passkeys, cards and one-time codes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model, QuerySet

from yakusho.blocks.doors import HOUSE, RESIDENT, STAFF, Actor, action, note
from yakusho.blocks.identity._internal import codes
from yakusho.blocks.identity.models import Account, CardLink, OidcSubject, PasskeyCredential, TotpDevice
from yakusho.blocks.identity.proof import check_fresh
from yakusho.blocks.identity.refusals import AlreadyLinked, LastCredential, SignInFailed
from yakusho.blocks.identity.values import CardData, CredentialView, PasskeyData
from yakusho.kit.refusal import NotFound


@action(allowed=HOUSE)
def register_passkey(*, account: int, name: str, passkey: PasskeyData, by: Actor, at: datetime) -> CredentialView:
    """パスキーの登録 Keep a verified new passkey of an account. Refusals: AlreadyLinked."""
    credential = bytes.fromhex(passkey.credential)
    if PasskeyCredential.objects.filter(credential=credential).exists():
        raise AlreadyLinked
    row = PasskeyCredential.objects.create(
        account_id=account,
        name=name,
        credential=credential,
        public_key=bytes.fromhex(passkey.public_key),
        sign_count=passkey.sign_count,
        synced=passkey.synced,
        created_at=at,
    )
    note(account=account, passkey=row.pk)
    return CredentialView(kind="passkey", id=row.pk, name=row.name, since=row.created_at)


@action(allowed=HOUSE)
def use_passkey(*, passkey: int, sign_count: int, by: Actor, at: datetime) -> None:
    """パスキーの使用 Note a verified use; a counter that does not grow betrays a copied key.

    Refusals: SignInFailed.
    """
    row = PasskeyCredential.objects.select_for_update().get(pk=passkey)
    if row.sign_count and sign_count <= row.sign_count:
        raise SignInFailed
    row.sign_count, row.used_at = sign_count, at
    row.save(update_fields=["sign_count", "used_at"])


@action(allowed=RESIDENT | STAFF)
def end_passkey(*, passkey: int, by: Actor, at: datetime) -> None:
    """パスキーの解除 Take one of one's own passkeys out of use, after a fresh proof.

    Refusals: FreshProofNeeded; NotFound; LastCredential.
    """
    check_fresh(by, at=at, minutes=10)
    _end(PasskeyCredential.objects.filter(pk=passkey, account=by.account, ended_at=None), by, at)
    note(passkey=passkey)


@action(allowed=HOUSE)
def link_card(*, account: int, card: CardData, by: Actor, at: datetime) -> CredentialView:
    """カードの登録 Let a verified authentication certificate open an account. Refusals: AlreadyLinked."""
    if CardLink.objects.filter(issuer=card.issuer, serial=card.serial, ended_at=None).exists():
        raise AlreadyLinked
    row = CardLink.objects.create(account_id=account, linked_at=at, **card.model_dump())
    note(account=account, card=row.pk)
    return CredentialView(kind="card", id=row.pk, name=row.serial[-4:], since=row.linked_at)


@action(allowed=RESIDENT | STAFF)
def end_card(*, card: int, by: Actor, at: datetime) -> None:
    """カードの解除 Take one of one's own cards out of use, after a fresh proof.

    Refusals: FreshProofNeeded; NotFound; LastCredential.
    """
    check_fresh(by, at=at, minutes=10)
    _end(CardLink.objects.filter(pk=card, account=by.account, ended_at=None), by, at)
    note(card=card)


def _end(mine: QuerySet[Model], by: Actor, at: datetime) -> None:
    account = Account.objects.select_for_update().get(pk=by.account)
    if not mine.exists():
        raise NotFound
    ways = (PasskeyCredential.objects, CardLink.objects)
    if sum(way.filter(account=account, ended_at=None).count() for way in ways) <= 1:
        raise LastCredential
    mine.update(ended_at=at)


@action(allowed=HOUSE)
def prepare_codes(*, account: int, secret: str, by: Actor, at: datetime) -> None:
    """確認コードの準備 Keep the (encrypted) secret of an authenticator app until its first code confirms it.

    Refusals: AlreadyLinked (a confirmed app is never replaced by preparing another one).
    """
    TotpDevice.objects.filter(account=account, confirmed_at=None).delete()
    if TotpDevice.objects.filter(account=account).exists():
        raise AlreadyLinked
    TotpDevice.objects.create(account_id=account, secret=codes.seal(secret, account=account), created_at=at)
    note(account=account)


@action(allowed=HOUSE)
def confirm_codes(*, account: int, code: str, by: Actor, at: datetime) -> None:
    """確認コードの登録 The first right code makes the app count. Refusals: SignInFailed."""
    codes.use(account, code, at=at, confirming=True)
    note(account=account)


@action(allowed=HOUSE)
def use_code(*, account: int, code: str, by: Actor, at: datetime) -> None:
    """確認コードの使用 Accept a code of a confirmed app, once. Refusals: SignInFailed."""
    codes.use(account, code, at=at, confirming=False)
    note(account=account)


@action(allowed=HOUSE)
def link_subject(*, account: int, issuer: str, subject: str, by: Actor, at: datetime) -> None:
    """職員認証基盤の紐付け Tie an account to its subject at the provider, for good. Refusals: AlreadyLinked."""
    Account.objects.select_for_update().get(pk=account)
    if OidcSubject.objects.filter(issuer=issuer, account=account).exists():
        raise AlreadyLinked
    OidcSubject.objects.create(account_id=account, issuer=issuer, subject=subject, linked_at=at)
    note(account=account)
