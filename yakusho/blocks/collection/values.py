"""What is asked about money that is late, and how the answer explains itself."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import Field

from yakusho.blocks.doors import Value

MOST_YEN = 999_999_999_999
Yen = Annotated[int, Field(ge=0, le=MOST_YEN)]


class Kind(StrEnum):
    """徴収金の種類 For how many months the lower rate holds depends on it."""

    TAX = "tax"
    PREMIUM = "premium"


class SpanView(Value):
    """計算の一行 Days of one rate and base. ``rate`` is percent a year; ``yen`` has its fraction cut."""

    first: date
    last: date
    days: int
    rate: Decimal = Field(max_digits=5, decimal_places=2)
    base: Yen
    yen: Yen


class LateChargeView(Value):
    """延滞金の計算 Lines, their sum, what is owed of it, and by which articles."""

    yen: Yen
    sum: Yen
    owed: Yen
    total: Yen
    due: date
    paid_on: date
    spans: list[SpanView]
    articles: list[str]
    unconfirmed: list[str] = Field(description=_("出典を確かめていない定め"))
