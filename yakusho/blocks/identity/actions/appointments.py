"""任命 Granting and revoking duties; conflicting duties are refused here, before anything can happen."""

from __future__ import annotations

from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from yakusho.blocks.doors import HOUSE, Actor, Reason, action, note
from yakusho.blocks.identity import rules
from yakusho.blocks.identity._internal.conflicts import conflicts
from yakusho.blocks.identity.apps import SYSTEM_ADMINISTRATOR
from yakusho.blocks.identity.models import Account, Appointment
from yakusho.blocks.identity.refusals import OwnAccount, OwnAppointment
from yakusho.blocks.identity.values import AppointmentView, GrantInput
from yakusho.kit.refusal import NotFound


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE)
def grant_role(*, appointment: GrantInput, by: Actor, at: datetime) -> AppointmentView:
    """任命 Give a member of staff a role at an office for a period.

    Refusals: NotFound; BadPeriod; OwnAppointment; AppointmentOverlaps; RolesConflict.
    """
    rules.check_period(since=appointment.since, until=appointment.until)
    # The lock on the account makes two grants at once see each other.
    account = Account.objects.select_for_update().filter(pk=appointment.account, ended_at=None, kind="staff").first()
    if account is None:
        raise NotFound
    if account.pk == by.account:
        raise OwnAppointment
    new = rules.Held(appointment.role, appointment.office, appointment.since, appointment.until)
    rules.check_appointment(new, _held(account), conflicts())
    row = Appointment.objects.create(
        account=account,
        role=new.role,
        office=new.office,
        valid=DateRange(new.since, new.until),
        reason=appointment.reason,
        granted_by=by.account,
        granted_at=at,
    )
    note(account=account.pk, role=new.role, office=new.office)
    return view_of(row)


@action(allowed=SYSTEM_ADMINISTRATOR | HOUSE)
def revoke_role(*, appointment: int, reason: Reason, by: Actor, on: date) -> AppointmentView:
    """任命の取消し End an appointment today: the very next request of that person finds the right gone.

    Refusals: NotFound, OwnAccount.
    """
    row = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=appointment, revoked_on=None)
        .first()
    )
    if row is None:
        raise NotFound
    if row.account_id == by.account:
        raise OwnAccount
    row.revoked_on, row.revoked_by, row.revoke_reason = on, by.account, reason
    row.save(update_fields=["revoked_on", "revoked_by", "revoke_reason"])
    note(account=row.account_id, role=row.role, office=row.office)
    return view_of(row)


def _held(account: Account) -> list[rules.Held]:
    rows = Appointment.objects.filter(account=account, revoked_on=None)
    return [rules.Held(row.role, row.office, row.valid.lower, row.valid.upper) for row in rows]


def view_of(row: Appointment) -> AppointmentView:
    """任命 The view of an appointment."""
    return AppointmentView(
        id=row.pk,
        account=row.account_id,
        login=row.account.login,
        name=row.account.name,
        role=row.role,
        office=row.office,
        since=row.valid.lower,
        until=row.valid.upper,
        reason=row.reason,
        granted_by=row.granted_by,
        granted_at=row.granted_at,
        revoked_on=row.revoked_on,
        revoke_reason=row.revoke_reason,
    )
