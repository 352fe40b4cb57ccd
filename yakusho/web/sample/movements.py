"""Movements of invented people, and the order in which all tables are loaded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from yakusho.web.sample.persons import closings, namings, origins, statuses
from yakusho.web.sample.tables import City, addressed, day, instant, residences


def braced(list_: pl.Expr) -> pl.Expr:
    """A PostgreSQL array from the joined text of its members."""
    return pl.concat_str(pl.lit("{"), list_, pl.lit("}"))


def movements(city: City) -> pl.DataFrame:
    """異動 One row a movement; entered by an invented clerk."""
    table = city.events.table
    late = np.maximum(table["notified"].to_numpy() - table["event"].to_numpy() - 14, 0)
    return table.select(
        pl.col("number").alias("id"),
        "kind",
        day("event").alias("event_on"),
        day("notified").alias("notified_on"),
        instant("instant").alias("processed_at"),
        pl.lit(0).alias("by_account"),
        pl.lit("見本の記録").alias("by_name"),
        braced(pl.col("people").list.eval(pl.element() + 1).cast(pl.List(pl.String)).list.join(",")).alias("people"),
        braced((pl.col("household") + 1).cast(pl.String)).alias("households"),
        pl.lit("").alias("reason"),
        pl.Series("days_late", late),
        pl.lit("{}").alias("details"),
    )


def facts(city: City) -> Iterator[tuple[str, pl.DataFrame]]:
    """Table name and rows, in the order in which they are loaded."""
    yield "people_person", pl.DataFrame({"id": np.arange(1, city.lives.count + 1)})
    yield "people_household", pl.DataFrame({"id": np.arange(1, len(city.lives.homes.town) + 1)})
    yield "people_naming", namings(city)
    yield "people_residence", addressed(city, residences(city))
    yield "people_closing", closings(city)
    yield "people_origin", origins(city)
    yield "people_foreignstatus", statuses(city)
    yield "resident_records_movement", movements(city)
