"""日付の読み取り The day or the span of days that a person means by what they typed.

Nothing is guessed: a text with several readings is refused with all of them named
(`candidates` gives them to a search), and an impossible one with the right one named.
"""

from datetime import date

from yakusho.kit.calendar.spelling import Reading, clean, readings, second_year
from yakusho.kit.calendar.years import BeforeEras, era, fiscal_period
from yakusho.kit.eras import ERAS, numbered_year
from yakusho.kit.periods import Period
from yakusho.kit.refusal import BadInput

_LONGEST = 40


class NotADate(BadInput):
    """「{text}」は日付として読み取れません。例：昭和45年3月5日、S45.3.5、1970-3-5
    / "{text}" cannot be read as a date. Examples: 1970-3-5, S45.3.5, 5 March 1970.
    / 「{text}」は 日にちとして わかりません。例：1970-3-5
    """


class NoSuchDay(BadInput):
    """{written}という日はありません。 / There is no such day as {written}."""


class WrongEra(BadInput):
    """{written}はありません。正しくは{right}です。
    / There is no {written}; the right date is {right} ({day}).
    / {written}は ありません。{right}と 書いてください。
    """


class EraDisagrees(BadInput):
    """「{text}」の元号と西暦が合いません。 / In "{text}" the era year and the western year do not agree."""


class DayMissing(BadInput):
    """「{text}」は年月日の日まで入力してください。 / Please enter year, month and day: "{text}" is not a whole date."""


class AmbiguousDay(BadInput):
    """「{text}」は元号を付けてください。次のいずれにも読めます：{candidates}
    / Please add the era to "{text}"; it may mean any of: {candidates}.
    """


def parse_span(text: str, *, earliest: date | None = None, latest: date | None = None) -> Period[date]:
    """日付の範囲 The half-open span of days that a text names: a day, a month, a year or a fiscal year.

    Era years are cut to their era (昭和64年 is seven days). `earliest` and `latest` only narrow texts
    without an era (450305). Refuses NotADate, NoSuchDay, WrongEra, EraDisagrees, AmbiguousDay, BeforeEras.
    """
    spans = candidate_spans(text, earliest=earliest, latest=latest)
    if len(spans) > 1:
        raise AmbiguousDay(text=_shown(text), candidates=[span.from_ for span in spans])
    return spans[0]


def parse_day(text: str, *, earliest: date | None = None, latest: date | None = None) -> date:
    """日付 The one day that a text names; refuses what parse_span does, and DayMissing for a month or a year."""
    days = candidates(text, earliest=earliest, latest=latest)
    if len(days) > 1:
        raise AmbiguousDay(text=_shown(text), candidates=list(days))
    return days[0]


def candidates(text: str, *, earliest: date | None = None, latest: date | None = None) -> tuple[date, ...]:
    """候補日 Every day that a text may mean, oldest first (450305: 1912, 1970, 2063); at least one.

    Refuses NotADate, NoSuchDay, WrongEra, EraDisagrees, BeforeEras, DayMissing.
    """
    spans = candidate_spans(text, earliest=earliest, latest=latest)
    if any(reading.day is None for reading in _readings(text)):
        raise DayMissing(text=_shown(text))
    return tuple(span.from_ for span in spans)


def candidate_spans(text: str, *, earliest: date | None = None, latest: date | None = None) -> tuple[Period[date], ...]:
    """候補期間 Every span that a text may mean, oldest first; at least one. Refuses as parse_span, but ambiguity."""
    found = _readings(text)
    if len(found) == 1:
        return (_checked(text, _span(found[0])),)
    spans = sorted({span for reading in found for span in _possible(reading)}, key=lambda span: span.from_)
    inside = tuple(
        span
        for span in spans
        if (earliest is None or span.from_ >= earliest) and (latest is None or span.from_ <= latest)
    )
    if not inside:
        raise NotADate(text=_shown(text))
    return inside


def _readings(text: str) -> list[Reading]:
    found = [] if len(text) > _LONGEST else list(readings(second_year(clean(text))[0]))
    if not found:
        raise NotADate(text=_shown(text))
    return found


def _possible(reading: Reading) -> list[Period[date]]:
    try:
        return [_span(reading)]
    except (NoSuchDay, WrongEra, BeforeEras):
        return []


def _span(reading: Reading) -> Period[date]:
    span = _western_span(reading)
    if reading.era is None:
        return span
    begins, following = reading.era.begins, ERAS.index(reading.era) + 1
    ends = ERAS[following].begins if following < len(ERAS) else None
    within = span.intersect(Period(begins, ends))
    if within is None:
        right = _written(numbered_year(era(span.from_), span.from_), reading)
        raise WrongEra(written=_as_typed(reading), right=right, day=span.from_)
    return span if reading.fiscal else within


def _western_span(reading: Reading) -> Period[date]:
    year = reading.year + (reading.era.zero if reading.era else 0)
    try:
        if reading.era and reading.year < 1:
            raise NoSuchDay(written=_as_typed(reading))
        if reading.fiscal:
            return fiscal_period(year)
        first = date(year, *(1 if part is None else part for part in (reading.month, reading.day)))
        if reading.day is not None:
            return Period(first, date.fromordinal(first.toordinal() + 1))
        months = 12 if reading.month is None else 1
        after = first.month - 1 + months
        return Period(first, date(year + after // 12, after % 12 + 1, 1))
    except (ValueError, OverflowError) as impossible:
        raise NoSuchDay(written=_as_typed(reading)) from impossible


def _checked(text: str, span: Period[date]) -> Period[date]:
    """Where both calendars are written they must agree: 令和8年(2025年) is a slip of somebody's pen."""
    other = second_year(clean(text))[1]
    if other is not None and (span.from_ not in parse_span(other)):
        raise EraDisagrees(text=_shown(text))
    return span


def _as_typed(reading: Reading) -> str:
    year = "元" if reading.era and reading.year == 1 else str(reading.year)
    return _written(f"{reading.era.name if reading.era else ''}{year}年", reading)


def _written(year: str, reading: Reading) -> str:
    month = "" if reading.month is None else f"{reading.month}月"
    day = "" if reading.day is None else f"{reading.day}日"
    return f"{year}度" if reading.fiscal else f"{year}{month}{day}"


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
