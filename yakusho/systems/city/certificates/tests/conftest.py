"""A committed city with one family, one protected person, and the actors around them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from yakusho.blocks.documents.tests import support
from yakusho.blocks.doors import Actor, Grant
from yakusho.systems.city.resident_records import actions as records

ON = date(2026, 11, 23)
ORIGIN = {"domicile": "東京都杉並区見本一丁目2番地", "head": "見本　太郎"}
clerk = Actor(7, "見本 窓口", frozenset({Grant("resident_clerk", "citizen_registration")}), purpose="証明書の交付")
manager = Actor(8, "見本 責任", frozenset({Grant("resident_manager", "citizen_registration")}), purpose="支援措置")


def member(given: str, kana: str, sex: str, born: str, relation: str, **more: Any) -> dict[str, Any]:
    names = {"family": "見本", "given": given, "family_kana": "ミホン", "given_kana": kana, "sex": sex, "born": born}
    return {"names": names | more, "relation": relation, "origin": ORIGIN}


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    with support.committed(django_db_blocker, tmp_path_factory.mktemp("secrets"), suffix="certificates") as name:
        yield name


@pytest.fixture(scope="module")
def move_in(city) -> Callable[..., Any]:
    """Moves people in; block numbers differ so that no two households share an address."""
    used = iter(range(1, 99))

    def move(*people: dict[str, Any], block: str = "") -> Any:
        notice = {
            "event_on": ON.replace(day=20).isoformat(),
            "came_from": "東京都杉並区見本一丁目2番3号",
            "address": {"town": "0405000", "town_name": "若園町", "block": block or f"{next(used)}番18号"},
            "people": list(people),
        }
        return records.move_in(notice=notice, by=clerk, on=ON)

    return move


@pytest.fixture(scope="module")
def family(move_in) -> list[int]:
    """Father, mother, child."""
    return move_in(
        member("太郎", "タロウ", "男", "1990-04-02", "世帯主"),
        member("花子", "ハナコ", "女", "1991-08-15", "妻", former_family="例文", former_family_kana="レイブン"),
        member("葵", "アオイ", "女", "2022-01-10", "子"),
    ).people
