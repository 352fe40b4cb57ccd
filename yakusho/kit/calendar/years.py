"""年 Era years and fiscal years of a day."""

from datetime import date

from yakusho.kit.eras import Era, era_on, numbered_year
from yakusho.kit.periods import Period
from yakusho.kit.refusal import Refusal


class BeforeEras(Refusal):
    """{day}は明治6年1月1日（グレゴリオ暦の実施）より前のため、元号で表せません。
    / {day} is before 1 January 1873, when Japan took up the Gregorian calendar; it has no era date here.
    """

    status = 422


def era(day: date) -> Era:
    """元号 The era of a day; refuses BeforeEras before 明治6年1月1日."""
    found = era_on(day)
    if found is None:
        raise BeforeEras(day=day)
    return found


def era_year(day: date) -> int:
    """元号の年 The year number within the era (1 = 元年); refuses BeforeEras."""
    return era(day).year(day)


def wareki(day: date) -> str:
    """和暦 "令和8年11月23日", the first year as 元年; refuses BeforeEras."""
    return f"{numbered_year(era(day), day)}{day.month}月{day.day}日"


def short_era(day: date) -> str:
    """和暦略記 "R8.11.23" (first year R1); refuses BeforeEras."""
    return f"{era(day).letter}{era_year(day)}.{day.month}.{day.day}"


def fiscal_year(day: date) -> int:
    """会計年度 The western year in which the fiscal year of a day begins, 1 April (地方自治法208条)."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_period(year: int) -> Period[date]:
    """会計年度の期間 1 April of the year until 1 April of the next."""
    return Period(date(year, 4, 1), date(year + 1, 4, 1))


def fiscal_year_name(year: int) -> str:
    """年度の名称 "令和8年度"; refuses BeforeEras.

    The era is that of 1 April, except 2019: the whole year is 令和元年度
    (改元に伴う元号による年表示の取扱いについて, 平成31年4月1日 関係省庁連絡会議申合せ).
    """
    named_on = date(2019, 5, 1) if year == 2019 else date(year, 4, 1)
    return f"{numbered_year(era(named_on), named_on)}度"
