"""What goes in and out of the doors of messages."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from yakusho.blocks.doors import PersonId, Value
from yakusho.blocks.pages.look import look

State = Literal["queued", "retry", "sending", "sent", "failed"]
LanguageCode = Literal["ja", "en", "ja-easy"]


class Tongue(StrEnum):
    """メールのことば The language in which somebody wants to be told."""

    JAPANESE = "ja"
    ENGLISH = "en"
    EASY = "ja-easy"


class ContactInput(Value):
    """連絡先 Where to be told that a message has come; an empty address means nowhere."""

    mail: str = Field(
        "",
        title="メールアドレス",
        max_length=254,
        pattern=r"^$|^[^@\s<>,;:()\"\\\[\]]+@[^@\s<>,;:()\"\\\[\]]+\.[^@\s<>,;:()\"\\\[\]]+$",
        description="空にすると、メールを送りません。内容はメールに書きません。",
        json_schema_extra=look(kind="email", autocomplete="email"),
    )
    language: Tongue = Field(
        Tongue.JAPANESE,
        title="メールのことば",
        json_schema_extra=look(labels={"ja": "日本語", "en": "English", "ja-easy": "やさしい日本語"}),
    )


class MessageView(Value):
    """お知らせ A message as its receiver reads it, in the language asked for."""

    id: int
    title: str
    body: str
    at: datetime
    read_at: datetime | None
    office: str
    case: str
    papers: list[str]
    drill: bool


class DeliveryView(Value):
    """送付 What was, or in the sample city would have been, sent by mail."""

    id: int
    person: PersonId | None
    address: str
    language: str
    title: str
    body: str
    state: State
    attempts: int
    due: datetime | None
    last_error: str
    drill: bool
    at: datetime


class Parcel(Value):
    """荷 One delivery, read before the sending so that no transaction stays open meanwhile."""

    delivery: int
    attempts: int
    address: str
    language: str
    title: str
    drill: bool


class Outcome(Value):
    """結果 What became of one attempt; ``final`` when trying again cannot help."""

    sent: bool = False
    final: bool = False
    error: str = ""
