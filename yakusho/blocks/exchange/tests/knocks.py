"""見本の操作 One sample of each action, for the tests that break things."""

from datetime import timedelta

from tests.faults.samples import Knock, Stage, prepared, staff
from yakusho.blocks.doors import Actor

LATER = timedelta(days=400)
ENDPOINT = {"title": "見本", "url": "https://93.184.216.34/hook", "events": "sample.nothing"}  # never sent to
TRUTHS = {
    "an attempt to send without its row in the record": (
        "select 1 where (select coalesce(sum(attempts), 0) from exchange_dispatch)"
        " > (select count(*) from audit_entry where kind = 'action' and door = 'exchange.settle')"
    ),
}


def _operator() -> Actor:
    return staff(106, "exchange_clerk", "informatics")


def register_endpoint(stage: Stage) -> Knock:
    return Knock("exchange.register_endpoint", {"endpoint": ENDPOINT}, _operator())


def _endpoint(stage: Stage, **more: str) -> int:
    return stage.do("exchange.register_endpoint", by=_operator(), endpoint=ENDPOINT | more)


def pause_endpoint(stage: Stage) -> Knock:
    return Knock("exchange.pause_endpoint", {"endpoint": _endpoint(stage), "active": False}, _operator())


def add_key(stage: Stage) -> Knock:
    return Knock("exchange.add_key", {"endpoint": _endpoint(stage)}, _operator())


def retire_key(stage: Stage) -> Knock:
    endpoint = _endpoint(stage)
    stage.do("exchange.add_key", by=_operator(), endpoint=endpoint)
    return Knock("exchange.retire_key", {"endpoint": endpoint, "version": 1}, _operator())


def _published(stage: Stage) -> None:
    """One endpoint, and a movement that it alone is to hear of."""
    endpoint = _endpoint(stage, events="resident_records.moved")
    came = prepared("resident_records.move_in")
    stage.do(came.door, by=came.by, **came.given)
    stage.do("exchange.pause_endpoint", by=_operator(), endpoint=endpoint, active=False)


def claim(stage: Stage) -> Knock:
    """Webhooksの送信 The events that are due are taken; whoever dies loses them to the next."""
    stage.do("exchange.claim", by=stage.system, at=stage.at + LATER, limit=1000)  # what other samples left
    _published(stage)
    return Knock("exchange.claim", {"limit": 1000}, stage.system, at=stage.at + LATER)


def _parcel(stage: Stage, outcome: dict[str, object]) -> dict[str, object]:
    _published(stage)
    *_, parcel = stage.do("exchange.claim", by=stage.system, at=stage.at + LATER, limit=1000)
    return {"parcel": parcel.model_dump(mode="json"), "outcome": outcome}


def settle(stage: Stage) -> Knock:
    return Knock("exchange.settle", _parcel(stage, {"status": 200}), stage.system, at=stage.at + LATER)


def replay(stage: Stage) -> Knock:
    given = _parcel(stage, {"status": 410})
    stage.do("exchange.settle", by=stage.system, at=stage.at + LATER, **given)
    return Knock("exchange.replay", {"dispatch": given["parcel"]["dispatch"]}, _operator())
