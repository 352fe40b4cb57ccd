"""日付の読み書き Days and times between the form's text and the model; the reading itself is the kit's."""

import re
from datetime import date, datetime, time

from django.utils import timezone

from yakusho.blocks.pages.forms.repair import narrow
from yakusho.kit.calendar import parse_day, short_era
from yakusho.kit.eras import era_on, numbered_year

_TIME = re.compile(r"[T\s\u3000]*(\d{1,2})(?::|時)(\d{2})?分?(?::\d{2})?$")


def read_day(text: str, *, earliest: date | None = None, latest: date | None = None) -> date:
    """日付 The day that a text says; refuses in the kit's own sentences."""
    return parse_day(text, earliest=earliest, latest=latest)


def read_moment(text: str) -> datetime:
    """日時 "R8.4.20 17:00" in Japanese time; a day alone is its beginning. ValueError for an hour that does not exist."""
    plain = narrow(text)
    found = _TIME.search(plain)
    clock = time(int(found[1]), int(found[2] or 0)) if found else time()
    day = read_day(plain[: found.start()] if found else plain)
    return datetime.combine(day, clock, timezone.get_default_timezone())


def joined(parts: list[str] | tuple[str, ...]) -> str:
    """年・月・日 Three fields as one text; empty when all are."""
    year, month, day = (re.sub(r"[年月日]$", "", narrow(part or "")) for part in parts)
    return f"{year}年{month}月{day}日" if year or month or day else ""


def parts(day: date) -> list[str]:
    """年・月・日 A day as three fields: 令和8, 4, 1."""
    era = era_on(day)
    year = numbered_year(era, day).removesuffix("年") if era else str(day.year)
    return [year, str(day.month), str(day.day)]


def short(day: date) -> str:
    """R8.4.1; western before the eras."""
    return short_era(day) if era_on(day) else day.isoformat()


def short_moment(moment: datetime) -> str:
    """R8.4.20 17:00 in Japanese time."""
    local = timezone.localtime(moment)
    return f"{short(local.date())} {local:%H:%M}"
