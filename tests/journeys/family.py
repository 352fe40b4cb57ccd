"""The family that moves in: invented, like everybody else here."""

from datetime import date
from typing import Any

ORIGIN = {"domicile": "東京都杉並区見本一丁目2番地", "head": "見本　太郎"}


def _member(given: str, kana: str, sex: str, born: str, relation: str) -> dict[str, Any]:
    names = {"family": "見本", "given": given, "family_kana": "ミホン", "given_kana": kana, "sex": sex, "born": born}
    return {"names": names, "relation": relation, "origin": ORIGIN}


def notice(on: date) -> dict[str, Any]:
    """転入届 Father, mother and a child of four come from Tokyo."""
    return {
        "event_on": on.isoformat(),
        "kind": "転入",
        "came_from": "東京都杉並区見本一丁目2番3号",
        "address": {"town": "0405000", "town_name": "若園町", "block": "2番18号"},
        "people": [
            _member("太郎", "タロウ", "男", "1990-04-02", "世帯主"),
            _member("花子", "ハナコ", "女", "1991-08-15", "妻"),
            _member("葵", "アオイ", "女", "2022-01-10", "子"),
        ],
    }
