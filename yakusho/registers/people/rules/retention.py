"""保存期間 How long a closed record is kept."""

from datetime import date

YEARS = 150
"""除票の保存年数 From the day of closing (住民基本台帳法施行令 34条, since 2019-06-20; not confirmed against the text)."""


def kept_until(closed_on: date) -> date:
    """除票の保存期間 The first day on which a closed record need no longer be kept."""
    leap = (closed_on.month, closed_on.day) == (2, 29)
    return date(closed_on.year + YEARS, 3, 1) if leap else closed_on.replace(year=closed_on.year + YEARS)
