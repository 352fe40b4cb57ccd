"""What is published of the population. An empty number is hidden (秘匿, shown as X): it is small, or would give a small one away."""

from datetime import date, datetime

from yakusho.blocks.doors import Value


class Band(Value):
    """年齢階級 Men and women of five years of age; ``first`` is the first age, ``last`` None for the open band."""

    first: int
    last: int | None
    men: int | None
    women: int | None


class Area(Value):
    """地域 The numbers of a town, or of the whole city (``code`` empty). ``unknown``: sex not registered as either."""

    code: str
    name: str
    total: int | None
    men: int | None
    women: int | None
    unknown: int | None
    households: int | None
    bands: list[Band]


class Statistics(Value):
    """人口 As of a day, as known at an instant (None: now)."""

    on: date
    known_at: datetime | None
    city: Area
    towns: list[Area]


class MonthView(Value):
    """月別の人口と異動 People on the first day, and births, deaths, arrivals and departures of the month."""

    month: date
    population: int | None
    births: int | None
    deaths: int | None
    arrivals: int | None
    departures: int | None
