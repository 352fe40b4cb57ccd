"""What goes in and out of the exchange's doors."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from yakusho.blocks.doors import Value
from yakusho.blocks.pages.look import look

State = Literal["queued", "retry", "sending", "sent", "dead"]


class NewEndpoint(Value):
    """連携先の登録 Where events are sent, and which."""

    title: str = Field(title="名前", min_length=1, max_length=80)
    url: str = Field(title="送り先（URL）", max_length=500, description="例：https://example.jp/hooks")
    events: str = Field(
        "*",
        title="受け取る出来事",
        max_length=500,
        description="空白で区切ります。例：resident_records.* city.event",
        json_schema_extra=look(width=20),
    )


class EndpointView(Value):
    """連携先 An endpoint with what waits for it."""

    id: int
    title: str
    url: str
    events: list[str]
    active: bool
    keys: int
    waiting: int
    dead: int


class SigningKey(Value):
    """署名鍵 A key of an endpoint, as its receiver writes it."""

    version: int
    secret: str


class DispatchView(Value):
    """配信 One event on its way to one endpoint."""

    id: int
    event: str
    name: str
    at: datetime
    endpoint: str
    state: State
    attempts: int
    due: datetime | None
    last_status: int | None
    last_error: str


class Parcel(Value):
    """荷 All that is needed to send one event, read before the sending so that no transaction stays open meanwhile."""

    dispatch: int
    attempts: int
    endpoint: int
    url: str
    key_versions: list[int]
    id: str
    body: str


class Outcome(Value):
    """結果 What became of one attempt; ``status`` is None when no answer came."""

    status: int | None = None
    error: str = ""

    @property
    def arrived(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more (410)."""
        return self.status == 410
