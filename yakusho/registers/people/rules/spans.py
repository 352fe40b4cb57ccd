"""期間の書き換え What a change says about the days after it: pure arithmetic over held facts, oldest first.

A plan is the span of days to rewrite and the pieces that hold there afterwards; the days between pieces are left empty.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yakusho.kit.periods import Period
from yakusho.kit.refusal import Refusal

Values = Mapping[str, Any]
Held = tuple[Period[date], Values]


class NotResident(Refusal):
    """{on}には、この市の住民ではありません。 / On {on} this person is not a resident of the city."""


@dataclass(frozen=True)
class Plan:
    """書き換え The span to rewrite (None: nothing) and what holds in it afterwards."""

    span: Period[date] | None = None
    pieces: tuple[Held, ...] = ()


def spread(held: Sequence[Held], said: Values, *, since: date, about: Collection[str] = ()) -> Plan:
    """変更 Something is said anew from a day on: it holds until the next change of the same thing.

    ``about`` names what decides "the same thing" (all that is said, if empty). A late notice therefore changes the past
    and what followed from it, but not a later change of its own kind, nor an end that was recorded.
    """
    run = _run(held, since)
    if not run:
        span = Period(since, min((period.from_ for period, _ in held if period.from_ > since), default=None))
        return Plan(span, ((span, said),))
    first = run[0][1]
    changed = {name: value for name, value in said.items() if first[name] != value}
    what = [name for name in changed if name in (about or said)]
    pieces: list[Held] = []
    for period, values in run:
        if any(values[name] != first[name] for name in what):
            break
        follows = {name: value for name, value in changed.items() if values[name] == first[name]}
        pieces.append((_from(period, since), {**values, **follows}))
    return Plan(Period(since, pieces[-1][0].until), tuple(pieces)) if changed else Plan()


def ended(held: Sequence[Held], *, since: date) -> Plan:
    """終了 Nothing holds any more from a day on, up to the end of what holds without a gap."""
    run = _run(held, since)
    return Plan(Period(since, run[-1][0].until)) if run else Plan()


def closed(residences: Sequence[Held], closings: Sequence[Held], said: Values, *, since: date) -> tuple[Plan, Plan]:
    """消除 The record ends on a day: what to rewrite of the residences and of the closings.

    A planned end may come earlier or later than planned: then the residence is cut, or goes on until the day.
    Refusals: NotResident.
    """
    residence = ended(residences, since=since)
    if residence.span is not None:
        back = min(
            (period.from_ for period, _ in residences if period.from_ > since and not _in(period, residence.span)),
            default=None,
        )
        span = Period(since, back)
        return residence, Plan(span, ((span, said),))
    plan = next(((period, values) for period, values in closings if since in period), None)
    if plan is None or not plan[1]["planned"]:
        raise NotResident(on=since)
    period = plan[0]
    last = next((values for span, values in residences if span.until == period.from_), None)
    piece = Period(since, period.until)
    closing = Plan(period, ((piece, said),))
    if last is None or period.from_ == since:
        return Plan(), closing
    stay = Period(period.from_, since)
    return Plan(stay, ((stay, last),)), closing


def _run(held: Sequence[Held], since: date) -> list[Held]:
    """The facts that hold from a day on without a gap."""
    run: list[Held] = []
    for period, values in sorted(held, key=lambda one: one[0].from_):
        if since in period or (run and run[-1][0].until == period.from_):
            run.append((period, values))
    return run


def _from(period: Period[date], since: date) -> Period[date]:
    return Period(max(period.from_, since), period.until)


def _in(period: Period[date], span: Period[date]) -> bool:
    return period.from_ in span
