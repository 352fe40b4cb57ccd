"""The register's rows of an invented city, as data frames in the columns of the tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from yakusho.web.sample.events import Events
from yakusho.web.sample.lives import Lives

OPEN = -999_999  # no day that anybody lived
FORMER = np.array(
    [
        "岩手県滝沢市見本1番地",
        "岩手県北上市見本町2番3号",
        "宮城県仙台市青葉区見本一丁目4番5号",
        "東京都千代田区見本6番7号",
        "青森県八戸市見本8番地",
    ]
)
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class City:
    """Everything that the tables are made from; ``towns`` has code and name."""

    lives: Lives
    events: Events
    towns: pl.DataFrame
    seed: int


def day(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int32).cast(pl.Date).dt.strftime("%Y-%m-%d")


def instant(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Datetime("us")).dt.strftime("%Y-%m-%d %H:%M:%S%.6f+00")


def _range(first: pl.Expr, last: pl.Expr, end: str) -> pl.Expr:
    return pl.format("[{},{})", first, pl.when(pl.col(end) == OPEN).then(pl.lit("")).otherwise(last))


def fact(frame: pl.DataFrame) -> pl.DataFrame:
    """Half-open ranges from the columns from_/until (days) and known/unknown (instants); OPEN is open; cause 0 is none."""
    return (
        frame.with_columns(
            _range(day("from_"), day("until"), "until").alias("valid"),
            _range(instant("known"), instant("unknown"), "unknown").alias("known_"),
            *(pl.when(pl.col(name) > 0).then(pl.col(name)).alias(name) for name in ("cause", "closed_by")),
        )
        .drop("from_", "until", "known", "unknown")
        .rename({"known_": "known"})
    )


def spans_of(
    who: Numbers, from_: Numbers, until: Numbers, cause: Numbers, closed: Numbers, known: Numbers, end: Numbers
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "index": who,
            "from_": from_,
            "until": until,
            "cause": cause,
            "closed_by": closed,
            "known": known,
            "unknown": end,
        }
    )


def first_cause(city: City) -> Numbers:
    return np.maximum(city.events.arrival, city.events.birth)


def residences(city: City) -> pl.DataFrame:
    """住所 Each belief about where a person lived: before and after a move, before and after a departure."""
    lives, events = city.lives, city.events
    home = lives.people.household
    first = first_cause(city)
    known = events.instant[first]
    never = np.full(lives.count, OPEN)
    moved = np.where((lives.since < lives.homes.moved[home]) & (lives.left == 0), lives.homes.moved[home], 0)
    change = np.where(moved > 0, events.move[home], events.departure)
    when = np.where(moved > 0, moved, lives.left)
    stay, change_of = np.flatnonzero(change == 0), np.flatnonzero(change > 0)
    again = np.flatnonzero(moved > 0)
    then = np.maximum(events.instant[change], known + 1)  # a birth may be notified after the family has moved
    zero = np.zeros(lives.count, dtype=np.int64)

    def part(
        who: Numbers,
        from_: Numbers,
        until: Numbers,
        cause: Numbers,
        closed: Numbers,
        since: Numbers,
        end: Numbers,
        new: bool,
    ) -> pl.DataFrame:
        columns = (column[who] for column in (from_, until, cause, closed, since, end))
        late = (lives.homes.moved[home] > 0)[who] & (moved[who] == 0)
        return spans_of(who, *columns).with_columns(pl.Series("new", late | new))

    return pl.concat(
        [
            part(stay, lives.since, never, first, zero, known, never, False),
            part(change_of, lives.since, never, first, change, known, then, False),
            part(change_of, lives.since, when, first, zero, then, never, False),
            part(again, when, never, change, zero, then, never, True),
        ]
    )


def _places(city: City) -> pl.DataFrame:
    """Two addresses a household: the one before its move (where it stayed, the only one), and the one after."""
    draw = np.random.default_rng([city.seed, 2])
    homes = city.lives.homes
    size = 2 * len(homes.town)
    block = zip(draw.integers(1, 40, size), draw.integers(1, 30, size), strict=True)
    room = zip(draw.integers(101, 710, size), draw.random(size) < 0.35, strict=True)
    town = np.concatenate([np.where(homes.moved > 0, homes.old_town, homes.town), homes.town])
    return pl.DataFrame(
        {
            "town": city.towns["code"].to_numpy()[town],
            "town_name": city.towns["name"].to_numpy()[town],
            "block": [f"{lot}番{house}号" for lot, house in block],
            "building": [f"見本ハイツ{number}号室" if flat else "" for number, flat in room],
        }
    )


def addressed(city: City, spans: pl.DataFrame) -> pl.DataFrame:
    """The columns of people_residence."""
    lives, places = city.lives, _places(city)
    home = lives.people.household
    who, new = spans["index"].to_numpy(), spans["new"].to_numpy()
    came = (city.events.arrival[who] > 0) & ~new
    moved = new & (spans["from_"].to_numpy() > lives.since[who])
    before = places[home[who]].select(pl.concat_str("town_name", "block", "building")).to_series()
    return (
        fact(spans)
        .with_columns(
            (pl.col("index") + 1).alias("person_id"),
            pl.Series("household_id", home[who] + 1),
            pl.Series("relation", lives.people.bond[who]),
            *places[home[who] + np.where(new, len(lives.homes.town), 0)],
            days("resident_since", lives.since[who]),
            days("address_since", spans["from_"].to_numpy()),
            days("notified_on", np.where(came, lives.since[who], OPEN)),
            pl.Series("came_from", np.where(came, FORMER[home[who] % len(FORMER)], "")),
            pl.Series("moved_from", np.where(moved, before, "")),
        )
        .drop("index", "new")
    )


def days(name: str, days: Numbers) -> pl.Series:
    column = pl.Series(name, days)
    known = pl.when(column != OPEN).then(column.cast(pl.Int32).cast(pl.Date))
    return pl.select(known.alias(name)).to_series()
