"""Loads an invented city by COPY, in one transaction: either the whole city is there or nothing of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import numpy as np
import polars as pl
from django.db import connection, transaction

from yakusho.kit.numbers import individual_digit
from yakusho.registers.people import seal
from yakusho.registers.people.terms import NumberKind
from yakusho.web.sample.events import happen
from yakusho.web.sample.lives import live
from yakusho.web.sample.movements import facts
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
Say = Callable[[str], object]


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
    """History that is loaded, not lived: the guards would refuse its past. Constraints stay on."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"alter table {table} disable trigger user")
        yield
        cursor.execute("set constraints all immediate")
        for table in TABLES:
            cursor.execute(f"alter table {table} enable trigger user")


def copy(table: str, frame: pl.DataFrame) -> None:
    """COPY a data frame; an empty text is a text, a missing value is null."""
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin with (format csv)") as sink:
        sink.write(frame.write_csv(include_header=False, quote_style="non_numeric", null_value=""))


def _numbers(count: int, on: date) -> pl.DataFrame:
    """個人番号 One for each person, spread over the range, with its check digit; sealed before it is written."""
    rows = []
    for person in range(1, count + 1):
        body = f"{person * 77_777_777_777 % 99_999_999_977:011d}"
        number = body + individual_digit(body)
        kind = NumberKind.INDIVIDUAL
        sealed = seal.seal(number, person=person, kind=kind)
        rows.append(
            (person, kind.value, "\\x" + sealed.hex(), "\\x" + seal.digest(number, kind=kind).hex(), on.isoformat())
        )
    return pl.DataFrame(rows, schema=["person_id", "kind", "sealed", "digest", "since"], orient="row")


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
    with connection.cursor() as cursor:
        for table in TABLES:
            last = f"(select max(id) from {table})"
            cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), greatest({last}, 1))")
        cursor.execute("select people_reindex(null)")


def build(*, population: int, seed: int, on: date, say: Say) -> City:
    """見本の市を作る The same city for the same population, seed, towns and day. Runs as the owner of the tables."""
    begun = time.monotonic()
    places = towns()
    today = (on - EPOCH).days
    weights = (places["weight"] / places["weight"].sum()).to_numpy()
    lives = live(seed=seed, count=population, towns=weights, today=today)
    city = City(lives, happen(lives=lives, seed=seed, today=today), places, seed)
    with transaction.atomic():
        with _guards_off():
            for table, frame in facts(city):
                copy(table, frame)
                say(f"{table}: {frame.height:,} ({time.monotonic() - begun:.1f} s)")
            _protect(city, on)
        copy("people_personnumber", _numbers(population, on))
        _settle()
        say(f"検索キー ({time.monotonic() - begun:.1f} s)")
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return city
