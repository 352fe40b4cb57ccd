"""取込み How fast people come in: a file read, checked, compared with the register and entered in one act, over three sizes;
beside it, in the same run, the same facts written row by row through the ORM, without any checking.

    .venv/bin/python benchmarks/import_people.py [ROWS …]        (with the database running; makes databases of its own)
"""

import base64
import csv
import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yakusho.web.settings")

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange  # noqa: E402

from tests import house  # noqa: E402
from yakusho.blocks.doors import SYSTEM, Actor, Grant  # noqa: E402
from yakusho.registers.places.actions import load_towns  # noqa: E402
from yakusho.registers.places.queries import town_index  # noqa: E402
from yakusho.systems.city.resident_exchange import actions  # noqa: E402
from yakusho.systems.city.resident_exchange.values import ImportFile  # noqa: E402

SIZES = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 50_000]
ON = date(2026, 11, 23)
MANAGER = Actor(1, "計測", frozenset({Grant("resident_manager", "citizen_registration")}), purpose="計測")
HEADINGS = (
    *("宛名番号", "世帯番号", "氏", "名", "氏の振り仮名", "名の振り仮名", "性別", "生年月日", "続柄", "住所"),
    *("住民となった年月日", "転入前住所", "本籍", "筆頭者"),
)
FAMILIES = (("髙橋", "ﾀｶﾊｼ"), ("佐々木", "ササキ"), ("工藤", "くどう"), ("千葉", "チバ"), ("𠮷田", "ヨシダ"))
GIVEN = (("美咲", "ミサキ"), ("健一", "ケンイチ"), ("光", "ヒカル"), ("陽菜", "ヒナ"), ("蓮", "レン"), ("キヨ", "キヨ"))
Rows = list[tuple[str, ...]]


@contextmanager
def database() -> Iterator[None]:
    """A fresh city with its towns and nobody in it; gone afterwards."""
    name = house.clone(f"bench_import_{os.getpid()}", lasting=True)
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        load_towns(by=SYSTEM, on=ON)
        yield
    finally:
        connection.close()
        house.drop(name)


def rows(number: int) -> Rows:
    """Invented people, two and a half a household, written as another system would write them."""
    towns = [town.full_name for town in town_index(on=ON).values()]
    made: Rows = []
    for place in range(number):
        home, seat = place * 2 // 5, (place * 2 % 5) // 2
        (family, kana), (given, given_kana) = FAMILIES[home % 5], GIVEN[place % 6]
        born = date(1930, 1, 1) + timedelta(days=place * 37 % 33_000)
        address = f"盛岡市{towns[home % len(towns)]}{home % 40 + 1}番{home % 25 + 1}号"
        relation = "世帯主" if home != (place - 1) * 2 // 5 or place == 0 else "子"
        since = max(born, date(2012, 4, 1))
        more = (
            f"S{since.year - 1925}.{since.month}.{since.day}" if since.year < 1989 else since.isoformat(),
            "宮城県仙台市青葉区",
        )
        who = (str(place), f"H{home}", family, given, kana, given_kana, str(1 + seat % 2), born.isoformat())
        made.append((*who, relation, address, *more, "岩手県盛岡市内丸12番", f"{family}　健一"))
    return made


def ours(made: Rows) -> float:
    """Seconds for the whole act, from the bytes of the file to the commit."""
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *made])
    file = ImportFile(name="bench.csv", content=base64.b64encode(out.getvalue().encode()).decode())
    begun = time.perf_counter()
    done = actions.import_people(
        file=file, by=MANAGER, on=ON, at=datetime(2026, 11, 23, tzinfo=UTC), namesakes_checked=True
    )
    assert done.rows == len(made)
    return time.perf_counter() - begun


def row_by_row(made: Rows) -> float:
    """Seconds for the same facts through the ORM, a row at a time, in one transaction; nothing is checked or compared."""
    model = {
        name: apps.get_model("people", name).objects
        for name in ("Person", "Household", "Naming", "Residence", "Origin")
    }
    homes: dict[str, int] = {}
    begun = time.perf_counter()
    with transaction.atomic():
        for one in made:
            person = model["Person"].create().pk
            home = homes.setdefault(one[1], 0) or model["Household"].create().pk
            homes[one[1]] = home
            since = date.fromisoformat(one[10])
            fact = {"person_id": person, "valid": DateRange(since, None), "known": DateTimeTZRange(_now(), None)}
            names = dict(zip(("family", "given", "family_kana", "given_kana"), one[2:6], strict=True))
            model["Naming"].create(**fact, **names, sex="男女"[int(one[6]) - 1], born=date.fromisoformat(one[7]))
            where = {"town": "0001000", "town_name": "内丸", "block": one[9][-8:], "came_from": one[11]}
            held = fact | {"valid": DateRange(ON, None)}
            model["Residence"].create(**held, household_id=home, relation=one[8], resident_since=since, **where)
            model["Origin"].create(**fact, domicile=one[12], head=one[13])
            with connection.cursor() as cursor:
                cursor.execute("select people_reindex(array[%s]::bigint[])", [person])
    return time.perf_counter() - begun


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def main() -> None:
    """Rows a second of both, and how many times faster one act is."""
    print("    rows | one act:  s  rows/s | row by row:  s  rows/s | ratio")
    for size in SIZES:
        spent = []
        for way in (ours, row_by_row):
            with database():
                spent.append(way(rows(size)))
        own, peer = spent
        print(f"{size:8,} | {own:11.1f} {size / own:7,.0f} | {peer:14.1f} {size / peer:7,.0f} | {peer / own:5.1f}")


if __name__ == "__main__":
    main()
