"""表示 Rows of the register as views; the one place where a protected address is left out (支援措置)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from yakusho.blocks.doors import Value
from yakusho.blocks.history import record
from yakusho.blocks.history.models import Fact
from yakusho.registers.people import belief, models, values
from yakusho.registers.people.belief import Belief
from yakusho.registers.people.rules.relations import SPOUSES
from yakusho.registers.people.terms import HEAD, BirthPrecision, ForeignCategory, OriginState, Sex

V = TypeVar("V", bound=Value)


def views(
    people: Collection[int], *, on: date, known_at: datetime | None, shown: Collection[int] = ()
) -> list[values.Person]:
    """住民の表示 People as of a day, in the order asked; one statement, whatever their number.

    A person about whom nothing was known is left out. ``shown`` are those whose address is released for one paper.
    """
    known = belief.about(people, on=on, known_at=known_at)
    return [
        _view(person, naming, known[person], known[person].protected and person not in shown, on)
        for person in people
        if (naming := known[person].naming)
    ]


def in_order(people: Sequence[values.Person]) -> list[values.Person]:
    """世帯の順 Head, spouse, then by age."""
    return sorted(people, key=lambda one: (_rank(one), one.names.born, one.id))


def _rank(person: values.Person) -> int:
    relation = person.residence.relation if person.residence else ""
    return 0 if relation == HEAD else 1 if relation in SPOUSES else 2


def _view(person: int, naming: models.Naming, known: Belief, hidden: bool, on: date) -> values.Person:
    origin, foreign, last = known.origin, known.foreign, known.residence
    here = last is not None and on in record.period(last.valid)
    shown = last and _residence(last, hidden)
    return values.Person(
        id=person,
        names=_names(naming),
        residence=shown if here else None,
        last_residence=None if here else shown,
        closing=known.closing and _closing(known.closing, hidden),
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


def _closing(row: models.Closing, hidden: bool) -> values.Closing:
    return values.Closing(
        closed_on=row.valid.lower,
        reason=row.reason,
        destination="" if hidden else row.destination,
        planned=row.planned,
        notified_on=row.notified_on,
    )
