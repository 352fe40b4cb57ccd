"""見本の請求 One sample of each action, for the tests that break things."""

from datetime import timedelta
from typing import Any

from tests.faults.samples import Knock, Stage, prepared

TRUTHS = {
    "a protected address on a paper without its release used up": (
        "select c.request from certificates_copy c join documents_paper p on p.request_id = c.request::uuid"
        " where exists (select from unnest(c.released) person where not exists (select from people_release r"
        " where r.person_id = person and r.paper = p.kind and r.used_at is not null))"
    ),
}


def order(person: int) -> dict[str, Any]:
    return {"person": person, "order": {"kind": "住民票の写し", "whole": "世帯全員の分", "relation": True}}


def request_copy(stage: Stage) -> Knock:
    person = stage.do("resident_records.move_in", **prepared("resident_records.move_in").given).people[1]
    return Knock("certificates.request_copy", order(person), stage.resident(person))


def issue_copy(stage: Stage) -> Knock:
    """Of a protected person, whose address two officers have released for this paper: the most that can go wrong."""
    asked = prepared("resident_records.agree_release")
    person = stage.do(asked.door, by=asked.by, **asked.given).person
    request = stage.do("certificates.request_copy", at=stage.at + timedelta(minutes=1), **order(person)).request
    return Knock("certificates.issue_copy", {"request": request}, stage.clerk, later=timedelta(minutes=1))
