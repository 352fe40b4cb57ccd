"""練習 A door that writes nothing, so that forms can be tried in every state."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils.translation import gettext_noop
from pydantic import Field

from yakusho.blocks.doors import EVERYONE, Actor, Value
from yakusho.blocks.pages.look import look
from yakusho.kit.refusal import BadInput, Refusal


class Purpose(Enum):
    """使いみち"""

    CAR = "car"
    WORK = "work"
    OTHER = "other"


class Item(Enum):
    """載せる項目"""

    RELATION = "relation"
    HEAD = "head"
    DOMICILE = "domicile"


class Member(Value):
    """人 One person of a list."""

    name: str = Field(title=gettext_noop("氏名"), max_length=20)
    kana: str = Field(title=gettext_noop("振り仮名"), json_schema_extra=look(kind="kana"))
    born: date = Field(title=gettext_noop("生年月日"))


class Address(Value):
    """住所 Where a paper goes."""

    postcode: str = Field(
        title=gettext_noop("郵便番号"), pattern=r"^\d{7}$", json_schema_extra=look(kind="digits", width=8)
    )
    rest: str = Field(title=gettext_noop("番地"), json_schema_extra=look(width=20))


PURPOSES = {
    "car": gettext_noop("自動車の登録・変更"),
    "work": gettext_noop("勤め先への提出"),
    "other": gettext_noop("そのほか"),
}
ITEMS = {
    "relation": gettext_noop("続柄"),
    "head": gettext_noop("世帯主"),
    "domicile": gettext_noop("本籍"),
}


class Practice(Value):
    """練習の請求 One field of each kind."""

    purpose: Purpose = Field(title=gettext_noop("使いみち"), json_schema_extra=look(labels=PURPOSES))
    copies: int = Field(title=gettext_noop("通数"), ge=1, le=10, json_schema_extra=look(width=2))
    since: date = Field(title=gettext_noop("住み始めた日"), description=gettext_noop("例：令和8年 4月 1日、2026 4 1"))
    items: list[Item] = Field(default=[], title=gettext_noop("載せる項目"), json_schema_extra=look(labels=ITEMS))
    urgent: bool = Field(title=gettext_noop("急ぎますか"))
    agreed: bool = Field(default=False, title=gettext_noop("メールでも知らせを受け取る"))
    phone: str = Field(
        default="", title=gettext_noop("電話番号"), json_schema_extra=look(kind="digits", width=20, autocomplete="tel")
    )
    note: str = Field(default="", title=gettext_noop("備考"), max_length=40, json_schema_extra=look(kind="lines"))
    to: Address | None = Field(default=None, title=gettext_noop("送り先"))
    people: list[Member] = Field(
        title=gettext_noop("人"), min_length=1, json_schema_extra=look(many=gettext_noop("もう1人追加"))
    )


class TooManyCopies(Refusal):
    """{copies}通は、一度に請求できません。 / {copies} copies cannot be requested at once.
    / {copies}通(つう)は 一度(いちど)に できません。
    """

    field = "copies"


class NobodyHome(Refusal):
    """この住所には、いま、だれも住んでいません。 / Nobody lives at this address now.
    / この 住所(じゅうしょ)には だれも 住(す)んでいません。
    """


class NameWithDigits(BadInput):
    """氏名に数字は使えません。 / A name has no digits. / 名前(なまえ)に 数字(すうじ)は 使(つか)えません。"""

    field = "name"


class PracticeDoor:
    """練習の窓口 Has the face of a door; refuses some inputs so that refusals can be seen."""

    name, title, kind, allowed = "pages.practice", "練習の請求", "action", EVERYONE
    input_model = Practice

    def __init__(self) -> None:
        self.results: dict[str, int] = {}

    def call(self, given: dict[str, Any], *, by: Actor, on: date, at: datetime, key: str = "") -> int:
        """The first result of a key; refuses three inputs by their values."""
        if given["copies"] == 9:
            raise TooManyCopies(copies=given["copies"])
        if any(member.name.endswith("1") for member in given["people"]):
            raise NameWithDigits
        if given.get("note") == "NobodyHome":
            raise NobodyHome
        self.results = dict(list(self.results.items())[-200:])
        return self.results.setdefault(key, len(self.results) + 1)
