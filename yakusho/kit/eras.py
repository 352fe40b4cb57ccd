"""元号 The five eras of the Gregorian calendar in Japan, as one table.

The table stands alone so that refusals can write dates; the reading and writing of dates by
users is in `yakusho.kit.calendar`.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Era:
    """元号 One era: names, the day it began, and the western year before its first year."""

    name: str
    letter: str
    english: str
    begins: date
    zero: int

    def year(self, day: date) -> int:
        """年 The year of this era that a day's western year has (1 = 元年); no check of the bounds."""
        return day.year - self.zero


# 明治5年太政官布告337号: the Gregorian calendar runs from 明治6年1月1日. A changeover day belongs to the
# new era (明治45年7月30日 is 大正元年7月30日; 大正15年12月25日 is 昭和元年12月25日);
# 昭和64年政令1号 and 平成31年政令143号 (in force from the following midnight).
ERAS: tuple[Era, ...] = (
    Era("明治", "M", "Meiji", date(1873, 1, 1), 1867),
    Era("大正", "T", "Taisho", date(1912, 7, 30), 1911),
    Era("昭和", "S", "Showa", date(1926, 12, 25), 1925),
    Era("平成", "H", "Heisei", date(1989, 1, 8), 1988),
    Era("令和", "R", "Reiwa", date(2019, 5, 1), 2018),
)


def era_on(day: date) -> Era | None:
    """その日の元号 The era of a day, or None before 明治6年1月1日 (another calendar was in force)."""
    return next((era for era in reversed(ERAS) if era.begins <= day), None)


def numbered_year(era: Era, day: date) -> str:
    """年の表記 "令和8年"; the first year is written 元年."""
    year = era.year(day)
    return f"{era.name}{'元' if year == 1 else year}年"


def written(day: date) -> str:
    """日付の表記 Era and western year together, "令和8年（2026年）11月23日"; before 明治6年 western only."""
    era = era_on(day)
    year = f"{numbered_year(era, day)}（{day.year}年）" if era else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
