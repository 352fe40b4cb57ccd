"""What clerks and residents get back."""

from datetime import date, datetime

from django.utils.translation import gettext_noop as _
from pydantic import Field

from yakusho.blocks.doors import PersonId, Value
from yakusho.registers.people.values import Person
from yakusho.systems.city.resident_records.terms import MovementKind


class Remark(Value):
    """注意 Something to look at that does not stop the movement."""

    ja: str
    en: str


class Receipt(Value):
    """受付結果 What was recorded, and whether it was in time."""

    movement: int
    kind: MovementKind
    event_on: date = Field(title=_("異動日"))
    notified_on: date | None = Field(title=_("届出日"))
    households: list[int] = Field(title=_("世帯番号"))
    people: list[PersonId] = Field(title=_("対象者"))
    deadline: date | None = Field(title=_("届出期限"))
    days_late: int = Field(title=_("遅れた日数"))
    remarks: list[Remark] = Field(default=[], title=_("注意"))


class Movement(Value):
    """異動 One line of a person's history: three dates, why, whom, by whom; without addresses."""

    id: int
    kind: MovementKind = Field(title=_("異動事由"))
    event_on: date = Field(title=_("異動日"))
    notified_on: date | None = Field(title=_("届出日"))
    processed_at: datetime = Field(title=_("処理日時"))
    by: str = Field(title=_("処理者"))
    people: list[PersonId] = Field(title=_("対象者"))
    households: list[int]
    reason: str = Field(title=_("事由"))
    items: list[str] = Field(default=[], title=_("変更した項目"), description="names of items, never what they hold")
    days_late: int
    cancels: int | None
    corrects: int | None
    cancelled: bool


class HouseholdView(Value):
    """世帯 The members on a day, head first, and what is worth a look."""

    household: int
    on: date
    known_at: datetime | None
    members: list[Person]
    remarks: list[Remark]


class Looked(Value):
    """閲覧の記録 Who saw or changed a person's record, when and why; lines the law lets us withhold are left out."""

    at: datetime
    office: str
    purpose: str
    act: str


class Proposed(Value):
    """続柄の案 What a member would be to a new head; only a certain one is recorded without being given."""

    person: PersonId
    name: str
    relation: str = Field(title=_("続柄"))
    certain: bool


class Term(Value):
    """届出期間 By when a notice is due and how late it is."""

    deadline: date | None = Field(title=_("届出期限"))
    days_late: int = Field(title=_("遅れた日数"))
    remarks: list[Remark]
