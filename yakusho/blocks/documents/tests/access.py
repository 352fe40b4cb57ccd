"""見える範囲 Samples of what can be asked here, and who finds what: for the matrix of rights in `tests/access`."""

from uuid import uuid4

from tests.access.rooms import Of
from yakusho.blocks.documents import actions
from yakusho.blocks.documents.models import Alarm, PaperRequest
from yakusho.blocks.doors import EVERYONE, RESIDENT, STAFF, Role
from yakusho.blocks.identity.apps import AUDITOR

CLERK = Role("resident_clerk", "")  # who answers for the papers that the scene is made of
NUMBER, REQUEST, ALARM = {"number": Of("number")}, {"request": Of("request")}, {"alarm": Of("alarm")}
SAMPLES = {
    "alarm": ALARM,
    "alarms": {},
    "close_alarm": ALARM | {"finding": "字形の違い"},
    "compare_alarm": ALARM,
    "hand_over": NUMBER,
    "issue": REQUEST,
    "paper": NUMBER,
    "papers_of": {"person": Of("person")},
    "print_queue": {},
    "reprint": NUMBER | {"reason": "紙詰まり"},
    "request": REQUEST,
    "revoke": NUMBER | {"reason": "誤り"},
    "twin": NUMBER,
    "verify": {"code": "0000-0000-0000"},
    "verify_file": {"name": "a.pdf", "content": "QUJD"},
}


def number(scene, person, by):
    """A paper about the person: one of their record, or, when it is closed, of the closed record."""
    asked = _asked(scene, person)
    return asked and actions.issue(request=asked, by=scene.stage.clerk, at=scene.stage.at).number


def _asked(scene, person):
    kind = "除票の写し" if person == scene.people["closed"] else "住民票の写し"
    given = {"person": person, "order": {"kind": kind, "whole": "この人の分だけ"}}
    if person == scene.people["protected"]:
        return None  # nobody gets one
    return scene.stage.do("certificates.request_copy", **given).request


def request(scene, person, by):
    """Already issued: to ask again tells of the same paper."""
    made = scene.object("number", next(kind for kind, one in scene.people.items() if one == person), by)
    return made and PaperRequest.objects.get(number=made).pk.hex


def alarm(scene, person, by):
    """A paper of nobody else that was withheld; its bytes are none that can be compared."""
    at = scene.stage.at
    job = {"kind": "certificates.copy", "subject": person, "requested_by": 0, "asked_at": at, "begun_at": at}
    job["options"] = {"printed": [person], "everybody": False, "relation": False, "origin": False, "foreign": False}
    asked = PaperRequest.objects.create(id=uuid4(), state="withheld", token=1, number=None, **job)
    held = {"token": 1, "doubts": ["page 1"], "pdf": b"%PDF-", "sha256": b"0" * 32, "raised_at": at}
    return Alarm.objects.create(request=asked, **held).pk


OBJECTS = {"number": number, "request": request, "alarm": alarm}
FINDERS = dict.fromkeys(("hand_over", "issue", "paper", "papers_of", "reprint", "request", "revoke", "twin"), CLERK)
PAGES = {
    "alarm": AUDITOR,
    "alarms": AUDITOR,
    "compare": AUDITOR,
    "hand_over": STAFF,
    "issue": STAFF | RESIDENT,
    "paper": STAFF | RESIDENT,
    "paper_pdf": STAFF | RESIDENT,
    "papers": RESIDENT,
    "queue": STAFF,
    "verify": EVERYONE,
    "verify_code": EVERYONE,
    "verify_scanned": EVERYONE,
}
