"""書面の値 What goes in and out of the doors of the documents block."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_noop as _
from pydantic import Field, JsonValue

from yakusho.blocks.doors import PersonId, Value

Reason = Annotated[str, Field(title=_("理由"), max_length=200)]


class PaperOrder(Value):
    """発行申請 One copy of a paper: of which kind, about whom, with what, for how many yen."""

    kind: str = Field(max_length=80)
    subject: PersonId
    members: list[PersonId] = Field([], max_length=50)
    options: dict[str, JsonValue] = {}
    fee: int = Field(0, ge=0)


class RequestView(Value):
    """発行申請の状態 A request and what has become of it; ``request`` is its 128-bit number in hexadecimal."""

    request: str
    kind: str
    title: str
    subject: PersonId
    state: str
    fee: int
    asked_at: datetime
    number: str = ""
    reason: str = ""


class PaperView(Value):
    """書面 A released paper without its content."""

    number: str
    code: str
    request: str
    kind: str
    title: str
    subject: PersonId
    pages: int
    sha256: str
    issued_at: datetime
    expires_on: date | None = None
    handed_over_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_reason: str = ""


class PaperFile(Value):
    """書面の内容 The PDF in base64 with what is known of it."""

    paper: PaperView
    name: str
    pdf: str


class TwinField(Value):
    """欄 Label, reading and value."""

    label: str
    value: str
    kana: str = ""


class TwinSection(Value):
    """区画 A titled group of fields."""

    title: str
    fields: list[TwinField]


class Twin(Value):
    """同じ内容のページ What the PDF says, for people who would rather read a page."""

    paper: PaperView
    statement: str
    sections: list[TwinSection]


class Verdict(Value):
    """確認の結果 What anybody may know of a paper: nothing about the person."""

    state: Literal["valid", "altered", "revoked", "expired", "unknown"]
    title: str = ""
    code: str = ""
    issued_at: datetime | None = None
    pages: int = 0
    signer: str = ""
    sample: bool = False
    expires_on: date | None = None
    revoked_at: datetime | None = None
    reason: str = ""
    file: str = ""
    size: int = 0
    file_pages: int = 0
    different_pages: list[int] = []
    seal: Literal["", "intact", "changed", "missing"] = ""


class AlarmView(Value):
    """警報 A withheld paper: what was doubted, what the comparison found, how it ended."""

    alarm: int
    request: str
    kind: str
    subject: PersonId
    doubts: list[str]
    sha256: str
    raised_at: datetime
    compared_at: datetime | None = None
    reference_sha256: str = ""
    differences: list[str] = []
    finding: str = ""
    closed_at: datetime | None = None


class Job(Value):
    """作業 One attempt to issue a request; its token fences everything it writes."""

    request: str
    token: int
    number: str
    kind: str
    subject: PersonId
    members: list[PersonId]
    options: dict[str, JsonValue]
    begun_at: datetime


class Finished(Value):
    """仕上がり A sealed paper that the gate has let through; bytes in base64."""

    request: str
    token: int
    version: str
    pages: int
    pdf: str
    statement: str
    sections: list[TwinSection]


class Stopped(Value):
    """差止め A paper that the gate did not let through; bytes in base64."""

    request: str
    token: int
    doubts: list[str]
    pdf: str
