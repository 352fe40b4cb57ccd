"""表示 Rows of the register as views; the one place where a protected address is left out (支援措置)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from yakusho.blocks.doors import Value
from yakusho.blocks.history import record
from yakusho.blocks.history.models import Fact
from yakusho.registers.people import models, values
from yakusho.registers.people.rules.relations import SPOUSES
from yakusho.registers.people.terms import HEAD, BirthPrecision, ForeignCategory, OriginState, Sex

F = TypeVar("F", bound=Fact)
V = TypeVar("V", bound=Value)


@dataclass
class Facts:
    """事実 What is believed about one person, read for one day."""

    naming: models.Naming | None = None
    residences: list[models.Residence] = field(default_factory=list)
    closings: list[models.Closing] = field(default_factory=list)
    origin: models.Origin | None = None
    foreign: models.ForeignStatus | None = None


def views(
    people: Collection[int], *, on: date, known_at: datetime | None, shown: Collection[int] = ()
) -> list[values.Person]:
    """住民の表示 People as of a day, in the order asked; six statements, whatever their number.

    A person about whom nothing was known is left out. ``shown`` are those whose address is released for one paper.
    """
    facts = _facts(people, on=on, known_at=known_at)
    hidden = withheld(people) - set(shown)
    return [
        _view(person, naming, facts[person], person in hidden, on)
        for person in people
        if (naming := facts[person].naming)
    ]


def withheld(people: Iterable[int]) -> set[int]:
    """照会制限 Those of these people who are protected now; now, whatever day is asked about."""
    return set(
        models.Protection.objects.filter(person__in=people, ended_on__isnull=True).values_list("person", flat=True)
    )


def in_order(people: Sequence[values.Person]) -> list[values.Person]:
    """世帯の順 Head, spouse, then by age."""
    return sorted(people, key=lambda one: (_rank(one), one.names.born, one.id))


def _rank(person: values.Person) -> int:
    relation = person.residence.relation if person.residence else ""
    return 0 if relation == HEAD else 1 if relation in SPOUSES else 2


def _facts(people: Collection[int], *, on: date, known_at: datetime | None) -> dict[int, Facts]:
    found: dict[int, Facts] = defaultdict(Facts)
    for naming in _latest(models.Naming, people, on, known_at):
        found[naming.person_id].naming = naming
    for residence in _latest(models.Residence, people, on, known_at):
        found[residence.person_id].residences.append(residence)
    for closing in _believed(models.Closing, people, known_at):
        found[closing.person_id].closings.append(closing)
    for origin in _latest(models.Origin, people, on, known_at):
        found[origin.person_id].origin = origin if on in record.period(origin.valid) else None
    for foreign in _latest(models.ForeignStatus, people, on, known_at):
        found[foreign.person_id].foreign = foreign if on in record.period(foreign.valid) else None
    return found


def _believed(model: type[F], people: Collection[int], known_at: datetime | None) -> Iterable[F]:
    return record.known(model._default_manager.filter(person__in=people), known_at=known_at).order_by("valid")


def _latest(model: type[F], people: Collection[int], on: date, known_at: datetime | None) -> Iterable[F]:
    """Facts that had begun by the day, oldest first: the last one holds, or is the last that held."""
    return (fact for fact in _believed(model, people, known_at) if fact.valid.lower <= on)


def _view(person: int, naming: models.Naming, facts: Facts, hidden: bool, on: date) -> values.Person:
    origin, foreign = facts.origin, facts.foreign
    last = facts.residences[-1] if facts.residences else None
    here = last is not None and on in record.period(last.valid)
    shown = last and _residence(last, hidden)
    return values.Person(
        id=person,
        names=_names(naming),
        residence=shown if here else None,
        last_residence=None if here else shown,
        closing=_closing(facts, on, hidden),
        origin=origin and _as_stored(values.OriginEntry, origin, state=OriginState(origin.state)),
        foreign=foreign and _as_stored(values.ForeignEntry, foreign, category=ForeignCategory(foreign.category)),
        withheld=hidden,
    )


def _names(row: models.Naming) -> values.NameEntry:
    return _as_stored(
        values.NameEntry,
        row,
        sex=Sex(row.sex),
        born_precision=BirthPrecision(row.born_precision),
        alias_records=[values.AliasRecord(**one) for one in row.alias_records],
        glyphs=[values.Glyph(**one) for one in row.glyphs],
    )


def _as_stored(view: type[V], row: Fact, **typed: Any) -> V:
    """What stands in the register is shown as it stands: the checks of entries are for what comes in."""
    plain: dict[str, Any] = {name: getattr(row, name) for name in view.model_fields if name not in typed}
    built: V = view.model_construct(None, **plain, **typed)  # type: ignore[assignment]
    return built


def _residence(row: models.Residence, hidden: bool) -> values.Residence:
    return values.Residence(
        household=row.household_id,
        relation=row.relation,
        address=None if hidden else _as_stored(values.AddressEntry, row),
        resident_since=row.resident_since,
        address_since=row.address_since,
        notified_on=row.notified_on,
        came_from="" if hidden else row.came_from,
        moved_from="" if hidden else row.moved_from,
        since=row.valid.lower,
        until=row.valid.upper,
    )


def _closing(facts: Facts, on: date, hidden: bool) -> values.Closing | None:
    """The closing that holds on the day; else the planned one that lies ahead."""
    row = next(
        (row for row in facts.closings if on in record.period(row.valid) or (row.planned and row.valid.lower > on)),
        None,
    )
    if row is None:
        return None
    return values.Closing(
        closed_on=row.valid.lower,
        reason=row.reason,
        destination="" if hidden else row.destination,
        planned=row.planned,
        notified_on=row.notified_on,
    )
