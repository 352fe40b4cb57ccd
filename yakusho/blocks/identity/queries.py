"""本人確認で調べられること What can be asked at the door."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from yakusho.blocks.doors import HOUSE, RESIDENT, STAFF, Actor, query
from yakusho.blocks.identity import matching
from yakusho.blocks.identity.actions.accounts import view_of as account_view
from yakusho.blocks.identity.actions.appointments import view_of
from yakusho.blocks.identity.actors import actor_for as actor_for
from yakusho.blocks.identity.apps import AUDITOR, MANAGER, SYSTEM_ADMINISTRATOR
from yakusho.blocks.identity.models import Account, Appointment, CardLink, MatchCase, PasskeyCredential, SessionRecord
from yakusho.blocks.identity.values import (
    AccountMark,
    AccountView,
    AppointmentView,
    Credentials,
    CredentialView,
    MatchView,
    SessionMark,
    SessionView,
)
from yakusho.blocks.jpki import profile, verification
from yakusho.kit.refusal import NotFound

LATEST = 50
LONGEST = 200


@query(allowed=RESIDENT | STAFF)
def my_sessions(*, by: Actor) -> list[SessionView]:
    """自分のサインイン One's own sign-ins, open ones first, newest first."""
    rows = SessionRecord.objects.filter(account=by.account).order_by("ended_at", "-started_at")
    return [_session(row) for row in sorted(rows[:LATEST], key=lambda row: (row.ended_at is not None, -row.pk))]


@query(allowed=RESIDENT | STAFF)
def my_credentials(*, by: Actor) -> Credentials:
    """自分の認証手段 The passkeys, cards and app with which one can sign in. Refusals: NotFound."""
    account = Account.objects.filter(pk=by.account).first()
    if account is None:
        raise NotFound
    passkeys = PasskeyCredential.objects.filter(account=account, ended_at=None).order_by("created_at")
    cards = CardLink.objects.filter(account=account, ended_at=None).order_by("linked_at")
    return Credentials(
        passkeys=[
            CredentialView(kind="passkey", id=one.pk, name=one.name, since=one.created_at, used_at=one.used_at)
            for one in passkeys
        ],
        cards=[CredentialView(kind="card", id=one.pk, name=one.serial[-4:], since=one.linked_at) for one in cards],
        one_time_codes=hasattr(account, "totp") and account.totp.confirmed_at is not None,
    )


@query(allowed=AUDITOR | SYSTEM_ADMINISTRATOR | HOUSE | MANAGER)
def appointments(
    *, on: date, office: str = "", role: str = "", accounts: list[int] | None = None, by: Actor
) -> list[AppointmentView]:
    """その日の任命 Who (of these accounts) holds which duty where on a day; managers see the offices that they manage."""
    rows = (
        Appointment.objects.filter(Appointment.in_force(on))
        .select_related("account")
        .order_by("office", "role", "account__login")
    )
    narrowed: dict[str, Any] = {name: value for name, value in (("office", office), ("role", role)) if value}
    narrowed |= {} if accounts is None else {"account__in": accounts}
    return [view_of(row) for row in rows.filter(**narrowed) if _may_see(row.office, by)]


@query(allowed=AUDITOR | SYSTEM_ADMINISTRATOR)
def staff_accounts(*, text: str = "", after: AccountMark | None = None, by: Actor) -> list[AccountView]:
    """職員のアカウント Accounts of staff whose name or login holds the text, by login, ended ones last: a page and the first
    of the next, ``after`` an account.
    """
    rows = Account.objects.filter(kind="staff").annotate(over=Q(ended_at__isnull=False)).order_by("over", "login")
    wanted = Q(name__icontains=text) | Q(login__icontains=text)
    if after is not None:
        wanted &= Q(over__gt=after.ended) | Q(over=after.ended, login__gt=after.login)
    return [account_view(row) for row in rows.filter(wanted)[: LONGEST + 1]]


@query(allowed=AUDITOR | SYSTEM_ADMINISTRATOR)
def staff_account(*, account: int, by: Actor) -> AccountView:
    """職員のアカウント One account of staff. Refusals: NotFound."""
    row = Account.objects.filter(pk=account, kind="staff").first()
    if row is None:
        raise NotFound
    return account_view(row)


@query(allowed=AUDITOR | SYSTEM_ADMINISTRATOR)
def duties(*, account: int, by: Actor) -> list[AppointmentView]:
    """任命の履歴 Every appointment that an account has or had, newest first."""
    rows = Appointment.objects.select_related("account").filter(account=account).order_by("-valid", "-pk")
    return [view_of(row) for row in rows]


@query(allowed=AUDITOR | SYSTEM_ADMINISTRATOR)
def sessions_side_by_side(*, since: datetime, after: SessionMark | None = None, by: Actor) -> list[SessionView]:
    """同時のサインイン Sessions of one staff account on two devices at once since an instant, by account: a shared account shows
    here. A page and the first of the next, ``after`` a session.
    """
    rows = SessionRecord.objects.filter(beside=True, started_at__gte=since).order_by("account_id", "pk")
    if after is not None:
        rows = rows.filter(account_id__gte=after.account).exclude(account_id=after.account, pk__lte=after.after)
    return [_session(row) for row in rows[: LATEST + 1]]


@query(allowed=SYSTEM_ADMINISTRATOR)
def waiting_matches(*, after: int | None = None, by: Actor) -> list[MatchView]:
    """照合待ち Cards whose holder could not be found in the register without doubt, oldest first: a page and the first of
    the next, ``after`` a match.
    """
    rows = MatchCase.objects.filter(settled_at=None).order_by("pk")
    rows = rows if after is None else rows.filter(pk__gt=after)
    return [_match(row) for row in rows[: LATEST + 1]]


def _may_see(office: str, by: Actor) -> bool:
    everywhere = AUDITOR | SYSTEM_ADMINISTRATOR | HOUSE
    managed = {grant.office for grant in by.grants if grant.role.endswith("_manager")}
    return everywhere.granting(by) is not None or office in managed


def _session(row: SessionRecord) -> SessionView:
    names = ("proof", "device", "started_at", "seen_at", "ended_at", "end_reason", "beside")
    return SessionView(id=row.pk, account=row.account_id, **{name: getattr(row, name) for name in names})


def _match(row: MatchCase) -> MatchView:
    items = profile.read_items(verification.read_certificate(bytes(row.certificate)))
    address = "" if matching.is_guarded(items) else items.address
    told = {"name": items.name, "born": items.born, "sex": items.sex, "address": address}
    return MatchView(id=row.pk, candidates=row.candidates, created_at=row.created_at, **told)
