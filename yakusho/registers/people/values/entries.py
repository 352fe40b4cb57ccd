"""What goes into the register's doors. Titles are the official terms and the labels of forms."""

from datetime import date
from typing import Annotated, Self

from django.utils.translation import gettext_noop as _
from pydantic import AfterValidator, Field, model_validator

from yakusho.blocks.doors import PersonId, Value
from yakusho.blocks.pages.look import look
from yakusho.kit.names import furigana, name_text
from yakusho.kit.numbers import residence_card_number
from yakusho.kit.refusal import BadInput
from yakusho.registers.people.terms import (
    BirthPrecision,
    ClosingReason,
    ForeignCategory,
    OriginState,
    Sex,
)


def reading(text: str) -> str:
    """振り仮名 A reading as it is recorded; empty when there is none. Refuses NotFurigana."""
    return furigana(text, separators="・　") if text.strip() else ""


def card(text: str) -> str:
    """在留カード等の番号 Two letters, eight digits, two letters; empty when there is none. Refuses WrongResidenceCardNumber."""
    return residence_card_number(text) if text.strip() else ""


Card = Annotated[str, Field(max_length=20, json_schema_extra=look(kind="code")), AfterValidator(card)]
Text = Annotated[str, Field(max_length=200), AfterValidator(name_text)]
Name = Annotated[str, Field(max_length=100), AfterValidator(name_text)]
Kana = Annotated[str, Field(max_length=100, json_schema_extra=look(kind="kana", width=20)), AfterValidator(reading)]


class NameMissing(BadInput):
    """氏名（又はローマ字氏名）を入力してください。 / Enter the name, in Japanese or in Latin letters."""

    field = "family"


class Glyph(Value):
    """文字 One character of a name that needs its exact shape: MJ文字図形名 and the sequence with its IVS."""

    text: str = Field(title=_("文字（IVSを含む）"), max_length=8)
    mj: str = Field("", title=_("MJ文字図形名"), pattern=r"^(MJ\d{6})?$")


class AliasRecord(Value):
    """通称の記載及び削除に関する事項 Which municipality recorded or removed an alias, and when."""

    alias: Name = Field(title=_("通称"))
    municipality: Name = Field(title=_("市区町村"))
    on: date = Field(title=_("年月日"))
    removed: bool = Field(False, title=_("削除"))


class NameEntry(Value):
    """氏名等 The name items of a record (住民基本台帳法 7条1号・2号・3号, 施行令 30条の16)."""

    family: Name = Field("", title=_("氏"), description=_("氏と名に分かれない外国人住民の氏名は、ここに全部"))
    given: Name = Field("", title=_("名"))
    family_kana: Kana = Field("", title=_("氏の振り仮名"))
    given_kana: Kana = Field("", title=_("名の振り仮名"))
    kana_fixed: bool = Field(False, title=_("戸籍に記載された振り仮名"), description=_("いいえのときは便宜上の読み方"))
    sex: Sex = Field(title=_("性別"))
    born: date = Field(title=_("生年月日"))
    born_precision: BirthPrecision = Field(BirthPrecision.DAY, title=_("生年月日の確からしさ"))
    former_family: Name = Field("", title=_("旧氏"))
    former_family_kana: Kana = Field("", title=_("旧氏の振り仮名"))
    alphabet: Name = Field("", title=_("ローマ字氏名"), description=_("旅券・在留カードのとおり"))
    alias: Name = Field("", title=_("通称"))
    alias_kana: Kana = Field("", title=_("通称の振り仮名"))
    alias_records: list[AliasRecord] = Field(default=[], title=_("通称の記載及び削除に関する事項"))
    glyphs: list[Glyph] = Field(default=[], title=_("文字の字形"))

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not (self.family or self.alphabet):
            raise NameMissing
        return self

    @property
    def name(self) -> str:
        """氏名 The name as it stands on the record."""
        return f"{self.family}　{self.given}".strip("　") or self.alphabet

    @property
    def kana(self) -> str:
        """振り仮名 Its reading; empty when none is known."""
        return f"{self.family_kana}　{self.given_kana}".strip("　")


class AddressEntry(Value):
    """住所 An address in the city: a town of the places register, then what is written behind it."""

    town: str = Field(title=_("町字コード"), min_length=1, max_length=12)
    town_name: Name = Field(title=_("町字"), min_length=1)
    block: Name = Field("", title=_("番・号"), description=_("例：15番8号"))
    building: Text = Field("", title=_("方書"))

    @property
    def text(self) -> str:
        """住所の表示 As printed, without the city's name."""
        return f"{self.town_name}{self.block}{'　' if self.building else ''}{self.building}"


class OriginEntry(Value):
    """戸籍の表示 Registered domicile and the first person of the family register."""

    state: OriginState = Field(OriginState.KNOWN, title=_("戸籍の表示"))
    domicile: Text = Field("", title=_("本籍"))
    head: Name = Field("", title=_("筆頭者"))


class ForeignEntry(Value):
    """外国人住民の項目 Nationality and status (住民基本台帳法 30条の45)."""

    nationality: Name = Field(title=_("国籍・地域"), min_length=1)
    category: ForeignCategory = Field(title=_("30条の45に規定する区分"))
    status: Name = Field("", title=_("在留資格"))
    period: Name = Field("", title=_("在留期間等"))
    expires_on: date | None = Field(None, title=_("在留期間等の満了の日"))
    card_number: Card = Field("", title=_("在留カード等の番号"))
    foreign_since: date | None = Field(None, title=_("外国人住民となった年月日"))


class ResidenceEntry(Value):
    """住所・世帯 What is said of where somebody lives from the day of the movement on; None: as it was.

    ``like`` takes the address from another person, which the one who says so need not see (支援措置). With
    ``address_since`` it is a move, and the address before it becomes the 異動前住所.
    """

    person: PersonId
    household: int | None = None
    relation: Name | None = Field(None, title=_("続柄"))
    address: AddressEntry | None = None
    like: PersonId | None = None
    resident_since: date | None = Field(None, title=_("住民となった年月日"))
    address_since: date | None = Field(None, title=_("住所を定めた年月日"))
    notified_on: date | None = Field(None, title=_("届出年月日"))
    came_from: Text | None = Field(None, title=_("転入前住所"))


class ClosingEntry(Value):
    """消除 The end of a person's record from the day of the movement on.

    ``like`` takes the destination from what another movement said of it.
    """

    person: PersonId
    reason: ClosingReason = Field(title=_("消除の事由"))
    destination: Text | None = Field(None, title=_("転出先"))
    like: int | None = None
    planned: bool = Field(False, title=_("予定"))
    notified_on: date | None = Field(None, title=_("届出年月日"))


class NameChange(Value):
    """氏名等の変更 What a person is called from the day of the movement on."""

    person: PersonId
    names: NameEntry
    since_birth: bool = False


class OriginMove(Value):
    """戸籍の表示の変更 ``origin`` None ends it (国籍喪失)."""

    person: PersonId
    origin: OriginEntry | None


class ForeignMove(Value):
    """外国人住民の項目の変更 ``foreign`` None ends it (帰化)."""

    person: PersonId
    foreign: ForeignEntry | None


class Change(Value):
    """異動の内容 Everything one movement says, from one day on; recorded at one instant."""

    cause: int
    since: date
    names: list[NameChange] = []
    residences: list[ResidenceEntry] = []
    closings: list[ClosingEntry] = []
    origins: list[OriginMove] = []
    foreign: list[ForeignMove] = []


class Allotment(Value):
    """番号の付番 New 宛名番号 and, if asked for, a new 世帯番号."""

    people: list[PersonId]
    household: int | None


class Opponent(Value):
    """相手方 From whom a person is protected."""

    person: PersonId | None = Field(None, title=_("相手方の宛名番号"))
    name: Name = Field(title=_("相手方の氏名"), min_length=1)
    address: Text = Field("", title=_("相手方の住所"))
    born: date | None = Field(None, title=_("相手方の生年月日"))
