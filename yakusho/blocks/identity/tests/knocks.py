"""見本の操作 One sample of each action, for the tests that break things."""

from datetime import timedelta
from secrets import token_hex
from typing import Any

import pyotp

from tests.faults.samples import Knock, Stage
from yakusho.blocks.doors import Actor
from yakusho.blocks.identity.actors import SignedIn

SECRET = "JBSWY3DPEHPK3PXP" * 2  # of an app that shows codes
TRUTHS = {
    "a session without a try that succeeded": (
        "select 1 where (select count(*) from identity_sessionrecord)"
        " > (select count(*) from identity_signinattempt where succeeded)"
    ),
}


def _account(stage: Stage, **more: Any) -> int:
    return stage.do(
        "identity.open_account", by=stage.system, login=f"a-{token_hex(6)}", name="見本 職員", **more
    ).account


def _resident(stage: Stage) -> int:
    person = int(token_hex(6), 16)
    return _account(stage, kind="resident", person=person)


def _begun(stage: Stage, **more: Any) -> dict[str, Any]:
    return {"method": "card", "who": token_hex(6), "address": f"192.0.2.{token_hex(2)}"} | more


def ask(stage: Stage) -> Knock:
    return Knock("identity.ask", {"purpose": "card", "browser": token_hex(6)}, stage.system)


def begin(stage: Stage) -> Knock:
    """Consumes its challenge."""
    browser = token_hex(6)
    asked = stage.do("identity.ask", by=stage.system, purpose="card", browser=browser)
    given = _begun(stage, challenge=asked.id, purpose="card", browser=browser)
    return Knock("identity.begin", given, stage.system)


def _tried(stage: Stage) -> int:
    return stage.do("identity.begin", by=stage.system, **_begun(stage)).attempt


def settle(stage: Stage) -> Knock:
    return Knock("identity.settle", {"attempt": _tried(stage)}, stage.system)


def open_session(stage: Stage) -> Knock:
    """サインイン The last step of signing in with a card."""
    given = {"attempt": _tried(stage), "account": _resident(stage), "proof": "card", "device": "見本"}
    return Knock("identity.open_session", given, stage.system)


def _session(stage: Stage) -> int:
    return stage.do("identity.open_session", by=stage.system, **open_session(stage).given).session


def prove_again(stage: Stage) -> Knock:
    given = {"session": _session(stage), "attempt": _tried(stage), "proof": "card"}
    return Knock("identity.prove_again", given, stage.system)


def close_session(stage: Stage) -> Knock:
    return Knock("identity.close_session", {"session": _session(stage), "reason": "next_person"}, stage.system)


def open_account(stage: Stage) -> Knock:
    return Knock("identity.open_account", {"login": f"a-{token_hex(6)}", "name": "見本 職員"}, stage.admin)


def end_account(stage: Stage) -> Knock:
    return Knock("identity.end_account", {"account": _account(stage)}, stage.admin)


def _appointment(stage: Stage) -> dict[str, Any]:
    given = {"role": "resident_clerk", "office": "citizen_registration", "since": "2026-11-01", "reason": "異動"}
    return {"appointment": {"account": _account(stage)} | given}


def grant_role(stage: Stage) -> Knock:
    return Knock("identity.grant_role", _appointment(stage), stage.admin)


def revoke_role(stage: Stage) -> Knock:
    held = stage.do("identity.grant_role", by=stage.admin, **_appointment(stage))
    return Knock("identity.revoke_role", {"appointment": held.id, "reason": "異動"}, stage.admin)


def link_card(stage: Stage) -> Knock:
    card = {"issuer": "CN=見本", "serial": token_hex(8), "valid_until": "2030-01-01T00:00:00+09:00"}
    return Knock("identity.link_card", {"account": _resident(stage), "card": card}, stage.system)


def register_passkey(stage: Stage) -> Knock:
    key = {"credential": token_hex(32), "public_key": token_hex(32), "sign_count": 0}
    return Knock(
        "identity.register_passkey", {"account": _resident(stage), "name": "電話", "passkey": key}, stage.system
    )


def link_subject(stage: Stage) -> Knock:
    given = {"account": _account(stage), "issuer": "https://id.example.jp", "subject": token_hex(8)}
    return Knock("identity.link_subject", given, stage.system)


def forget_attempts(stage: Stage) -> Knock:
    _tried(stage)
    return Knock("identity.forget_attempts", {}, stage.system)


def end_session(stage: Stage) -> Knock:
    """By its owner."""
    opened = open_session(stage).given
    session = stage.do("identity.open_session", by=stage.system, **opened).session
    owner = Actor(opened["account"], "住民", person=1, proof="card")
    return Knock("identity.end_session", {"session": session}, owner)


def end_sessions(stage: Stage) -> Knock:
    """By an administrator."""
    opened = open_session(stage).given
    stage.do("identity.open_session", by=stage.system, **opened)
    return Knock("identity.end_sessions", {"account": opened["account"], "reason": "端末の紛失"}, stage.admin)


def invite(stage: Stage) -> Knock:
    return Knock("identity.invite", {"account": _account(stage)}, stage.admin)


def issue_api_token(stage: Stage) -> Knock:
    given = {"account": _account(stage), "name": "連携", "scopes": ["population.by_town"], "days": 30}
    return Knock("identity.issue_api_token", given, stage.admin)


def revoke_api_token(stage: Stage) -> Knock:
    issued = stage.do("identity.issue_api_token", by=stage.admin, **issue_api_token(stage).given)
    return Knock("identity.revoke_api_token", {"client": issued.client}, stage.admin)


def prepare_codes(stage: Stage) -> Knock:
    return Knock("identity.prepare_codes", {"account": _account(stage), "secret": SECRET}, stage.system)


def confirm_codes(stage: Stage) -> Knock:
    given = prepare_codes(stage).given
    stage.do("identity.prepare_codes", by=stage.system, **given)
    code = pyotp.TOTP(given["secret"]).at(stage.at)
    return Knock("identity.confirm_codes", {"account": given["account"], "code": code}, stage.system)


def use_code(stage: Stage) -> Knock:
    """The next code after the one that confirmed the app."""
    first = confirm_codes(stage).given
    stage.do("identity.confirm_codes", by=stage.system, **first)
    at = stage.at + timedelta(minutes=1)
    code = pyotp.TOTP(SECRET).at(at)
    return Knock("identity.use_code", first | {"code": code}, stage.system, at=at)


def end_card(stage: Stage) -> Knock:
    """One of two, by its owner."""
    first = link_card(stage).given
    card = stage.do("identity.link_card", by=stage.system, **first).id
    another = link_card(stage).given | {"account": first["account"]}
    stage.do("identity.link_card", by=stage.system, **another)
    owner = SignedIn(first["account"], "住民", person=1, proof="card", proved_at=stage.at)
    return Knock("identity.end_card", {"card": card}, owner)


def queue_match(stage: Stage) -> Knock:
    card = {"issuer": "CN=見本", "serial": token_hex(8), "certificate": token_hex(32)}
    return Knock("identity.queue_match", card | {"candidates": 2}, stage.system)


def settle_match(stage: Stage) -> Knock:
    match = stage.do("identity.queue_match", by=stage.system, **queue_match(stage).given)
    return Knock("identity.settle_match", {"match": match}, stage.admin)


def _passkey(stage: Stage) -> tuple[int, int]:
    """An account and its passkey."""
    given = register_passkey(stage).given
    return given["account"], stage.do("identity.register_passkey", by=stage.system, **given).id


def use_passkey(stage: Stage) -> Knock:
    return Knock("identity.use_passkey", {"passkey": _passkey(stage)[1], "sign_count": 1}, stage.system)


def end_passkey(stage: Stage) -> Knock:
    account, passkey = _passkey(stage)
    another = register_passkey(stage).given | {"account": account}
    stage.do("identity.register_passkey", by=stage.system, **another)
    owner = SignedIn(account, "住民", person=1, proof="card", proved_at=stage.at)
    return Knock("identity.end_passkey", {"passkey": passkey}, owner)
