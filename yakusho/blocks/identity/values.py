"""出入り口の値 What goes into and comes out of the identity doors."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_noop
from pydantic import Field

from yakusho.blocks.doors import PersonId, Value


class Purpose(StrEnum):
    """問いの目的 What a challenge is for; an answer given for one purpose opens nothing else."""

    CARD = "card"
    LINK = "link"
    FRESH = "fresh"
    PASSKEY = "passkey"
    NEW_PASSKEY = "new_passkey"
    OIDC = "oidc"
    ENROL = "enrol"


class Question(Value):
    """確認の問い A challenge: its number, its random value (hex), and when it expires."""

    id: str
    nonce: str
    expires_at: datetime
    account: int | None = None


class Begun(Value):
    """サインインの試行 A try that counts as failed until it is settled, and the random value that it has to answer."""

    attempt: int
    nonce: str = ""
    account: int | None = None


class Opened(Value):
    """開始したセッション The record of a session; `beside` when the same staff account is signed in elsewhere."""

    session: int
    beside: bool


class AccountView(Value):
    """アカウント An account as its administrators see it."""

    account: int
    kind: str
    login: str
    name: str
    person: PersonId | None = None
    ended: bool


class AccountMark(Value):
    """ここまで Where a page of accounts ended: the ended ones stand behind the others, each by login."""

    ended: bool = False
    login: str


class Enrolment(Value):
    """初回登録 The address part that lets staff register a first passkey; it works once."""

    account: int
    code: str
    expires_at: datetime


class AppointmentView(Value):
    """任命 An appointment; `until` is the first day on which it no longer holds."""

    id: int
    account: int
    login: str
    name: str
    role: str
    office: str
    since: date
    until: date | None
    reason: str
    granted_by: int
    granted_at: datetime
    revoked_on: date | None
    revoke_reason: str


class SessionMark(Value):
    """ここまで Where a page of sign-ins ended: by account, then in the order in which they began."""

    account: int
    after: int


class SessionView(Value):
    """セッション A sign-in, and whose."""

    id: int
    account: int
    proof: str
    device: str
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    end_reason: str
    beside: bool


class CredentialView(Value):
    """認証手段 A passkey, card or app with which one can sign in."""

    kind: str
    id: int
    name: str
    since: datetime
    used_at: datetime | None = None


class Credentials(Value):
    """認証手段の一覧 All ways in which an account can prove itself."""

    passkeys: list[CredentialView]
    cards: list[CredentialView]
    one_time_codes: bool


class PasskeyData(Value):
    """パスキー A verified new passkey; bytes in hex."""

    credential: str = Field(max_length=2046)
    public_key: str = Field(max_length=4000)
    sign_count: int = Field(ge=0)
    synced: bool = False


class CardData(Value):
    """カード A verified authentication certificate."""

    issuer: str
    serial: str
    valid_until: datetime


class Token(Value):
    """APIトークン A token in clear text: shown once, never again."""

    client: int
    token: str
    expires_at: datetime


class GrantInput(Value):
    """任命 A role at an office from a day on, until (exclusive) a day or open."""

    account: int = Field(title=gettext_noop("アカウントの番号"))
    role: str = Field(title=gettext_noop("役割"), min_length=1, max_length=60)
    office: str = Field(title=gettext_noop("課"), min_length=1, max_length=60)
    since: date = Field(title=gettext_noop("任命日"))
    until: date | None = Field(None, title=gettext_noop("終了日（この日から担当しない）"))
    reason: str = Field(title=gettext_noop("理由"), min_length=1, max_length=200)


class MatchView(Value):
    """照合待ち A card that waits for a human: what it says, and how many residents it might be.

    The address is empty when it may be that of a protected person.
    """

    id: int
    name: str
    born: date
    sex: str
    address: str
    candidates: int
    created_at: datetime
