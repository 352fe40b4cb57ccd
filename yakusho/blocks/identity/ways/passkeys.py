"""パスキー WebAuthn ceremonies: discoverable credentials, the user verified by the device, no attestation asked."""

from __future__ import annotations

import json

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity._internal.visitor import Visitor
from yakusho.blocks.identity.models import Account, PasskeyCredential
from yakusho.blocks.identity.refusals import SignInFailed
from yakusho.blocks.identity.values import CredentialView, PasskeyData, Purpose, Question

_REQUIRED = UserVerificationRequirement.REQUIRED
LONGEST = 20_000  # characters of an answer


def options(question: Question, host: str) -> str:
    """サインインの条件 What the browser is asked for (JSON); no list of credentials, so nothing is told about accounts."""
    made = generate_authentication_options(
        rp_id=host, challenge=bytes.fromhex(question.nonce), user_verification=_REQUIRED
    )
    return options_to_json(made)


def registration_options(question: Question, host: str, *, account: Account, city: str) -> str:
    """登録の条件 What the browser is asked to make (JSON)."""
    held = PasskeyCredential.objects.filter(account=account, ended_at=None).values_list("credential", flat=True)
    made = generate_registration_options(
        rp_id=host,
        rp_name=city,
        user_id=b"account:%d" % account.pk,
        user_name=account.login,
        user_display_name=account.name,
        challenge=bytes.fromhex(question.nonce),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, require_resident_key=True, user_verification=_REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in held],
    )
    return options_to_json(made)


def register(visitor: Visitor, question: str, answer: str, *, account: int, name: str) -> CredentialView:
    """登録 Verify a new passkey and keep it. Refusals: ChallengeExpired; SignInFailed; AlreadyLinked; TooManyAttempts."""
    begun = actions.begin(
        method="passkey", who=f"account {account}", address=visitor.address, challenge=question,
        purpose=Purpose.NEW_PASSKEY, browser=visitor.browser, by=SYSTEM, at=visitor.at,
    )  # fmt: skip
    if begun.account != account:
        raise SignInFailed
    try:
        made = verify_registration_response(
            credential=_read(answer),
            expected_challenge=bytes.fromhex(begun.nonce),
            expected_rp_id=visitor.host,
            expected_origin=visitor.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise SignInFailed from error
    data = PasskeyData(
        credential=made.credential_id.hex(),
        public_key=made.credential_public_key.hex(),
        sign_count=made.sign_count,
        synced=made.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
    )
    kept = actions.register_passkey(account=account, name=name, passkey=data, by=SYSTEM, at=visitor.at)
    actions.settle(attempt=begun.attempt, by=SYSTEM)
    return kept


def prove(visitor: Visitor, question: str, answer: str) -> tuple[int, Account]:
    """サインイン Verify an answer and return the try and the account. Refusals: those of a try; SignInFailed."""
    credential = _read(answer)
    raw = _identifier(credential)
    begun = actions.begin(
        method="passkey", who=f"passkey {raw.hex()}", address=visitor.address, challenge=question,
        purpose=Purpose.PASSKEY, browser=visitor.browser, by=SYSTEM, at=visitor.at,
    )  # fmt: skip
    known = PasskeyCredential.objects.filter(credential=raw, ended_at=None, account__ended_at=None)
    row = known.select_related("account").first()
    if row is None:
        raise SignInFailed
    try:
        done = verify_authentication_response(
            credential=credential,
            expected_challenge=bytes.fromhex(begun.nonce),
            expected_rp_id=visitor.host,
            expected_origin=visitor.origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise SignInFailed from error
    actions.use_passkey(passkey=row.pk, sign_count=done.new_sign_count, by=SYSTEM, at=visitor.at)
    return begun.attempt, row.account


def _read(answer: str) -> dict[str, object]:
    try:
        credential = json.loads(answer) if len(answer) <= LONGEST else None
    except ValueError as error:
        raise SignInFailed from error
    if not isinstance(credential, dict):
        raise SignInFailed
    return credential


def _identifier(credential: dict[str, object]) -> bytes:
    try:
        return base64url_to_bytes(str(credential["rawId"]))
    except (KeyError, ValueError) as error:
        raise SignInFailed from error
