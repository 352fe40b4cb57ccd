"""Bearer tokens: shown once, kept as a hash, limited in time and scope, as strong as the account is now."""

import pytest
from django.test import Client

from yakusho.blocks.doors import SYSTEM, InvalidInput
from yakusho.blocks.identity import actions
from yakusho.blocks.identity.models import ApiClient, Appointment
from yakusho.blocks.identity.refusals import BadToken, OutOfScope
from yakusho.blocks.identity.tests.conftest import ON
from yakusho.blocks.identity.tokens import actor_from_bearer
from yakusho.kit.refusal import NotFound

DOOR = "resident_records.household"


@pytest.fixture
def issue(staff, clock):
    account = staff("program", ("resident_clerk", "citizen_registration"))
    return lambda *scopes, **more: actions.issue_api_token(
        account=account, name="連携", scopes=list(scopes), by=SYSTEM, at=clock.now, **more
    )


def bearer(token, clock, door=DOOR, **more):
    return actor_from_bearer(f"Bearer {token}", on=ON, at=clock.now, door=door, **more)


@pytest.mark.parametrize("scope", ["*", "resident_records.*", DOOR])
def test_a_token_acts_with_the_duties_of_its_account(issue, clock, scope):
    found = bearer(issue(scope).token, clock)
    assert found.holds("resident_clerk")
    assert found.proof == "token"


@pytest.mark.parametrize("scope", ["resident_records.move_in", "evaluation.*", "*.nothing"])
def test_a_token_opens_nothing_outside_its_scopes(issue, clock, scope):
    with pytest.raises(OutOfScope):
        bearer(issue(scope).token, clock)


def test_a_token_for_some_doors_opens_no_other_address(issue, clock):
    with pytest.raises(OutOfScope):
        bearer(issue("resident_records.*").token, clock, door="")


def test_only_the_hash_is_kept(issue):
    issued = issue("*")
    kept = bytes(ApiClient.objects.get(pk=issued.client).token)
    assert len(kept) == 32
    assert issued.token.encode() not in kept
    assert len(issued.token) > 40


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x", "Basic abc", "bearer yak_wrong"])
def test_anything_else_is_no_token(issue, clock, header):
    issue("*")
    with pytest.raises(BadToken):
        actor_from_bearer(header, on=ON, at=clock.now, door=DOOR)


def test_a_token_runs_out(issue, clock):
    token = issue("*", days=1).token
    clock.turn(hours=23, minutes=59)
    assert bearer(token, clock)
    clock.turn(minutes=1)
    with pytest.raises(BadToken):
        bearer(token, clock)


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_has_a_limited_life(issue, days):
    with pytest.raises(InvalidInput):
        issue("*", days=days)


def test_a_revoked_token_is_refused_at_the_next_request(issue, clock):
    issued = issue("*")
    actions.revoke_api_token(client=issued.client, by=SYSTEM, at=clock.now)
    with pytest.raises(BadToken):
        bearer(issued.token, clock)
    with pytest.raises(NotFound):
        actions.revoke_api_token(client=issued.client, by=SYSTEM, at=clock.now)


def test_a_token_loses_the_rights_that_its_account_loses(issue, clock):
    issued = issue("*")
    actions.revoke_role(appointment=Appointment.objects.get().pk, reason="x", by=SYSTEM, on=ON)
    assert bearer(issued.token, clock).grants == frozenset()
    actions.end_account(account=ApiClient.objects.get().account_id, by=SYSTEM, at=clock.now)
    with pytest.raises(BadToken):
        bearer(issued.token, clock)


def test_the_actor_of_a_token_costs_one_statement(issue, clock, django_assert_num_queries):
    token = issue("*").token
    with django_assert_num_queries(1):
        bearer(token, clock)


def test_the_api_answers_a_bad_token_with_a_problem(db, clock, state):
    answer = Client(headers={"authorization": "Bearer nothing"}).post(
        "/api/queries/identity.my_sessions", "{}", "application/json"
    )
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:yakusho:refusal:bad_token"


def test_the_api_knows_the_program(issue, state):
    token = issue("identity.my_sessions").token
    program = Client(headers={"authorization": f"Bearer {token}"})
    assert program.post("/api/queries/identity.my_sessions", "{}", "application/json").json() == []
    assert program.post("/api/queries/identity.my_credentials", "{}", "application/json").status_code == 403
