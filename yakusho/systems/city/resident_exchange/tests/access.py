"""見える範囲 Samples of what can be done here, and who finds what: for the matrix of rights in `tests/access`."""

import base64

from tests.access.rooms import Of
from yakusho.systems.city.resident_exchange import actions
from yakusho.systems.city.resident_exchange.apps import RESIDENT_CLERK, RESIDENT_MANAGER

HEADINGS = "宛名番号,世帯番号,氏,名,氏の振り仮名,名の振り仮名,性別,生年月日,続柄,住所,住民となった年月日"


def file(number):
    line = f"{number},H{number},例文,健一,レイブン,ケンイチ,1,S52.8.19,世帯主,盛岡市若園町２番１８号,H27.4.1"
    return {"name": "people.csv", "content": base64.b64encode(f"{HEADINGS}\r\n{line}\r\n".encode()).decode()}


FILE = file(1)
SAMPLES = {
    "agree_export": {"export": Of("export")},
    "ask_export": {"wish": {"purpose": "統計の見本"}},
    "check_import": {"file": FILE},
    "export": {"export": Of("export")},
    "exports": {},
    "import_people": {"file": FILE},
    "load": {"load": Of("load")},
    "loads": {},
    "receive_file": {"file": FILE},
    "received": {"upload": Of("upload")},
    "refuse_export": {"export": Of("export")},
    "take_export": {"export": Of("export")},
}


def export(scene, person, by):
    """Asked for by whoever is to have it, as far as that is one of the register's officers."""
    asker = by if any(one.role.startswith("resident_") for one in by.grants) else scene.stage.clerk
    return scene.stage.do("resident_exchange.ask_export", by=asker, wish={"purpose": "統計の見本"}).id


def upload(scene, person, by):
    owner = by if by.holds("resident_manager") else scene.stage.manager
    return actions.receive_file(file=FILE, by=owner, at=scene.stage.at).upload


def load(scene, person, by):
    return actions.import_people(file=file(2), by=scene.stage.manager, on=scene.stage.on, at=scene.stage.at).id


OBJECTS = {"export": export, "upload": upload, "load": load}
PERSONAL = ["export", "upload"]
OWN_ONLY = {
    "export": ("resident_clerk",),
    "take_export": ("resident_clerk", "resident_manager"),
    "received": ("resident_manager",),
}
PAGES = {
    "export": RESIDENT_CLERK | RESIDENT_MANAGER,
    "exports": RESIDENT_CLERK | RESIDENT_MANAGER,
    "file": RESIDENT_MANAGER,
    "imports": RESIDENT_MANAGER,
    "loaded": RESIDENT_MANAGER,
    "take": RESIDENT_CLERK | RESIDENT_MANAGER,
}
