"""見える範囲 Samples of what can be asked here, and who finds what: for the matrix of rights in `tests/access`."""

from secrets import token_bytes, token_hex

from tests.access.rooms import Of
from tests.faults.samples import prepared
from yakusho.blocks.doors import EVERYONE, RESIDENT, STAFF, SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity.models import CardLink, MatchCase, PasskeyCredential, SessionRecord

EVERYBODY = ("*",)
SINCE = "2026-11-01T00:00:00Z"
SAMPLES = {
    "appointments": {},
    "duties": {"account": Of("account")},
    "end_account": {"account": Of("account")},
    "end_card": {"card": Of("card")},
    "end_passkey": {"passkey": Of("passkey")},
    "end_session": {"session": Of("session")},
    "end_sessions": {"account": Of("account"), "reason": "端末の紛失"},
    "grant_role": {
        "appointment": {
            "account": Of("account"),
            "role": "resident_clerk",
            "office": "citizen_registration",
            "since": "2026-11-01",
            "reason": "異動",
        }
    },
    "invite": {"account": Of("account")},
    "issue_api_token": {"account": Of("account"), "name": "見本", "scopes": ["population.*"]},
    "my_credentials": {},
    "my_sessions": {},
    "open_account": {"login": "matrix", "name": "見本 職員"},
    "revoke_api_token": {"client": Of("client")},
    "revoke_role": {"appointment": Of("appointment"), "reason": "異動"},
    "sessions_side_by_side": {"since": SINCE},
    "settle_match": {"match": Of("match")},
    "staff_account": {"account": Of("account")},
    "staff_accounts": {},
    "waiting_matches": {},
}


def account(scene, person, by):
    return prepared("identity.end_account").given["account"]


def appointment(scene, person, by):
    return prepared("identity.revoke_role").given["appointment"]


def client(scene, person, by):
    given = {"account": account(scene, person, by), "name": "見本", "scopes": ["*"]}
    return actions.issue_api_token(**given, by=SYSTEM, at=scene.stage.at).client


def session(scene, person, by):
    at = scene.stage.at
    start = {"proof": "card", "device": "見本", "proved_at": at, "started_at": at, "seen_at": at}
    return SessionRecord.objects.create(account_id=by.account, **start).pk


def passkey(scene, person, by):
    rows = [
        PasskeyCredential.objects.create(
            account_id=by.account,
            name="電話",
            credential=token_bytes(32),
            public_key=token_bytes(32),
            created_at=scene.stage.at,
        )
        for _ in range(2)  # the last one cannot be ended
    ]
    return rows[0].pk


def card(scene, person, by):
    valid = {"valid_until": "2030-01-01T00:00:00Z", "linked_at": scene.stage.at}
    return CardLink.objects.create(account_id=by.account, issuer="CN=見本", serial=token_hex(8), **valid).pk


def match(scene, person, by):
    found = {"issuer": "CN=見本", "serial": token_hex(8), "certificate": b"", "candidates": 2}
    return MatchCase.objects.create(**found, created_at=scene.stage.at).pk


OBJECTS = {
    "account": account,
    "appointment": appointment,
    "client": client,
    "session": session,
    "passkey": passkey,
    "card": card,
    "match": match,
}
NAMES = {"accounts": "account"}
PERSONAL = ["session", "passkey", "card"]
OWN_ONLY = {"end_session": EVERYBODY, "end_passkey": EVERYBODY, "end_card": EVERYBODY}
ANYBODY = ("sign_in", "card_start", "card", "passkey", "passkey_options", "staff_sign_in", "staff_code", "sign_out")
SAMPLE = ("sample_sign_in", "sample_again", "sample_card", "sample_link", "sample_ocsp", "sample_crl")
BY_SESSION = (  # whoever began something in this browser goes on with it; the tests of this block go through them
    "again",
    "enrol",
    "link",
    "new_codes",
    "new_passkey",
    "new_passkey_options",
    "oidc_return",
    "oidc_start",
    "still_here",
)
PAGES = (
    dict.fromkeys((*ANYBODY, *SAMPLE), EVERYONE)
    | dict.fromkeys(("mine", "end_session", "end_passkey", "end_card"), RESIDENT | STAFF)
    | dict.fromkeys(BY_SESSION)
)
