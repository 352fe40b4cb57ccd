"""人口の表 The published tables as networks of counts: towns by sex and age, households by town, months."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yakusho.systems.city.population.rules.secrecy import SMALLEST, Count, hidden

OLDEST = 85
BANDS = tuple(range(0, OLDEST + 1, 5))
SEXES = ("男", "女")
UNKNOWN = "不明"
CITY, ALL, EVERYBODY = "", "", -1  # the city as a town, all sexes as a sex, all ages as a band
AGES_FROM = 200  # people of a town whose ages are published
TOGETHER = "small"  # the towns below that, as one row of ages

WAYS = (("world", "city"), ("world", "city"), ("city", "world"), ("city", "world"))

Key = tuple[str, str, int]
Published = dict[Key, int | None]


@dataclass(frozen=True)
class Month:
    """月 People on its first day, and what happened in it; None is hidden."""

    month: date
    population: int | None
    births: int | None = 0
    arrivals: int | None = 0
    deaths: int | None = 0
    departures: int | None = 0


def five_years(age: int) -> int:
    """年齢階級 The first age of the band of five years in which an age lies; the last band is open."""
    return min(age // 5 * 5, OLDEST)


def summed(cells: Mapping[Key, int]) -> dict[Key, int]:
    """合計 The counts of towns by sex and band with every total that is published; absent cells are 0."""
    towns = sorted({town for town, _, _ in cells})
    sexes = [*SEXES, *({UNKNOWN} if any(sex == UNKNOWN for _, sex, _ in cells) else ())]
    table = {(town, sex, band): 0 for town in (CITY, *towns) for sex in (ALL, *sexes) for band in (EVERYBODY, *BANDS)}
    for (town, sex, band), people in cells.items():
        for place in (town, CITY):
            table[place, sex, band] += people
            table[place, sex, EVERYBODY] += people
            table[place, ALL, EVERYBODY] += people
    # Ages without sex are not published: one total less is one way less to compute a hidden count.
    return {key: people for key, people in table.items() if key[1] != ALL or key[2] == EVERYBODY}


def published(cells: Mapping[Key, int]) -> Published:
    """公表する人口 The table with totals; what must not be known is None.

    Ages of towns with fewer than ``AGES_FROM`` people are not published at all. They are protected together, as one row:
    a reader can compute it from the city's ages and those of the large towns.
    """
    return _table(tuple(cells.items()), AGES_FROM)


@lru_cache(maxsize=16)
def _table(cells: tuple[tuple[Key, int], ...], ages_from: int) -> Published:
    table = summed(dict(cells))
    small = {town for town, sex, _ in table if sex == ALL and town != CITY and table[town, ALL, EVERYBODY] < ages_from}
    flows: dict[Key, int] = defaultdict(int)
    for (town, sex, band), people in table.items():
        flows[TOGETHER if town in small and band != EVERYBODY else town, sex, band] += people
    away = hidden(tuple(_count(key, people, small) for key, people in flows.items()))
    told = {key: None if place in away else people for place, (key, people) in enumerate(flows.items())}
    return {key: told.get(key) for key in table}


def published_households(towns: Mapping[str, int]) -> dict[str, int | None]:
    """公表する世帯数 Households by town and of the city (``CITY``); what must not be known is None."""
    table = {CITY: sum(towns.values())} | dict(towns)
    counts = tuple(
        Count(number, *(("city", "towns") if town == CITY else ("towns", "city"))) for town, number in table.items()
    )
    away = _hidden(counts)
    return {town: None if place in away else number for place, (town, number) in enumerate(table.items())}


def published_months(months: Sequence[Month]) -> list[Month]:
    """公表する推移 A month's events must not be computed from its balance: from one month's people to the next."""
    return [_published(month) for month in months]


def _published(month: Month) -> Month:
    events = [number or 0 for number in (month.births, month.arrivals, month.deaths, month.departures)]
    away = _hidden(tuple(Count(number, *way) for number, way in zip(events, WAYS, strict=True)))
    people = None if month.population is not None and 0 < month.population < SMALLEST else month.population
    return Month(month.month, people, *(None if place in away else number for place, number in enumerate(events)))


def _count(key: Key, people: int, small: Set[str]) -> Count:
    """Each count stands in two sums: a cell in its column and its town's sex, a total in the sum below and the one above it."""
    town, sex, band = key
    below: Hashable
    above: Hashable
    if band != EVERYBODY:
        below, above = ("column", sex, band), (town, sex)
    elif sex != ALL:
        below, above = (TOGETHER if town in small else town, sex), (town,)
    else:
        below, above = (town,), ("everybody",)
    source, target = (above, below) if town == CITY else (below, above)
    return Count(people, source, target, kept=(town, sex) == (CITY, ALL))


@lru_cache(maxsize=16)
def _hidden(counts: tuple[Count, ...]) -> frozenset[int]:
    return hidden(counts)
