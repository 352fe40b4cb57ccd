"""見本の操作 One sample of each action, for the tests that break things."""

import base64
from secrets import token_hex
from typing import Any

from tests.faults.samples import Knock, Stage, staff

HEADINGS = "宛名番号,世帯番号,氏,名,氏の振り仮名,名の振り仮名,性別,生年月日,続柄,住所,住民となった年月日"
WISH = {"purpose": "統計調査のため"}


def _file(stage: Stage) -> dict[str, Any]:
    """A household of one that no other file has."""
    stage.do("places.load_towns", by=stage.system)
    number = token_hex(4)
    line = f"A{number},H{number},見本,{number},ミホン,ミホ,男,昭和20年1月30日,世帯主,岩手県盛岡市内丸12番2号,2001/02/03"
    content = base64.b64encode(f"{HEADINGS}\r\n{line}\r\n".encode()).decode()
    return {"file": {"name": "people.csv", "content": content}}


def receive_file(stage: Stage) -> Knock:
    return Knock("resident_exchange.receive_file", _file(stage), stage.manager)


def check_import(stage: Stage) -> Knock:
    return Knock("resident_exchange.check_import", _file(stage), stage.manager)


def import_people(stage: Stage) -> Knock:
    return Knock("resident_exchange.import_people", _file(stage), stage.manager)


def ask_export(stage: Stage) -> Knock:
    return Knock("resident_exchange.ask_export", {"wish": WISH}, stage.clerk)


def _asked(stage: Stage) -> dict[str, Any]:
    return {"export": stage.do("resident_exchange.ask_export", wish=WISH).id}


def agree_export(stage: Stage) -> Knock:
    return Knock("resident_exchange.agree_export", _asked(stage), stage.manager)


def refuse_export(stage: Stage) -> Knock:
    return Knock("resident_exchange.refuse_export", _asked(stage), stage.manager)


def take_export(stage: Stage) -> Knock:
    asked = _asked(stage)
    stage.do("resident_exchange.agree_export", by=staff(107, "resident_manager"), **asked)
    return Knock("resident_exchange.take_export", asked, stage.clerk)
