"""Loads an invented city by COPY, in one transaction: either the whole city is there or nothing of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta

import numpy as np
import polars as pl
from django.db import connection, transaction

from yakusho.kit.refusal import Refusal
from yakusho.web.sample.events import happen
from yakusho.web.sample.keys import without_keys
from yakusho.web.sample.lives import live
from yakusho.web.sample.movements import facts
from yakusho.web.sample.numbers import numbers
from yakusho.web.sample.tables import City

EPOCH = date(1970, 1, 1)
TABLES = (
    "people_person",
    "people_household",
    "people_naming",
    "people_residence",
    "people_closing",
    "people_origin",
    "people_foreignstatus",
    "resident_records_movement",
)
NUMBERS, SEARCH = "people_personnumber", "people_personsearch"
HEADLESS = """
select household_id from people_residence where upper(known) is null group by household_id
having not isempty(range_agg(valid) - coalesce(range_agg(valid) filter (where relation = '世帯主'), '{}'::datemultirange)) limit 1
"""
TOGETHER, STEP = 300, 179  # people; a step that meets each of them once
MIXED = [pl.col("person_id") // TOGETHER, pl.col("person_id") * STEP % TOGETHER]
Say = Callable[[str], object]
Table = tuple[str, pl.DataFrame]


class NotEmpty(Refusal):
    """この市には、すでに住民がいます。 / Somebody already lives in this city."""


class Headless(Refusal):
    """世帯主のいない世帯があります：{household} / A household has no head: {household}"""


def is_empty() -> bool:
    """Whether nobody lives in the city yet."""
    with connection.cursor() as cursor:
        cursor.execute("select not exists (select 1 from people_person)")
        return bool(cursor.fetchone()[0])


def towns() -> pl.DataFrame:
    """町字 Code and name of each town of the register, with weights: numbered quarters are five times as full."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select code, name || coalesce(koaza, '') from places_town where upper(valid) is null order by code"
        )
        rows = cursor.fetchall()
    frame = pl.DataFrame(rows, schema=["code", "name"], orient="row")
    return frame.with_columns(pl.when(pl.col("name").str.contains("丁目")).then(5.0).otherwise(1.0).alias("weight"))


@contextmanager
def _guards_off() -> Iterator[None]:
    """History that is loaded, not lived: the guards would refuse its past. What they hold of the rows is asked at the end."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"alter table {table} disable trigger user")
        yield
        cursor.execute(HEADLESS)
        for (household,) in cursor.fetchall():
            raise Headless(household=household)
        cursor.execute("set constraints all immediate")
        for table in TABLES:
            cursor.execute(f"alter table {table} enable trigger user")


def _ahead(tables: Iterator[Table]) -> Iterator[tuple[str, str, str]]:
    """Table, columns, rows as text, in order: one processor writes the next table while the database takes this one."""
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(_written, tables)
        while (this := following.result()) is not None:
            following = pool.submit(_written, tables)
            yield this


def _written(tables: Iterator[Table]) -> tuple[str, str, str] | None:
    """An empty text is a text, a missing value is null.

    Facts go in by hundreds of people from the last to the first, each hundred's mixed: an exclusion is built faster where new
    keys lie below or among the latest, and its pages come out evenly filled.
    """
    table, frame = next(tables, ("", pl.DataFrame()))
    if "valid" in frame.columns:
        frame = frame.sort(MIXED, descending=[True, False], maintain_order=True)
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    rows = frame.write_csv(include_header=False, quote_style="non_numeric", null_value="")
    return (table, columns, rows) if table else None


def _copy(table: str, columns: str, rows: str) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin with (format csv)") as sink:
        sink.write(rows)


def _protect(city: City, on: date) -> None:
    """支援措置 One resident in a thousand, at least three; a named opponent each."""
    draw = np.random.default_rng([city.seed, 4])
    adults = np.flatnonzero(
        (city.lives.left == 0) & (city.lives.people.bond == "世帯主") & (city.lives.people.sex == "女")
    )
    chosen = draw.choice(adults, size=min(len(adults), max(3, len(city.lives.born) // 1000)), replace=False) + 1
    start = on - timedelta(days=200)
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into people_protection (person_id, kind, applied_on, starts_on, until, ended_because)"
            " values (%s, '配偶者からの暴力', %s, %s, %s, '')",
            [(int(person), start, start, start + timedelta(days=365)) for person in chosen],
        )
        cursor.execute(
            "insert into people_opponent (protection_id, name, address)"
            " select id, '見本 相手', '岩手県見本市一丁目1番1号' from people_protection"
        )


def _settle() -> None:
    """Numbers go on after the last one; the database learns what is in the tables before search keys are made of them."""
    with connection.cursor() as cursor:
        for table in TABLES:
            last = f"(select max(id) from {table})"
            cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), greatest({last}, 1))")
        cursor.execute(f"analyze {', '.join([*TABLES, 'people_protection', NUMBERS])}")
        cursor.execute("select people_reindex(null)")


def _locked() -> None:
    """Nobody else writes, and nobody lives here."""
    with connection.cursor() as cursor:
        cursor.execute(f"lock table {', '.join(TABLES)} in access exclusive mode")
    if not is_empty():
        raise NotEmpty


def _tables(city: City, people: int, on: date) -> Iterator[Table]:
    yield from facts(city)
    yield NUMBERS, numbers(people, on)


def build(*, population: int, seed: int, on: date, say: Say) -> City:
    """見本の市を作る The same city for the same population, seed, towns and day. Runs as the owner of the tables.

    Refuses NotEmpty.
    """
    begun = time.monotonic()

    def tell(what: str) -> None:
        say(f"{what} ({time.monotonic() - begun:.1f} s)")

    places = towns()
    today = (on - EPOCH).days
    weights = (places["weight"] / places["weight"].sum()).to_numpy()
    lives = live(seed=seed, count=population, towns=weights, today=today)
    city = City(lives, happen(lives=lives, seed=seed, today=today), places, seed)
    with transaction.atomic():
        _locked()
        with without_keys([*TABLES, NUMBERS, SEARCH]) as keys:
            with _guards_off():
                for table, columns, rows in _ahead(_tables(city, population, on)):
                    _copy(table, columns, rows)
                    keys.make(table)
                    tell(table)
                _protect(city, on)
            _settle()
            tell("検索キー")
        tell("索引と制約")
    with connection.cursor() as cursor:
        cursor.execute(f"analyze places_town, {SEARCH}")
    return city
