"""記載 Writing a change's facts: each person's held facts are read, the plan is computed, the plan is written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from yakusho.blocks.doors import Value
from yakusho.blocks.history import record
from yakusho.blocks.history.models import Fact
from yakusho.kit.periods import Period
from yakusho.registers.people.models import Closing, ForeignStatus, Naming, Origin, Residence
from yakusho.registers.people.rules import spans
from yakusho.registers.people.values import AddressEntry, Change, ClosingEntry, NameChange, ResidenceEntry

ADDRESS = ("town", "town_name", "block", "building")
WHERE = ("household_id", "relation", *ADDRESS)
NEW_RESIDENCE = {"address_since": None, "notified_on": None, "came_from": "", "moved_from": ""}
NEW_CLOSING = {"destination": "", "notified_on": None}


def held(model: type[Fact], person: int) -> list[spans.Held]:
    """What is believed now about one person, oldest first."""
    facts = record.known(model._default_manager.filter(person=person)).order_by("valid")
    return [(record.period(fact.valid), {name: getattr(fact, name) for name in model.own_fields()}) for fact in facts]


def write(change: Change, *, at: datetime) -> None:
    """異動の記載 All facts of one movement, known from one instant on. Refusals: spans.NotResident."""
    for naming in change.names:
        _name(naming, change, at)
    for residence in change.residences:
        _reside(residence, change, at)
    for closing in change.closings:
        _end_record(closing, change, at)
    for origin in change.origins:
        _say(Origin, origin.person, origin.origin, change, at)
    for foreign in change.foreign:
        _say(ForeignStatus, foreign.person, foreign.foreign, change, at)


def _name(naming: NameChange, change: Change, at: datetime) -> None:
    facts = held(Naming, naming.person)
    since = facts[0][0].from_ if facts and naming.since_birth else change.since
    _carry_out(Naming, naming.person, spans.spread(facts, _columns(naming.names), since=since), change, at)


def _reside(entry: ResidenceEntry, change: Change, at: datetime) -> None:
    facts = held(Residence, entry.person)
    here = _on(facts, change.since)
    said = (NEW_RESIDENCE if here is None else {}) | _residence_columns(entry, here, change.since)
    plan = spans.spread(facts, said, since=change.since, about=WHERE)
    _carry_out(Residence, entry.person, plan, change, at)
    _carry_out(Closing, entry.person, _reopening(entry.person, plan), change, at)


def _reopening(person: int, plan: spans.Plan) -> spans.Plan:
    """Where somebody lives in the city, no record is closed."""
    overlap = plan.span and next((period for period, _ in held(Closing, person) if period.overlaps(plan.span)), None)
    return spans.Plan(overlap.intersect(plan.span)) if overlap and plan.span else spans.Plan()


def _end_record(entry: ClosingEntry, change: Change, at: datetime) -> None:
    residences, closings = held(Residence, entry.person), held(Closing, entry.person)
    said = {name: value for name, value in _columns(entry).items() if value is not None and name != "like"}
    if entry.like is not None:
        said["destination"] = _destination(entry.person, entry.like)
    said = {**NEW_CLOSING, **(_on(closings, change.since) or {}), **said}
    residence, closing = spans.closed(residences, closings, said, since=change.since)
    _carry_out(Residence, entry.person, residence, change, at)
    _carry_out(Closing, entry.person, closing, change, at)


def _destination(person: int, cause: int) -> str:
    said = Closing.objects.filter(person=person, cause=cause).order_by("id").last()
    return said.destination if said else ""


def _say(model: type[Fact], person: int, entry: Value | None, change: Change, at: datetime) -> None:
    facts = held(model, person)
    plan = (
        spans.ended(facts, since=change.since)
        if entry is None
        else spans.spread(facts, _columns(entry), since=change.since)
    )
    _carry_out(model, person, plan, change, at)


def _carry_out(model: type[Fact], person: int, plan: spans.Plan, change: Change, at: datetime) -> None:
    if plan.span is None:
        return
    empty: list[Period[date]] = [plan.span]
    for piece, values in plan.pieces:
        record.put(model, subject=person, valid=piece, at=at, cause=change.cause, **values)
        empty = [rest for span in empty for rest in span.subtract(piece)]
    for span in empty:
        record.end(model, subject=person, valid=span, at=at, cause=change.cause)


def _columns(entry: Value) -> Mapping[str, Any]:
    """An entry as columns: enumerations as their wording, lists as JSON."""
    return {name: _plain(value) for name, value in entry if name != "person"}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [one.model_dump(mode="json") for one in value]
    return getattr(value, "value", value)


def _residence_columns(entry: ResidenceEntry, here: spans.Values | None, since: date) -> dict[str, Any]:
    """What an entry says, with the address it refers to and, for a move, the address left behind."""
    columns = {
        name: value for name, value in _columns(entry).items() if value is not None and name not in ("address", "like")
    }
    if "household" in columns:
        columns["household_id"] = columns.pop("household")
    if entry.address is not None:
        columns |= _columns(entry.address)
    elif entry.like is not None:
        columns |= {
            name: value for name, value in (_on(held(Residence, entry.like), since) or {}).items() if name in ADDRESS
        }
    if here is not None and entry.address_since is not None and "town" in columns:
        columns["moved_from"] = _address_of(here)
    return columns


def _address_of(here: spans.Values) -> str:
    return AddressEntry(**{name: here[name] for name in ADDRESS}).text


def _on(facts: Sequence[spans.Held], day: date) -> spans.Values | None:
    return next((values for period, values in facts if day in period), None)
