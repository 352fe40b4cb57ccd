"""見本の操作 One sample of each action, for the tests that break things."""

from datetime import timedelta
from typing import Any

from tests.faults.samples import Knock, Stage, prepared
from yakusho.blocks.doors import registry

TRUTHS = {
    "a paper that a resident asked for, and nobody told of it": (
        "select p.number from documents_paper p join documents_paperrequest r on r.id = p.request_id"
        " where r.online and not exists (select from notices_message m where m.papers @> array[p.number]::varchar[])"
    ),
}
CONTACT = {"mail": "mihon@example.jp", "language": "ja"}


def _told(stage: Stage) -> Any:
    """A resident who gave an address and got a paper: a message and its mail."""
    asked = prepared("documents.issue")
    stage.do("messages.set_contact", by=asked.by, contact=CONTACT)
    stage.do(asked.door, by=asked.by, **asked.given)
    return asked.by


def set_contact(stage: Stage) -> Knock:
    return Knock("messages.set_contact", {"contact": CONTACT}, prepared("documents.issue").by)


def claim(stage: Stage) -> Knock:
    """メールの送信 The mails that are due are taken; whoever dies loses them to the next."""
    at = stage.at + timedelta(days=400)
    stage.do("messages.claim", by=stage.system, at=at, limit=1000)  # what other samples left
    _told(stage)
    return Knock("messages.claim", {"limit": 1000}, stage.system, at=at)


def settle(stage: Stage) -> Knock:
    _told(stage)
    at = stage.at + timedelta(days=400)
    *_, parcel = stage.do("messages.claim", by=stage.system, at=at, limit=1000)
    given = {"parcel": parcel.model_dump(mode="json"), "outcome": {"sent": True}}
    return Knock("messages.settle", given, stage.system, at=at)


def open_message(stage: Stage) -> Knock:
    owner = _told(stage)
    *_, newest = registry.queries["messages.inbox"].call({}, by=owner, on=stage.on, at=stage.at)
    return Knock("messages.open_message", {"message": newest.id}, owner)
