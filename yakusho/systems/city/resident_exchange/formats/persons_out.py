"""書出しの列 A resident as one row: one cell one datum, ISO dates with the era date beside them (総務省 機械判読可能なデータの表記方法).

The file can be imported again: headings and values are those of ``columns``.
"""

from datetime import date
from enum import Enum

from yakusho.kit.calendar import BeforeEras, wareki
from yakusho.registers.people.values import Person
from yakusho.systems.city.resident_exchange.formats.columns import BY_FIELD, DATES, ERA

FIELDS = (
    *("external_id", "household", "family", "given", "family_kana", "given_kana", "kana_fixed", "sex", "born"),
    *("born_precision", "former_family", "former_family_kana", "alphabet", "alias", "alias_kana", "relation"),
    *(
        "town",
        "town_name",
        "block",
        "building",
        "resident_since",
        "address_since",
        "notified_on",
        "came_from",
        "moved_from",
    ),
    *(
        "state",
        "domicile",
        "head",
        "nationality",
        "category",
        "status",
        "period",
        "expires_on",
        "card_number",
        "foreign_since",
    ),
)
HEADINGS = [
    heading for name in FIELDS for heading in (BY_FIELD[name].ja, *([BY_FIELD[name].ja + ERA] if name in DATES else []))
]


def line(one: Person) -> list[str]:
    """1人の行 A protected person's address cells are empty."""
    said: dict[str, object] = {"external_id": one.id}
    for part in (one.names, one.residence, one.residence and one.residence.address, one.origin, one.foreign):
        if part is not None:
            said |= {name: getattr(part, name) for name in type(part).model_fields}
    return [cell for name in FIELDS for cell in _cells(name, said.get(name))]


def _cells(name: str, value: object) -> list[str]:
    if name in DATES:
        return [value.isoformat(), _era(value)] if isinstance(value, date) else ["", ""]
    if isinstance(value, bool):
        return ["1" if value else "0"]
    if isinstance(value, Enum):
        return [str(value.value)]
    return ["" if value is None else str(value)]


def _era(day: date) -> str:
    try:
        return wareki(day)
    except BeforeEras:
        return ""
