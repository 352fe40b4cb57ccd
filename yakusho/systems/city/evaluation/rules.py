"""行政評価 What the published figures of the plans must agree with; pure checks of data typed from a text."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PillarId = Literal["e-citizen", "e-business", "e-city"]
Status = Literal["done", "partly", "done_or_partly", "not_started"]
STATUSES: tuple[Status, ...] = ("done", "partly", "done_or_partly", "not_started")


class Data(BaseModel):
    """A frozen part of the published data; a misspelt key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Counts(Data):
    """施策数 Measures of a pillar or of all plans, each measure once."""

    measures: int
    done: int
    partly: int
    not_started: int

    @property
    def started(self) -> int:
        """実施または一部着手 Done or begun."""
        return self.done + self.partly


class Percent(Data):
    """割合 The published shares of the total, whole percents."""

    done: int
    partly: int
    not_started: int
    started: int


class Started(Data):
    """着手した施策 What the text counts for a pillar in a plan or over a run of plans.

    ``done_or_partly`` where the text does not tell which; ``relisted`` are counted under another pillar.
    """

    plans: tuple[int, ...]
    done: int = 0
    partly: int = 0
    done_or_partly: int = 0
    relisted: int = 0

    @property
    def total(self) -> int:
        """All that the text counts here, those listed again included."""
        return self.done + self.partly + self.done_or_partly


class Pillar(Data):
    """柱 One of the three pillars with its published counts."""

    id: PillarId
    title: str
    english: str
    who: str
    who_english: str
    themes: tuple[str, ...]
    counts: Counts
    started: tuple[Started, ...]


class Plan(Data):
    """計画 One of the plans; ``until`` is exclusive; ``new`` are measures that no earlier plan listed."""

    plan: int
    title: str
    short: str
    english: str
    starts: date = Field(alias="from")
    until: date
    years: str
    years_english: str
    goal: str
    goal_english: str
    measures: int
    new: int | None = None


class Measure(Data):
    """施策 A measure that the text names, and the system that is to answer to it."""

    name: str
    english: str
    pillar: PillarId
    plans: tuple[int, ...]
    status: Status
    system: str
    also: tuple[PillarId, ...] = ()
    why: str = ""
    why_english: str = ""


class Programme(Data):
    """情報化基本計画 All plans with totals, pillars and named measures."""

    title: str
    english: str
    source: str
    source_english: str
    totals: Counts
    percent: Percent
    pillars: tuple[Pillar, ...]
    plans: tuple[Plan, ...]
    measures: tuple[Measure, ...]


def share(part: int, whole: int) -> int:
    """割合 A whole percent, halves up."""
    return (200 * part + whole) // (2 * whole)


def named(programme: Programme, *, pillar: PillarId, plans: tuple[int, ...]) -> list[Measure]:
    """本文に名前がある施策 Named measures of a pillar over exactly these plans, those listed again included."""
    return [m for m in programme.measures if m.plans == plans and pillar in (m.pillar, *m.also)]


def contradictions(programme: Programme) -> list[str]:
    """矛盾 Every place where the typed data disagrees with itself or with the published totals; empty when sound."""
    checks = (_sums, _percents, _pillars, _groups, _plans, _names)
    return [sentence for check in checks for sentence in check(programme)]


def _sums(programme: Programme) -> Iterator[str]:
    for title, counts in [("totals", programme.totals), *((p.id, p.counts) for p in programme.pillars)]:
        if counts.started + counts.not_started != counts.measures:
            yield f"{title}: done, partly and not started do not make {counts.measures}"
    for name in Counts.model_fields:
        if sum(getattr(p.counts, name) for p in programme.pillars) != getattr(programme.totals, name):
            yield f"totals: the pillars do not add up to the published {name}"


def _percents(programme: Programme) -> Iterator[str]:
    for name in Percent.model_fields:
        if share(getattr(programme.totals, name), programme.totals.measures) != getattr(programme.percent, name):
            yield f"percent: {name} is not the share of the total"


def _pillars(programme: Programme) -> Iterator[str]:
    for pillar in programme.pillars:
        if sum(group.total - group.relisted for group in pillar.started) != pillar.counts.started:
            yield f"{pillar.id}: the counts of the plans do not make {pillar.counts.started} measures done or begun"
        if sum(group.done - group.relisted for group in pillar.started) > pillar.counts.done:
            yield f"{pillar.id}: more done in the plans than in the pillar"
        if sum(group.partly for group in pillar.started) > pillar.counts.partly:
            yield f"{pillar.id}: more begun in the plans than in the pillar"
        never = [m for m in programme.measures if m.pillar == pillar.id and m.status == "not_started"]
        if len(never) != pillar.counts.not_started:
            yield f"{pillar.id}: {len(never)} measures not started are named, published are {pillar.counts.not_started}"


def _groups(programme: Programme) -> Iterator[str]:
    for pillar in programme.pillars:
        for group in pillar.started:
            here = [m for m in named(programme, pillar=pillar.id, plans=group.plans) if m.status != "not_started"]
            if len(here) > group.total:
                yield f"{pillar.id} {group.plans}: {len(here)} measures are named, the text counts {group.total}"
            for status in STATUSES[:3]:
                count, told = sum(m.status == status for m in here), getattr(group, status)
                if count > told:
                    yield f"{pillar.id} {group.plans}: {count} named as {status}, the text counts {told}"


def _plans(programme: Programme) -> Iterator[str]:
    for before, after in zip(programme.plans, programme.plans[1:], strict=False):
        if before.until != after.starts:
            yield f"plan {after.plan} does not begin where plan {before.plan} ends"
        if after.new is None or after.new > after.measures:
            yield f"plan {after.plan}: new measures are missing or more than all"


def _names(programme: Programme) -> Iterator[str]:
    names = [m.name for m in programme.measures]
    yield from (f"{name} stands twice" for name in sorted({n for n in names if names.count(n) > 1}))
    groups = {(p.id, g.plans) for p in programme.pillars for g in p.started}
    for m in programme.measures:
        if m.status == "not_started":
            if not m.why:
                yield f"{m.name}: the text says why it was not started"
        elif (m.pillar, m.plans) not in groups:
            yield f"{m.name}: the text has no such group of plans"
