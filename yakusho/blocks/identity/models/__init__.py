"""Tables of who may come in, how they prove it, and what they did at the door."""

from yakusho.blocks.identity.models.accounts import Account, ApiClient, Appointment
from yakusho.blocks.identity.models.credentials import (
    CardLink,
    Challenge,
    MatchCase,
    OidcSubject,
    PasskeyCredential,
    TotpDevice,
)
from yakusho.blocks.identity.models.sessions import SessionRecord, SignInAttempt

__all__ = [
    "Account",
    "ApiClient",
    "Appointment",
    "CardLink",
    "Challenge",
    "MatchCase",
    "OidcSubject",
    "PasskeyCredential",
    "SessionRecord",
    "SignInAttempt",
    "TotpDevice",
]
