"""届出期間 By which day a notice is due, whether it is late, and which days are possible at all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from yakusho.kit.calendar import add_days_deadline
from yakusho.kit.calendar.working import YEAR_END, MonthDay
from yakusho.kit.refusal import BadInput
from yakusho.registers.people.rules.households import Remark
from yakusho.systems.city.resident_records.terms import MovementKind as Kind


@dataclass(frozen=True)
class Term:
    """届出期間 Days after the event, with the article; a term of 戸籍法 counts the day of the event too (43条)."""

    days: int
    article: str
    counts_event: bool = False


MOVING = Term(14, "住民基本台帳法22条")
DEADLINES: dict[Kind, Term] = {
    Kind.MOVE_IN: MOVING,
    Kind.MOVE_IN_ABROAD: MOVING,
    Kind.MOVE_IN_CARD: MOVING,
    Kind.MOVE_IN_UNREGISTERED: MOVING,
    Kind.MOVE: Term(14, "住民基本台帳法23条"),
    Kind.MOVE_OUT: Term(14, "住民基本台帳法24条"),  # in advance; up to 14 days after in practice (unconfirmed)
    Kind.MOVE_OUT_ABROAD: Term(14, "住民基本台帳法24条"),
    Kind.MERGE: Term(14, "住民基本台帳法25条"),
    Kind.SPLIT: Term(14, "住民基本台帳法25条"),
    Kind.NEW_HEAD: Term(14, "住民基本台帳法25条"),
    Kind.COMPOSITION: Term(14, "住民基本台帳法25条"),
    Kind.ARTICLE_30_46: Term(14, "住民基本台帳法30条の46"),
    Kind.ARTICLE_30_47: Term(14, "住民基本台帳法30条の47"),
    Kind.ARTICLE_30_48: Term(14, "住民基本台帳法30条の48"),
    Kind.BIRTH: Term(14, "戸籍法49条", counts_event=True),
    Kind.DEATH: Term(7, "戸籍法86条", counts_event=True),  # from the day it became known; here from the day of death
}
AHEAD = frozenset({Kind.MOVE_OUT, Kind.MOVE_OUT_ABROAD})
FINE = {
    "住": ("住民基本台帳法52条2項", "Residential Basic Book Act, art. 52(2)"),
    "戸": ("戸籍法137条", "Family Register Act, art. 137"),
}


class EventLiesAhead(BadInput):
    """{kind}は、その日より前に届け出ることができません（異動日 {event_on}）。
    / This can only be notified on or after the day it happened ({event_on}).
    """

    field = "event_on"


class NotifiedLater(BadInput):
    """届出日（{notified_on}）が、きょうより後です。 / The day of the notice ({notified_on}) lies ahead."""

    field = "notified_on"


def check_days(*, kind: Kind, event_on: date, notified_on: date, on: date) -> None:
    """異動日と届出日 Refuse days that lie ahead; only a 転出 may be planned. Refusals: EventLiesAhead, NotifiedLater."""
    if notified_on > on:
        raise NotifiedLater(notified_on=notified_on)
    if kind not in AHEAD and event_on > notified_on:
        raise EventLiesAhead(kind=kind.value, event_on=event_on)


def deadline(*, kind: Kind, event_on: date, closed: Collection[MonthDay] = YEAR_END) -> date | None:
    """届出期限 The last day of the term (a closed day moves it on); None where the law sets none."""
    term = DEADLINES.get(kind)
    return None if term is None else add_days_deadline(event_on, term.days - term.counts_event, closed=closed)


def days_late(*, kind: Kind, event_on: date, notified_on: date, closed: Collection[MonthDay] = YEAR_END) -> int:
    """遅れた日数 Days between the deadline and the notice; 0 in time."""
    last = deadline(kind=kind, event_on=event_on, closed=closed)
    return max((notified_on - last).days, 0) if last else 0


def lateness(*, kind: Kind, late: int) -> list[Remark]:
    """期間経過 The sentence for a late notice: a summary court may impose a fine of up to 50,000 yen."""
    if not late:
        return []
    ja, en = FINE[DEADLINES[kind].article[0]]
    return [
        Remark(
            f"届出期間を{late}日過ぎています。正当な理由がないときは、簡易裁判所が5万円以下の過料に処することがあります（{ja}）。",
            f"{late} days late. Without good reason a summary court may impose a fine of up to 50,000 yen ({en}).",
        )
    ]
