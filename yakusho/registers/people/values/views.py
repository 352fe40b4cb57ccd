"""What comes out of the register's doors."""

from datetime import date, datetime

from django.utils.translation import gettext_noop as _
from pydantic import Field

from yakusho.blocks.doors import PersonId, Value
from yakusho.registers.people.rules.retention import kept_until
from yakusho.registers.people.terms import ClosingReason, NumberKind, ProtectionKind, ProtectionState
from yakusho.registers.people.values.entries import AddressEntry, ForeignEntry, NameEntry, Opponent, OriginEntry


class Residence(Value):
    """住所・世帯 as shown; ``address`` and every other text that tells it are None and empty when withheld (支援措置)."""

    household: int
    relation: str = Field(title=_("続柄"))
    address: AddressEntry | None = Field(title=_("住所"))
    resident_since: date = Field(title=_("住民となった年月日"))
    address_since: date | None = Field(title=_("住所を定めた年月日"))
    notified_on: date | None = Field(title=_("届出年月日"))
    came_from: str = Field(title=_("転入前住所"))
    moved_from: str = Field(title=_("異動前住所"))
    since: date
    until: date | None

    @property
    def is_head(self) -> bool:
        """世帯主 Whether this person is the head of the household."""
        return self.relation == "世帯主"


class Closing(Value):
    """除票 How and when the record ended."""

    closed_on: date = Field(title=_("消除年月日"))
    reason: ClosingReason = Field(title=_("消除の事由"))
    destination: str = Field(title=_("転出先"))
    planned: bool = Field(title=_("予定"))
    notified_on: date | None = Field(title=_("届出年月日"))

    @property
    def kept_until(self) -> date:
        """保存期間 The first day on which the closed record need no longer be kept."""
        return kept_until(self.closed_on)


class Person(Value):
    """住民 A person as of a day, as known at an instant: what held, and what the city believed."""

    id: PersonId = Field(title=_("宛名番号"))
    names: NameEntry
    residence: Residence | None = Field(title=_("住所・世帯"))
    last_residence: Residence | None = Field(title=_("最後の住所・世帯"), description="for a closed record (除票)")
    closing: Closing | None = Field(title=_("消除"))
    origin: OriginEntry | None = Field(title=_("戸籍の表示"))
    foreign: ForeignEntry | None = Field(title=_("外国人住民の項目"))
    withheld: bool = Field(title=_("照会制限"), description="the address is not shown on any path (支援措置)")

    @property
    def is_resident(self) -> bool:
        """現住 Whether the person lives in the city on the day asked."""
        return self.residence is not None


class Hit(Value):
    """検索結果 One line of a search: the name that matched, and the person it leads to."""

    person: Person
    matched: str
    same_name_and_birth: bool = Field(title=_("同名・同生年月日"))


class Hits(Value):
    """検索結果 At most 50 lines; ``after`` asks for the next ones, empty at the end."""

    rows: list[Hit]
    after: str = ""


class Protection(Value):
    """支援措置 One protected person's measure; it protects from intake until a decision ends it."""

    id: int
    person: PersonId
    principal: int | None = Field(description="the measure of the person they are protected together with")
    kind: ProtectionKind
    state: ProtectionState
    applied_on: date = Field(title=_("申出年月日"))
    starts_on: date | None = Field(title=_("開始年月日"))
    until: date | None = Field(title=_("期間の満了（その日を含まない）"))
    remind_on: date | None = Field(title=_("延長の案内を始める日"))
    ended_on: date | None = Field(title=_("終了年月日"))
    opponents: list[Opponent]


class DueMark(Value):
    """ここまで Where a page of measures ended: as it stood there, whatever has been decided about it since."""

    until: date
    after: int


class Release(Value):
    """解除 A release of one protected address, for one paper, for minutes, by two officers."""

    id: int
    person: PersonId
    paper: str = Field(title=_("書類"))
    reason: str = Field(title=_("理由"))
    asked_at: datetime
    asked_by: str
    agreed_at: datetime | None
    agreed_by: str
    until: datetime | None
    used_at: datetime | None


class HeldNumber(Value):
    """番号 One decrypted number, for the purpose that was stated; never kept, never logged."""

    person: PersonId
    kind: NumberKind
    number: str = Field(repr=False)


class Alike(Value):
    """同名・同生年月日 Somebody registered with the name and birth date at this place of a list."""

    place: int
    person: PersonId
