"""What can be asked about money that is late."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from django.conf import settings
from django.utils.translation import gettext_noop as _
from pydantic import Field

from yakusho.blocks.collection.rules.interest import Span
from yakusho.blocks.collection.rules.late_charge import Owed
from yakusho.blocks.collection.rules.late_charge import late_charge as reckon
from yakusho.blocks.collection.values import Kind, LateChargeView, SpanView, Yen
from yakusho.blocks.doors import EVERYONE, Actor, query
from yakusho.blocks.pages.look import look
from yakusho.kit import parameters

USED = ("late_charge_rate", "late_charge_months", "late_charge_cut", "late_charge_fraction", "late_charge_days")
LABELS = {"tax": _("市税"), "premium": _("保険料（国民健康保険料、介護保険料、後期高齢者医療保険料）")}


@cache
def law() -> parameters.Law:
    """法定値 Rates and terms by date; the city's own folder overrides them."""
    return parameters.read(Path(__file__).parent / "parameters", Path(settings.CITY_DIR) / "parameters")


@query(allowed=EVERYONE)
def late_charge(
    *,
    kind: Annotated[Kind, Field(title=_("何の納付ですか"), json_schema_extra=look(kind="radio", labels=LABELS))],
    yen: Annotated[
        Yen,
        Field(
            title=_("納付書の金額（円）"),
            description=_("例：65,000。この期の本税（保険料）だけの額"),
            json_schema_extra=look(width=8),
        ),
    ],
    due: Annotated[
        date, Field(title=_("納期限"), description=_("例：R7.6.2、2025-06-02"), json_schema_extra=look(width=8))
    ],
    paid_on: Annotated[
        date, Field(title=_("納める日"), description=_("例：R8.1.30、2026-01-30"), json_schema_extra=look(width=8))
    ],
    by: Actor,
) -> LateChargeView:
    """延滞金の計算 What is owed beside one instalment that is paid whole on a day, line by line (地方税法326条ほか).

    Refusals: NoValue for days whose rate is not known.
    """
    found = reckon(Owed(yen, due, kind.value), until=paid_on, law=law())
    return LateChargeView(
        yen=yen,
        sum=found.sum,
        owed=found.yen,
        total=yen + found.yen,
        due=due,
        paid_on=paid_on,
        spans=[_line(span) for span in found.spans],
        articles=[f"{law()[name].title}：{law()[name].article}" for name in USED],
        unconfirmed=[law()[name].title for name in USED if not law().is_confirmed(name)],
    )


def _line(span: Span) -> SpanView:
    last = span.period.last_day or span.period.from_
    return SpanView(first=span.period.from_, last=last, days=span.days, rate=span.rate, base=span.base, yen=span.yen)
