"""人数 Numbers of people that leave the register; no person is named in them."""

from datetime import date

from yakusho.blocks.doors import Value


class TownCount(Value):
    """町字・性別・年齢階級の人数 How many people of one sex and age band live in a town; ``band`` is the first age of five."""

    town: str
    town_name: str
    sex: str
    band: int
    people: int


class TownHouseholds(Value):
    """町字の世帯数 How many households have their head in a town."""

    town: str
    town_name: str
    households: int


class Census(Value):
    """人口 The counts of one day."""

    people: list[TownCount]
    households: list[TownHouseholds]


class MonthCount(Value):
    """月ごとの人数 People on the first day of a month, and what happened in the month."""

    month: date
    population: int
    births: int
    deaths: int
    arrivals: int
    departures: int
