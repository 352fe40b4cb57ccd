"""What is done to the register of places: a file is loaded."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from yakusho.blocks.doors import HOUSE, Actor, action, note
from yakusho.registers.places import rules
from yakusho.registers.places.formats import TownFile, read_towns
from yakusho.registers.places.models import TownVersion
from yakusho.registers.places.values import TownLoad

ROWS = """with file (code, name, koaza, kana, postcode, lon, lat, name_key, kana_key) as (
  select * from unnest(%(code)s::text[], %(name)s::text[], %(koaza)s::text[], %(kana)s::text[], %(postcode)s::text[],
    %(lon)s::numeric[], %(lat)s::numeric[], %(name_key)s::text[], %(kana_key)s::text[]))
"""
STEPS = {
    # A name that began today and is gone today never held.
    "undone": """delete from places_town t where upper(t.valid) is null and lower(t.valid) = %(on)s and not exists
          (select from file f where t.code = f.code and t.name = f.name and t.koaza = f.koaza)""",
    "closed": """update places_town t set valid = daterange(lower(t.valid), %(on)s)
          where upper(t.valid) is null and not exists
          (select from file f where t.code = f.code and t.name = f.name and t.koaza = f.koaza)""",
    "corrected": """update places_town t set kana = f.kana, postcode = f.postcode, lon = f.lon, lat = f.lat,
            name_key = f.name_key, kana_key = f.kana_key
          from file f where upper(t.valid) is null and t.code = f.code and t.name = f.name and t.koaza = f.koaza
            and (t.kana, t.postcode, t.lon, t.lat, t.name_key, t.kana_key)
              is distinct from (f.kana, f.postcode, f.lon, f.lat, f.name_key, f.kana_key)""",
    "opened": """insert into places_town (code, name, koaza, kana, postcode, lon, lat, name_key, kana_key, valid)
          select f.*, daterange(%(begins)s, null) from file f
          where not exists (select from places_town t where t.code = f.code and upper(t.valid) is null)""",
}


@action(allowed=HOUSE)
def load_towns(*, by: Actor, on: date) -> TownLoad:
    """町字の取込み Load the city's town file: new names begin today, gone ones end, readings and points are corrected.

    Harmless to repeat. At the first loading the beginnings are unknown and stay open. Refusals: BadTowns.
    """
    file = read_towns((settings.CITY_DIR / "data" / "towns.csv").read_bytes())
    return load_file(file, on=on)


def load_file(file: TownFile, *, on: date) -> TownLoad:
    """Bring the register to the state of a file; inside an action only."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('places_town'))")
        cursor.execute("select exists (select from places_town)")
        known = cursor.fetchone()[0]
        given: dict[str, Any] = _columns(file) | {"on": on, "begins": on if known else None}
        counts = {}
        for step, statement in STEPS.items():
            cursor.execute(ROWS + statement, given)
            counts[step] = cursor.rowcount
    changed = {name: counts[name] for name in ("opened", "closed", "corrected")}
    version = _version(file, changed)
    note(**changed, version=version)
    return TownLoad(version=version, rows=len(file.rows), **changed)


def _columns(file: TownFile) -> dict[str, object]:
    names = ("code", "name", "koaza", "kana", "postcode", "lon", "lat")
    columns: dict[str, object] = {name: [getattr(row, name) for row in file.rows] for name in names}
    columns["name_key"] = [rules.name_key(row.name, row.koaza) for row in file.rows]
    columns["kana_key"] = [rules.kana_key(row.kana) for row in file.rows]
    return columns


def _version(file: TownFile, changed: dict[str, int]) -> int:
    latest = TownVersion.objects.order_by("-pk").first()
    if latest is not None and latest.digest == file.digest and not any(changed.values()):
        return latest.pk
    return TownVersion.objects.create(digest=file.digest, rows=len(file.rows), **changed).pk
