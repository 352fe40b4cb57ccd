"""日付の表記 Dates, times and amounts as pages write them: era and western year for residents, short on the desk."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from yakusho.blocks.pages import language
from yakusho.kit.eras import era_on, numbered_year

WEEKDAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS_EN = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
WEEKDAYS = "月火水木金土日"


def full(day: date) -> str:
    """令和8年11月14日（土）; English: 14 November 2026 (Sat)."""
    if _english():
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year} ({WEEKDAYS_EN[day.weekday()]})"
    era = era_on(day)
    year = numbered_year(era, day) if era else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def near(day: date) -> str:
    """11月14日（土）; English: Sat 14 November."""
    if _english():
        return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}"
    return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def full_moment(moment: datetime) -> str:
    """令和8年11月14日（土）14時31分, in Japanese time."""
    local = timezone.localtime(moment)
    return (
        f"{full(local.date())} {local:%H:%M}"
        if _english()
        else f"{full(local.date())}{local.hour}時{local.minute:02}分"
    )


def near_moment(moment: datetime) -> str:
    """11月14日（土）14:31, in Japanese time."""
    local = timezone.localtime(moment)
    return f"{near(local.date())} {local:%H:%M}"


def local_day(moment: datetime) -> date:
    """その日 The day of an instant in Japanese time."""
    return timezone.localtime(moment).date()


def last_day(until: date) -> date:
    """最終日 The last day of a half-open period [from, until)."""
    return until - timedelta(days=1)


def yen(amount: int) -> str:
    """262,700円; English: 262,700 yen; the minus is a true minus."""
    return _("%(amount)s円") % {"amount": number(amount)}


def number(figure: int) -> str:
    """1,234 with a true minus."""
    return f"{figure:,}".replace("-", "−")


def _english() -> bool:
    return language.current().code == "en"
