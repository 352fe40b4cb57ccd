"""Lives of invented people: when they came, moved, were born, left or died, and when the city learned of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yakusho.web.sample import names
from yakusho.web.sample.households import People, people

Days = NDArray[np.int64]  # days since 1970-01-01
YEAR = 365
SYSTEM_YEARS = 5  # as far back as movements are recorded
LEFT_SHARE = 0.12  # closed records for each resident


@dataclass(frozen=True)
class Homes:
    """One row a household: where it lives, since when, and whether it moved inside the city."""

    arrived: Days
    moved: Days  # 0: never
    town: NDArray[np.int64]
    old_town: NDArray[np.int64]
    domicile_town: NDArray[np.int64]


@dataclass(frozen=True)
class Lives:
    """One row a person: residents first, then those who left or died. Days; ``left`` 0 for residents."""

    people: People
    homes: Homes
    born: Days
    since: Days
    left: Days
    died: NDArray[np.bool_]
    family: names.Drawn
    given: names.Drawn
    foreign: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """Residents and former residents."""
        return len(self.born)


def _with_the_gone(draw: np.random.Generator, living: People, gone: int) -> People:
    """Former residents lived alone: each is the head of a household of their own."""
    first = living.household.max() + 1
    years = np.where(draw.random(gone) < 0.4, draw.normal(84, 8, gone), draw.normal(31, 11, gone))
    age = (np.clip(years, 18, 108) * 365.25).astype(np.int64)
    return People(
        household=np.concatenate([living.household, first + np.arange(gone)]),
        bond=np.concatenate([living.bond, np.full(gone, "世帯主")]),
        sex=np.concatenate([living.sex, np.where(draw.random(gone) < 0.5, "男", "女")]),
        age=np.concatenate([living.age, age]),
        couple=np.concatenate([living.couple, np.zeros(gone, dtype=bool)]),
    )


def _homes(draw: np.random.Generator, count: int, towns: NDArray[np.float64], today: int) -> Homes:
    recent = draw.random(count) < 0.22
    ago = np.where(recent, draw.integers(20, SYSTEM_YEARS * YEAR, count), draw.integers(6 * YEAR, 40 * YEAR, count))
    moved = np.where(
        ~recent & (draw.random(count) < 0.2), today - draw.integers(20, SYSTEM_YEARS * YEAR - 40, count), 0
    )
    town, old_town, domicile = (draw.choice(len(towns), size=count, p=towns) for _ in range(3))
    return Homes(today - ago, moved, town, old_town, domicile)


def _families(draw: np.random.Generator, household: NDArray[np.int64], own: NDArray[np.bool_]) -> names.Drawn:
    """One family name a household; people who merely live there have their own."""
    drawn = names.family(draw, int(household.max()) + 1)
    other = names.family(draw, len(household))
    return names.Drawn(
        np.where(own, other.written, drawn.written[household]), np.where(own, other.kana, drawn.kana[household])
    )


def _apart(draw: np.random.Generator, given: names.Drawn, folk: People) -> None:
    """No two members of a household have the same given name: the later one gets another ending."""
    seen: set[tuple[int, str]] = set()
    for index, key in enumerate(zip(folk.household.tolist(), given.written.tolist(), strict=True)):
        if key in seen:
            given.written[index], given.kana[index] = (
                ("一馬", "カズマ") if folk.sex[index] == "男" else ("千尋", "チヒロ")
            )
        seen.add(key)


def _grown_up(homes: Homes, folk: People, born: Days) -> None:
    """Nobody founds a household before the age of 17: until then there was no head."""
    head = folk.bond == "世帯主"
    home = folk.household[head]
    homes.arrived[home] = np.maximum(homes.arrived[home], born[head] + 17 * YEAR)
    homes.moved[homes.moved <= homes.arrived] = 0


def live(*, seed: int, count: int, towns: NDArray[np.float64], today: int) -> Lives:
    """The same city for the same seed, population, towns (weights that sum to 1) and day."""
    draw = np.random.default_rng(seed)
    folk = _with_the_gone(draw, people(draw, count), max(2, int(count * LEFT_SHARE)))
    homes = _homes(draw, int(folk.household.max()) + 1, towns, today)
    gone = np.arange(len(folk.age)) >= count
    foreign_home = draw.random(len(homes.town)) < 0.05
    alone = np.bincount(folk.household, minlength=len(homes.town)) == 1
    foreign = (foreign_home & alone)[folk.household] & ~gone & (folk.age > 19 * 366)
    left = np.where(gone, today - draw.integers(4, SYSTEM_YEARS * YEAR - 40, len(gone)), 0)
    born = np.where(gone, left, today) - folk.age
    arrived = left - draw.integers(YEAR, 9 * YEAR, len(gone)) - SYSTEM_YEARS * YEAR
    homes.moved[folk.household[gone]] = 0
    homes.arrived[folk.household[gone]] = arrived[gone]
    _grown_up(homes, folk, born)
    given = names.given(draw, folk.sex, 1970 + born // 365)
    _apart(draw, given, folk)
    return Lives(
        people=folk,
        homes=homes,
        born=born,
        since=np.maximum(homes.arrived[folk.household], born),
        left=left,
        died=gone & (folk.age > 60 * 366),
        family=_families(draw, folk.household, folk.bond == "同居人"),
        given=given,
        foreign=foreign,
    )
