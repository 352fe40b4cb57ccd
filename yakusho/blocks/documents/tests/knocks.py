"""見本の操作 One sample of each action, for the tests that break things; the papers are those of a room."""

import hashlib
from datetime import timedelta
from typing import Any

from tests.faults.samples import Knock, Stage, prepared, staff
from yakusho.blocks.documents.models import Alarm, PaperRequest
from yakusho.blocks.documents.shown import request_id

AUDITOR = staff(104, "auditor", "audit")

TRUTHS = {
    "a paper whose request is not closed": (
        "select p.number from documents_paper p join documents_paperrequest r on r.id = p.request_id where r.state <> 'issued'"
    ),
    "a closed request without its paper": (
        "select r.id from documents_paperrequest r left join documents_paper p on p.request_id = r.id"
        " where r.state = 'issued' and p.number is null"
    ),
    "papers without a row of their release in the record": (
        "select 1 where (select count(*) from documents_paper)"
        " <> (select count(*) from audit_entry where kind = 'action' and door = 'documents.release')"
    ),
    "a number that the book of numbers does not know": (
        "select p.number from documents_paper p left join documents_counter c on c.year = left(p.number, 4)::int"
        " where c.last is null or right(p.number, 8)::int > c.last"
    ),
}


def issue(stage: Stage) -> Knock:
    """Asked for by a resident, who is told."""
    asked = prepared("certificates.request_copy")
    request = stage.do(asked.door, by=asked.by, **asked.given).request
    return Knock("documents.issue", {"request": request}, asked.by, later=timedelta(minutes=1))


def _issued(stage: Stage) -> dict[str, Any]:
    asked = issue(stage)
    return {"number": stage.do(asked.door, by=asked.by, **asked.given).number}


def hand_over(stage: Stage) -> Knock:
    return Knock("documents.hand_over", _issued(stage), stage.clerk)


def reprint(stage: Stage) -> Knock:
    return Knock("documents.reprint", _issued(stage) | {"reason": "紙詰まり"}, stage.clerk)


def revoke(stage: Stage) -> Knock:
    return Knock("documents.revoke", _issued(stage) | {"reason": "誤って交付"}, stage.clerk)


def _alarm(stage: Stage, **more: Any) -> dict[str, Any]:
    """A paper that the gate withheld a moment ago."""
    asked = request_id(issue(stage).given["request"])
    PaperRequest.objects.filter(pk=asked).update(state="withheld", token=1, begun_at=stage.at)
    pdf = b"%PDF-"
    held = {"pdf": pdf, "sha256": hashlib.sha256(pdf).digest(), "raised_at": stage.at}
    return {"alarm": Alarm.objects.create(request_id=asked, token=1, doubts=["page 1"], **held, **more).pk}


def compare_alarm(stage: Stage) -> Knock:
    return Knock("documents.compare_alarm", _alarm(stage), AUDITOR)


def close_alarm(stage: Stage) -> Knock:
    compared = {"compared_at": stage.at, "compared_by": AUDITOR.account, "reference_sha256": b"0" * 32}
    return Knock("documents.close_alarm", _alarm(stage, **compared) | {"finding": "字形の違い"}, AUDITOR)
