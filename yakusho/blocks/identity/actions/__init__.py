"""本人確認でできること What can be done at the door."""

from yakusho.blocks.identity.actions.accounts import end_account, invite, open_account
from yakusho.blocks.identity.actions.appointments import grant_role, revoke_role
from yakusho.blocks.identity.actions.attempts import ask, begin, forget_attempts, open_session, prove_again, settle
from yakusho.blocks.identity.actions.credentials import (
    confirm_codes,
    end_card,
    end_passkey,
    link_card,
    link_subject,
    prepare_codes,
    register_passkey,
    use_code,
    use_passkey,
)
from yakusho.blocks.identity.actions.matches import queue_match, settle_match
from yakusho.blocks.identity.actions.sessions import close_session, end_session, end_sessions
from yakusho.blocks.identity.actions.tokens import issue_api_token, revoke_api_token

__all__ = [
    "ask",
    "begin",
    "close_session",
    "confirm_codes",
    "end_account",
    "end_card",
    "end_passkey",
    "end_session",
    "end_sessions",
    "forget_attempts",
    "grant_role",
    "invite",
    "issue_api_token",
    "link_card",
    "link_subject",
    "open_account",
    "open_session",
    "prepare_codes",
    "prove_again",
    "queue_match",
    "register_passkey",
    "revoke_api_token",
    "revoke_role",
    "settle",
    "settle_match",
    "use_code",
    "use_passkey",
]
