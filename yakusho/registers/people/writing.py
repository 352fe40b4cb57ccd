"""記載 Writing a change's facts: each person's held facts are read, the plan is computed, the plan is written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from yakusho.blocks.doors import Value
from yakusho.blocks.history import record
from yakusho.blocks.history.models import Fact
from yakusho.kit.periods import Period
from yakusho.registers.people.models import FACTS, Closing, ForeignStatus, Naming, Origin, Residence
from yakusho.registers.people.rules import spans
from yakusho.registers.people.values import AddressEntry, Change, ClosingEntry, NameChange, ResidenceEntry

ADDRESS = ("town", "town_name", "block", "building")
WHERE = ("household_id", "relation", *ADDRESS)
NEW_RESIDENCE = {"address_since": None, "notified_on": None, "came_from": "", "moved_from": ""}
NEW_CLOSING = {"destination": "", "notified_on": None}


SOMETHING_HELD = " union all ".join(
    f"select person_id from {model._meta.db_table} where person_id = any(%(people)s) and upper(known) is null"  # noqa: S608
    for model in FACTS
)


class Book:
    """帳簿 What is believed of the people of one change, and the way to write about them.

    Of people who are new nothing is held: nothing is read, and what is said of all of them goes in by one statement a table.
    """

    def __init__(self, change: Change, at: datetime) -> None:
        self.change, self.at = change, at
        self.waiting: dict[type[Fact], list[Fact]] = {}
        self.new = people_of(change)
        with connection.cursor() as cursor:
            cursor.execute(SOMETHING_HELD, {"people": sorted(self.new)})
            self.new -= {person for (person,) in cursor.fetchall()}

    def held(self, model: type[Fact], person: int) -> list[spans.Held]:
        """What is believed now about one person, oldest first."""
        if person in self.new and not self._waits(model, person):
            return []
        self._no_longer_new(person)
        facts = record.known(model._default_manager.filter(person=person)).order_by("valid")
        return [
            (record.period(fact.valid), {name: getattr(fact, name) for name in model.own_fields()}) for fact in facts
        ]

    def carry_out(self, model: type[Fact], person: int, plan: spans.Plan) -> None:
        """Write a plan: what was believed about its days is closed, its pieces are believed."""
        if plan.span is None:
            return
        at, cause = self.at, self.change.cause
        if person in self.new:
            facts = [record.fact(model, person, piece, at=at, cause=cause, **values) for piece, values in plan.pieces]
            self.waiting.setdefault(model, []).extend(facts)
            return
        empty: list[Period[date]] = [plan.span]
        for piece, values in plan.pieces:
            record.put(model, subject=person, valid=piece, at=at, cause=cause, **values)
            empty = [rest for span in empty for rest in span.subtract(piece)]
        for span in empty:
            record.end(model, subject=person, valid=span, at=at, cause=cause)

    def close(self) -> None:
        """Write what waits."""
        for model, facts in self.waiting.items():
            model._default_manager.bulk_create(facts)
        self.waiting = {}

    def _waits(self, model: type[Fact], person: int) -> bool:
        return any(fact.person_id == person for fact in self.waiting.get(model, ()))  # type: ignore[attr-defined]

    def _no_longer_new(self, person: int) -> None:
        if person in self.new:
            self.close()
            self.new.discard(person)


def people_of(change: Change) -> set[int]:
    """Everybody of whom the change says something."""
    lists = (change.names, change.residences, change.closings, change.origins, change.foreign)
    return {entry.person for entries in lists for entry in entries}  # type: ignore[attr-defined]


def write(change: Change, *, at: datetime) -> None:
    """異動の記載 All facts of one movement, known from one instant on. Refusals: spans.NotResident."""
    book = Book(change, at)
    for naming in change.names:
        _name(naming, book)
    for residence in change.residences:
        _reside(residence, book)
    for closing in change.closings:
        _end_record(closing, book)
    for origin in change.origins:
        _say(Origin, origin.person, origin.origin, book)
    for foreign in change.foreign:
        _say(ForeignStatus, foreign.person, foreign.foreign, book)
    book.close()


def _name(naming: NameChange, book: Book) -> None:
    facts = book.held(Naming, naming.person)
    since = facts[0][0].from_ if facts and naming.since_birth else book.change.since
    book.carry_out(Naming, naming.person, spans.spread(facts, _columns(naming.names), since=since))


def _reside(entry: ResidenceEntry, book: Book) -> None:
    facts, since = book.held(Residence, entry.person), book.change.since
    here = _on(facts, since)
    said = (NEW_RESIDENCE if here is None else {}) | _residence_columns(entry, here, book)
    plan = spans.spread(facts, said, since=since, about=WHERE)
    book.carry_out(Residence, entry.person, plan)
    book.carry_out(Closing, entry.person, _reopening(entry.person, plan, book))


def _reopening(person: int, plan: spans.Plan, book: Book) -> spans.Plan:
    """Where somebody lives in the city, no record is closed."""
    closed = book.held(Closing, person)
    overlap = plan.span and next((period for period, _ in closed if period.overlaps(plan.span)), None)
    return spans.Plan(overlap.intersect(plan.span)) if overlap and plan.span else spans.Plan()


def _end_record(entry: ClosingEntry, book: Book) -> None:
    residences, closings = book.held(Residence, entry.person), book.held(Closing, entry.person)
    said = {name: value for name, value in _columns(entry).items() if value is not None and name != "like"}
    if entry.like is not None:
        said["destination"] = _destination(entry.person, entry.like)
    said = {**NEW_CLOSING, **(_on(closings, book.change.since) or {}), **said}
    residence, closing = spans.closed(residences, closings, said, since=book.change.since)
    book.carry_out(Residence, entry.person, residence)
    book.carry_out(Closing, entry.person, closing)


def _destination(person: int, cause: int) -> str:
    said = Closing.objects.filter(person=person, cause=cause).order_by("id").last()
    return said.destination if said else ""


def _say(model: type[Fact], person: int, entry: Value | None, book: Book) -> None:
    facts, since = book.held(model, person), book.change.since
    plan = spans.ended(facts, since=since) if entry is None else spans.spread(facts, _columns(entry), since=since)
    book.carry_out(model, person, plan)


def _columns(entry: Value) -> Mapping[str, Any]:
    """An entry as columns: enumerations as their wording, lists as JSON."""
    return {name: _plain(value) for name, value in entry if name != "person"}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [one.model_dump(mode="json") for one in value]
    return getattr(value, "value", value)


def _residence_columns(entry: ResidenceEntry, here: spans.Values | None, book: Book) -> dict[str, Any]:
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
            name: value
            for name, value in (_on(book.held(Residence, entry.like), book.change.since) or {}).items()
            if name in ADDRESS
        }
    if here is not None and entry.address_since is not None and "town" in columns:
        columns["moved_from"] = _address_of(here)
    return columns


def _address_of(here: spans.Values) -> str:
    return AddressEntry(**{name: here[name] for name in ADDRESS}).text


def _on(facts: Sequence[spans.Held], day: date) -> spans.Values | None:
    return next((values for period, values in facts if day in period), None)
