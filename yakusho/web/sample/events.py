"""What the city learned about invented lives, in the order in which it learned it: one row a movement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from yakusho.web.sample.lives import SYSTEM_YEARS, YEAR, Lives

Numbers = NDArray[np.int64]
SECOND = 1_000_000
DAY = 86_400 * SECOND
UTC_OFFSET = 9 * 3_600 * SECOND  # days begin in Japan
OPENING = 9 * 3_600 * SECOND


@dataclass(frozen=True)
class Events:
    """``table`` has one row a movement (number, kind, days, instant, people, households); the rest finds a movement.

    ``arrival``, ``birth`` and ``departure`` by person, ``move`` by household: the movement's number, 0 for none.
    ``instant`` by movement number: microseconds since 1970 (UTC).
    """

    table: pl.DataFrame
    arrival: Numbers
    birth: Numbers
    departure: Numbers
    move: Numbers
    instant: Numbers
    begun: int


def _part(kind: Numbers | str, day: Numbers, who: Numbers, home: Numbers, what: str) -> pl.DataFrame:
    kinds = kind if isinstance(kind, np.ndarray) else np.full(len(day), kind)
    return pl.DataFrame(
        {"kind": kinds, "event": day, "person": who, "household": home, "what": np.full(len(day), what)}
    )


def _facts(lives: Lives, begun: int) -> pl.DataFrame:
    """One row for each person touched by each movement."""
    home, gone = lives.people.household, lives.left > 0
    everyone = np.arange(lives.count)
    came = lives.homes.arrived[home] >= begun
    birth = np.flatnonzero(
        (lives.since == lives.born) & (lives.born > np.maximum(lives.homes.arrived[home], begun)) & ~gone
    )
    arrival = np.flatnonzero(came & (lives.born <= lives.homes.arrived[home]) & ~gone)
    moved = lives.homes.moved[home]
    move = np.flatnonzero((moved > 0) & (lives.since < moved) & ~gone)
    left = everyone[gone]
    return pl.concat(
        [
            _part("転入", lives.homes.arrived[home][arrival], arrival, home[arrival], "arrival"),
            _part("出生", lives.born[birth], birth, home[birth], "birth"),
            _part("転居", moved[move], move, home[move], "move"),
            _part(np.where(lives.died[left], "死亡", "転出"), lives.left[left], left, home[left], "departure"),
        ]
    )


def _numbered(draw: np.random.Generator, facts: pl.DataFrame, today: int) -> pl.DataFrame:
    """Movements with their three dates: a household's arrival or move is one movement, a birth one for each child."""
    alone = pl.when(pl.col("what") == "birth").then(pl.col("person")).otherwise(-1)
    grouped = (
        facts.with_columns(alone.alias("child"))
        .group_by(["kind", "event", "household", "what", "child"], maintain_order=True)
        .agg(pl.col("person").alias("people"))
    )
    count = grouped.height
    delay = draw.integers(0, 14, count) + np.where(draw.random(count) < 0.02, draw.integers(15, 60, count), 0)
    notified = np.minimum(grouped["event"].to_numpy() + delay, today - 1)
    instant = notified * DAY - UTC_OFFSET + OPENING + draw.integers(0, 8 * 3_600 * SECOND, count)
    dated = grouped.with_columns(pl.Series("notified", notified), pl.Series("instant", instant))
    return dated.sort(["instant", "household"]).with_row_index("number", offset=1)


def happen(*, lives: Lives, seed: int, today: int) -> Events:
    """All movements of the last five years; what is older is known since the system began."""
    draw = np.random.default_rng([seed, 1])
    begun = today - SYSTEM_YEARS * YEAR
    table = _numbered(draw, _facts(lives, begun), today)
    found = {}
    for what, size in (("arrival", lives.count), ("birth", lives.count), ("departure", lives.count)):
        found[what] = np.zeros(size, dtype=np.int64)
        mine = table.filter(pl.col("what") == what).explode("people")
        found[what][mine["people"].to_numpy()] = mine["number"].to_numpy()
    move = np.zeros(len(lives.homes.town), dtype=np.int64)
    mine = table.filter(pl.col("what") == "move")
    move[mine["household"].to_numpy()] = mine["number"].to_numpy()
    instant = np.concatenate([[begun * DAY - UTC_OFFSET], table["instant"].to_numpy()])
    return Events(table, found["arrival"], found["birth"], found["departure"], move, instant, begun)
