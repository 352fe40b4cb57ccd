"""Duties: granted by the administrator, refused where they collide, revoked at once, written down."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from yakusho.blocks.audit.models import Entry
from yakusho.blocks.doors import NOBODY, SYSTEM, Actor, Grant, InvalidInput
from yakusho.blocks.identity import actions, queries
from yakusho.blocks.identity.actors import actor_for
from yakusho.blocks.identity.models import Account, Appointment
from yakusho.blocks.identity.refusals import (
    AppointmentOverlaps,
    BadPeriod,
    LoginTaken,
    OwnAppointment,
    PersonMissing,
    RolesConflict,
)
from yakusho.blocks.identity.tests.conftest import ON, rivals
from yakusho.blocks.identity.values import GrantInput
from yakusho.kit.refusal import NotAllowed, NotFound

ADMIN = Actor(900, "admin", frozenset({Grant("system_administrator", "informatics")}))


def grant(account, role="auditor", office="audit", by=ADMIN, since=ON, until=None, at=None):
    given = GrantInput(account=account, role=role, office=office, since=since, until=until, reason="人事異動")
    return actions.grant_role(appointment=given, by=by, at=at)


@pytest.fixture
def give(clock):
    return lambda *given, **more: grant(*given, at=clock.now, **more)


def test_a_duty_is_granted_with_who_when_and_why(staff, give):
    view = give(staff("mari"), until=ON + timedelta(days=1))
    assert (view.login, view.role, view.since, view.until) == ("mari", "auditor", ON, ON + timedelta(days=1))
    assert (view.granted_by, view.reason) == (900, "人事異動")
    row = Entry.objects.filter(door="identity.grant_role").latest("id")
    assert (row.actor, row.role, row.body["role"]) == (900, "system_administrator", "auditor")


@pytest.mark.parametrize(
    "by", [NOBODY, Actor(5, "clerk", frozenset({Grant("resident_clerk", "x")})), Actor(6, "r", person=3)]
)
def test_only_the_administrator_grants_and_revokes(staff, give, by):
    account = staff("mari")
    with pytest.raises(NotAllowed):
        give(account, by=by)
    row = give(account)
    with pytest.raises(NotAllowed):
        actions.revoke_role(appointment=row.id, reason="x", by=by, on=ON)


def test_nobody_grants_themselves(staff, give):
    account = staff("root", ("system_administrator", "informatics"))
    with pytest.raises(OwnAppointment):
        give(account, role="helper", by=actor_for("root", ON))


@pytest.mark.parametrize(("first", "second"), [("auditor", "tax_clerk"), ("tax_clerk", "auditor")])
def test_conflicting_duties_are_refused_at_the_grant(staff, give, first, second):
    account = staff("mari")
    give(account, role=first, since=ON + timedelta(days=10), until=ON + timedelta(days=20))
    with pytest.raises(RolesConflict):
        give(account, role=second)
    give(account, role=second, until=ON + timedelta(days=10))
    assert Appointment.objects.filter(account=account).count() == 2


def test_a_revoked_duty_no_longer_stands_in_the_way(staff, give):
    account = staff("mari")
    row = give(account)
    actions.revoke_role(appointment=row.id, reason="異動", by=ADMIN, on=ON)
    assert give(account, role="tax_clerk").role == "tax_clerk"
    with pytest.raises(NotFound):
        actions.revoke_role(appointment=row.id, reason="異動", by=ADMIN, on=ON)


def test_what_held_before_the_revocation_still_shows_as_held_then(staff, give):
    row = give(staff("mari"), since=ON - timedelta(days=5))
    actions.revoke_role(appointment=row.id, reason="異動", by=ADMIN, on=ON)
    assert len(actor_for("mari", ON - timedelta(days=1)).grants) == 1
    assert len(actor_for("mari", ON).grants) == 0


@pytest.mark.parametrize("until", [ON, ON - timedelta(days=1)])
def test_an_empty_period_is_refused(staff, give, until):
    with pytest.raises(BadPeriod):
        give(staff("mari"), until=until)


def test_residents_and_unknown_accounts_get_no_duties(resident, give):
    with pytest.raises(NotFound):
        give(resident())
    with pytest.raises(NotFound):
        give(999_999)


def test_the_database_refuses_an_overlap_by_itself(staff, clock):
    account = staff("mari", ("auditor", "audit"))
    again = Appointment(
        account_id=account, role="auditor", office="audit", valid=DateRange(ON, None), reason="", granted_by=0,
        granted_at=clock.now,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="identity_appointment_one"), transaction.atomic():
        again.save()


def test_two_grants_at_once_see_each_other(committed, clock):
    account = actions.open_account(login="mari", name="mari", by=SYSTEM).account
    roles = ("auditor", "tax_clerk", "tax_manager")
    outcomes = rivals(*(partial(grant, account, role=role, office="tax", at=clock.now) for role in roles))
    assert [type(one) for one in outcomes].count(RolesConflict) == 2
    assert Appointment.objects.count() == 1


def test_the_auditor_sees_who_holds_what(staff, clock):
    staff("mari", ("auditor", "audit"))
    staff("jun", ("tax_clerk", "tax"))
    auditor = actor_for("mari", ON)
    assert [(one.login, one.office) for one in queries.appointments(on=ON, by=auditor)] == [
        ("mari", "audit"),
        ("jun", "tax"),
    ]
    assert [one.login for one in queries.appointments(on=ON, office="tax", by=auditor)] == ["jun"]
    assert queries.appointments(on=ON - timedelta(days=1), by=auditor) == []
    with pytest.raises(NotAllowed):
        queries.appointments(on=ON, by=actor_for("jun", ON))


def test_a_manager_sees_the_own_office_only(staff, clock):
    staff("mari", ("tax_manager", "tax"))
    staff("jun", ("tax_clerk", "tax"))
    staff("rei", ("resident_clerk", "citizen_registration"))
    manager = actor_for("mari", ON)
    assert [one.login for one in queries.appointments(on=ON, by=manager)] == ["jun", "mari"]
    assert queries.appointments(on=ON, office="citizen_registration", by=manager) == []


def test_a_sign_in_name_and_a_resident_have_one_account(staff, resident):
    staff("mari")
    with pytest.raises(LoginTaken):
        staff("mari")
    resident(7)
    with pytest.raises(LoginTaken):
        actions.open_account(login="other", name="x", kind="resident", person=7, by=SYSTEM)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"kind": "resident"}, PersonMissing),
        ({"kind": "robot"}, InvalidInput),
        ({"login": ""}, InvalidInput),
        ({"login": "x" * 61}, InvalidInput),
        ({"name": "花" * 101}, InvalidInput),
    ],
)
def test_an_account_is_staff_or_a_resident_and_has_a_name(db, given, refusal):
    with pytest.raises(refusal):
        actions.open_account(**({"login": "x", "name": "x", "by": SYSTEM} | given))
    assert Account.objects.count() == 0


@pytest.mark.parametrize("given", [{"kind": "resident"}, {"kind": "robot"}])
def test_the_table_holds_no_other_account(db, given):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(login="x", name="x", **given)


def test_accounts_have_no_password(staff):
    account = Account.objects.get(pk=staff("mari"))
    assert not account.has_usable_password()


def test_overlap_is_refused_with_a_sentence(staff, give):
    account = staff("mari", ("auditor", "audit"))
    with pytest.raises(AppointmentOverlaps):
        give(account)
