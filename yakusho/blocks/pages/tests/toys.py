"""Toy models and doors: forms are tried on them without a database."""

from datetime import date, datetime
from enum import Enum

from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory
from django.utils import timezone
from pydantic import Field, model_validator

from yakusho.blocks.doors import EVERYONE, NOBODY, RESIDENT, Actor, Value
from yakusho.blocks.pages.look import look
from yakusho.kit.refusal import BadInput, NotAllowed, Refusal

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone.get_fixed_timezone(540))
CLERK_NAME = "工藤 真理"


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Child(Value):
    name: str = Field(title="名前", max_length=5)
    born: date = Field(title="生年月日")


class Place(Value):
    postcode: str = Field(title="郵便番号", pattern=r"^\d{7}$", json_schema_extra=look(kind="digits"))


class SameColour(BadInput):
    """色は赤にしてください。 / The colour must be red."""

    field = "colour"


class Matter(Value):
    """用件 A toy."""

    name: str = Field(title="氏名", max_length=10)
    kana: str = Field("", title="振り仮名", json_schema_extra=look(kind="kana"))
    count: int = Field(title="通数", ge=1, le=10)
    on_day: date = Field(title="異動日", json_schema_extra=look(earliest="2019-05-01", latest="2100-01-01"))
    colour: Colour = Field(title="色", json_schema_extra=look(labels={"red": "赤", "blue": "青"}))
    wanted: bool = Field(title="要りますか")
    told: bool = Field(False, title="知らせる")
    tags: list[Colour] = Field([], title="札", json_schema_extra=look(labels={"red": "赤", "blue": "青"}))
    at: datetime | None = Field(None, title="時刻")
    to: Place | None = Field(None, title="送り先")
    children: list[Child] = Field([], title="子")

    @model_validator(mode="after")
    def _red_when_ten(self):
        if self.count == 10 and self.colour is not Colour.RED:
            raise SameColour
        return self


GOOD = {
    "name": "見本 花子",
    "kana": "みほん　ﾊﾅｺ",
    "count": "２通",
    "on_day": "R8.11.14",
    "on_day_y": "令和8",
    "on_day_m": "１１",
    "on_day_d": "14日",
    "colour": "blue",
    "wanted": "yes",
    "children-count": "0",
}


class Closed(Refusal):
    """受付は{opens}からです。 / Applications open on {opens}. / {opens}から できます。"""

    field = "on_day"


class Upside(Refusal):
    """いまは受け付けていません。 / Closed for now."""


class Door:
    """A stand-in for a door: remembers what it was asked, refuses by the name."""

    name, title, kind = "toys.matter", "用件", "action"
    input_model = Matter

    def __init__(self, allowed=EVERYONE):
        self.allowed, self.calls, self.by_key = allowed, [], {}

    def call(self, given, *, by, on, at, key=""):
        refusals = {"閉": Closed(opens=date(2026, 12, 1)), "止": Upside(), "禁": NotAllowed()}
        if given["name"] in refusals:
            raise refusals[given["name"]]
        if key not in self.by_key:
            self.calls.append({"given": given, "by": by, "on": on, "at": at, "key": key})
            self.by_key[key] = len(self.calls)
        return self.by_key[key]


def request(path="/toys/", post=None, session=None, actor=NOBODY, **headers):
    made = (
        RequestFactory(headers=headers).post(path, post)
        if post is not None
        else RequestFactory(headers=headers).get(path)
    )
    made.session = SessionStore() if session is None else session
    made.actor, made.now, made.today = actor, NOON, NOON.date()
    made._messages = FallbackStorage(made)
    made._dont_enforce_csrf_checks = True
    return made


RESIDENT_ACTOR = Actor(7, "髙橋 美咲", person=42, proof="card")
__all__ = [
    "CLERK_NAME",
    "GOOD",
    "NOON",
    "RESIDENT",
    "RESIDENT_ACTOR",
    "Child",
    "Closed",
    "Colour",
    "Door",
    "Matter",
    "Place",
    "request",
]
