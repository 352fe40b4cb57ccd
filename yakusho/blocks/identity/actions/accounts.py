"""アカウントの開設と終了 Opening and ending accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal

from django.utils.translation import gettext_noop
from pydantic import Field

from yakusho.blocks.doors import HOUSE, Actor, PersonId, action, note
from yakusho.blocks.identity._internal import challenges
from yakusho.blocks.identity.apps import SYSTEM_ADMINISTRATOR
from yakusho.blocks.identity.models import Account, SessionRecord
from yakusho.blocks.identity.refusals import LoginTaken, OwnAccount, PersonMissing
from yakusho.blocks.identity.values import AccountView, Enrolment, Purpose
from yakusho.kit.refusal import NotFound

ENROLMENT_LASTS = timedelta(hours=24)


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE)
def open_account(
    *,
    login: Annotated[str, Field(title=gettext_noop("ログイン名"), min_length=1, max_length=60)],
    name: Annotated[str, Field(title=gettext_noop("氏名"), min_length=1, max_length=100)],
    kind: Literal["staff", "resident"] = "staff",
    person: PersonId | None = None,
    by: Actor,
) -> AccountView:
    """アカウント開設 Open an account for staff, or for a resident of the register.

    Refusals: LoginTaken (also when the resident has an account), PersonMissing.
    """
    if kind == "resident" and person is None:
        raise PersonMissing
    taken = Account.objects.filter(login=login) | Account.objects.filter(person=person, person__isnull=False)
    if taken.exists():
        raise LoginTaken
    account = Account(login=login, name=name, kind=kind, person=person)
    account.set_unusable_password()
    account.save(force_insert=True)
    note(account=account.pk, kind=kind)
    return view_of(account)


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE)
def end_account(*, account: int, by: Actor, at: datetime) -> AccountView:
    """アカウント終了 End an account and all its sessions at once. Refusals: NotFound, OwnAccount."""
    found = Account.objects.select_for_update().filter(pk=account, ended_at=None).first()
    if found is None:
        raise NotFound
    if account == by.account:
        raise OwnAccount
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    SessionRecord.objects.filter(account=found, ended_at=None).update(
        ended_at=at, end_reason=SessionRecord.End.ELSEWHERE
    )
    note(account=account)
    return view_of(found)


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE, once=True)
def invite(*, account: int, by: Actor, at: datetime) -> Enrolment:
    """初回登録の案内 A code with which a member of staff registers the first passkey; valid once, for a day.

    Refusals: NotFound.
    """
    found = Account.objects.filter(pk=account, ended_at=None, kind=Account.Kind.STAFF).first()
    if found is None:
        raise NotFound
    asked = challenges.new(Purpose.ENROL, browser="", account=account, at=at, lasts=ENROLMENT_LASTS)
    note(account=account)
    return Enrolment(account=account, code=f"{asked.id}.{asked.nonce}", expires_at=asked.expires_at)


def view_of(account: Account) -> AccountView:
    """アカウント The view of an account."""
    return AccountView(
        account=account.pk,
        kind=account.kind,
        login=account.login,
        name=account.name,
        person=account.person,
        ended=account.ended_at is not None,
    )
