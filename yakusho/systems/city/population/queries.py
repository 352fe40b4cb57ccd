"""What can be asked of the population. Everybody may: there are only numbers, and small ones are not said."""

from datetime import date, datetime
from functools import lru_cache

from django.utils.timezone import localtime

from yakusho.blocks.doors import EVERYONE, STAFF, Actor, query
from yakusho.registers.people.queries import counts
from yakusho.registers.people.values.counts import Census
from yakusho.systems.city.population.rules import tables
from yakusho.systems.city.population.values import Area, Band, MonthView, Statistics

YEARS = 5


@query(allowed=EVERYONE)
def statistics(*, by: Actor, on: date, known_at: datetime | None = None) -> Statistics:
    """人口・世帯数 People by town, sex and five years of age, and households, as of a day and as known at an instant.

    For the public both are taken back to the first day of their month: tables of two following days would tell who moved.
    Staff ask about any day, of the city alone: a town that grows by one at the instant of a protected person's notice
    would tell where that person lives.
    """
    exact = on, known_at
    on, known_at = _by_months(on, known_at)
    if _is_public(by) or (on, known_at) == exact:
        return _statistics(on, known_at, counts.counted())
    return _counted(*exact).model_copy(update={"towns": []})


@lru_cache(maxsize=32)
def _statistics(on: date, known_at: datetime | None, counted: str) -> Statistics:
    """What the public asks is asked often: it is counted once until the register changes."""
    return _counted(on, known_at)


def _counted(on: date, known_at: datetime | None) -> Statistics:
    census = counts.census(on=on, known_at=known_at, oldest=tables.OLDEST)
    table = tables.published({(one.town, one.sex, one.band): one.people for one in census.people})
    homes = tables.published_households({one.town: one.households for one in census.households})
    names = _names(census)
    return Statistics(
        on=on,
        known_at=known_at,
        city=_area("", "", table, homes),
        towns=[_area(town, names[town], table, homes) for town in sorted(names)],
    )


@query(allowed=EVERYONE)
def months(*, by: Actor, on: date, known_at: datetime | None = None) -> list[MonthView]:
    """人口の推移 The first day of each month of the last five years, and births, deaths, arrivals and departures; oldest first.

    The last month is the one before ``on``'s: what happens in a month is told when it is over.
    """
    if _is_public(by):
        on, known_at = _by_months(on, known_at)
    last = on.replace(day=1)
    return list(_months(last, known_at, counts.counted())) if _is_public(by) else _by_month(last, known_at)


@lru_cache(maxsize=32)
def _months(last: date, known_at: datetime | None, counted: str) -> tuple[MonthView, ...]:
    return tuple(_by_month(last, known_at))


def _by_month(last: date, known_at: datetime | None) -> list[MonthView]:
    found = counts.months(first=last.replace(year=last.year - YEARS), last=last, known_at=known_at)
    over = [
        tables.Month(one.month, one.population, one.births, one.arrivals, one.deaths, one.departures) for one in found
    ]
    over[-1] = tables.Month(last, over[-1].population)  # the month that runs
    return [
        MonthView(
            month=one.month,
            population=one.population,
            births=one.births,
            deaths=one.deaths,
            arrivals=one.arrivals,
            departures=one.departures,
        )
        for one in tables.published_months(over)
    ]


def _is_public(by: Actor) -> bool:
    return STAFF.granting(by) is None


def _by_months(on: date, known_at: datetime | None) -> tuple[date, datetime | None]:
    start = known_at and localtime(known_at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return on.replace(day=1), start


def _names(census: Census) -> dict[str, str]:
    homes = {one.town: one.town_name for one in census.households}
    return homes | {one.town: one.town_name for one in census.people}


def _area(code: str, name: str, table: tables.Published, homes: dict[str, int | None]) -> Area:
    def of(sex: str, band: int = tables.EVERYBODY) -> int | None:
        return table.get((code, sex, band), 0)

    return Area(
        code=code,
        name=name,
        total=of(tables.ALL),
        men=of("男"),
        women=of("女"),
        unknown=of(tables.UNKNOWN),
        households=homes.get(code, 0),
        bands=[
            Band(first=band, last=None if band == tables.OLDEST else band + 4, men=of("男", band), women=of("女", band))
            for band in tables.BANDS
        ],
    )
