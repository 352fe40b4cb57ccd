"""市の作成 How many residents a second `city build` loads with every key, constraint and search key; beside it, in the same run, the
bound: the same rows by COPY into tables without any key, and how much of the time is the database's.

    bin/yakusho bench city_build    or: .venv/bin/python benchmarks/city_build.py [RESIDENTS …] [--long]
"""

from __future__ import annotations

import io
import time

import _measure as measure
from _desk import ON
from django.conf import settings
from django.db import connection

from yakusho.blocks.doors import SYSTEM
from yakusho.registers.places.actions import load_towns
from yakusho.web.sample import load

SIZES = (10_000, 50_000, 285_000)
MILLION = 1_000_000
TABLES = (*load.TABLES, load.NUMBERS)


def as_owner() -> None:
    """The builder owns the tables."""
    connection.close()
    connection.settings_dict["USER"] = "yakusho_owner"
    connection.settings_dict["PASSWORD"] = (settings.SECRETS / "db_owner").read_text("utf-8").strip()


def raw() -> tuple[int, float]:
    """Rows, and seconds to COPY them all again into bare tables."""
    rows, spent = 0, 0.0
    for table in TABLES:
        with connection.cursor() as cursor:
            out = io.BytesIO()
            with cursor.copy(f"copy {table} to stdout") as source:
                for part in source:
                    out.write(part)
            cursor.execute(f"create table bench_raw (like {table})")
            begun = time.perf_counter()
            with cursor.copy("copy bench_raw from stdin") as sink:
                sink.write(out.getvalue())
            spent += time.perf_counter() - begun
            cursor.execute("select count(*) from bench_raw")
            rows += cursor.fetchone()[0]
            cursor.execute("drop table bench_raw")
    return rows, spent


def measured(size: int) -> measure.Row:
    """One line."""
    with measure.city(0, name=f"bench_city_{size}") as database:
        as_owner()
        load_towns(by=SYSTEM, on=ON)
        own_cpu, their_cpu = time.process_time(), measure.processor(words=database)
        begun = time.perf_counter()
        load.build(population=size, seed=1, on=ON, say=lambda _: None)
        spent = time.perf_counter() - begun
        own_cpu, their_cpu = time.process_time() - own_cpu, measure.processor(words=database) - their_cpu
        rows, least = raw()
    return (size, rows, spent, size / spent, their_cpu, own_cpu, size / least, spent / least)


def main() -> None:
    """One table."""
    lines = [measured(size) for size in measure.sizes(SIZES, long=MILLION)]
    grown = measure.growth([float(str(one[2])) / int(str(one[0])) for one in lines])
    times = ("seconds", "residents/s", "CPU s database", "CPU s builder")
    headings = ("residents", "rows", *times, "raw COPY residents/s", "own/raw", "growth a head")
    measure.table("市の作成 city build", headings, [(*one, by) for one, by in zip(lines, grown, strict=True)])


if __name__ == "__main__":
    main()
