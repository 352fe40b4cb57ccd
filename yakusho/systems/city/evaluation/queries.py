"""What can be asked of the plans; everybody may."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, F, Func, Q, TextField, Value

from yakusho.blocks.audit.models import Entry
from yakusho.blocks.doors import EVERYONE, Actor, SystemConfig, query, systems
from yakusho.kit.sentences import JST
from yakusho.systems.city.evaluation.formats import read_programme
from yakusho.systems.city.evaluation.rules import Measure, PillarId, Programme
from yakusho.systems.city.evaluation.values import MeasureView, Overview, Running, UseView

DAYS = 30


def programme() -> Programme:
    """The checked programme of the city; read from its files once."""
    return read_programme(settings.CITY_DIR / settings.CITY["plan"])


@query(allowed=EVERYONE)
def overview(*, by: Actor) -> Overview:
    """計画の総括 The published totals, by pillar and by plan."""
    read = programme()
    return Overview(**{name: getattr(read, name) for name in Overview.model_fields})


@query(allowed=EVERYONE)
def measures(*, pillar: PillarId | None = None, by: Actor, on: date) -> list[MeasureView]:
    """施策一覧 The measures that the text names, in its order, each with the system that answers to it and its use."""
    used, declared, here = _used(on), _declared(), {path(config) for config in systems()}
    shown = [one for one in programme().measures if pillar in (None, one.pillar)]
    return [_view(one, declared=declared, here=here, used=used) for one in shown]


@query(allowed=EVERYONE)
def use(*, by: Actor, on: date) -> list[UseView]:
    """利用状況 How often each system of the house was used in the last 30 days, most used first; counted from the record."""
    used = _used(on)
    views = [
        UseView(system=path(config), title=str(config.title), acts=acts, looks=looks)
        for config in systems()
        for acts, looks in [used.get(config.label, (0, 0))]
        if config.pillar in ("citizen", "business", "city")
    ]
    return sorted(views, key=lambda view: (-view.acts - view.looks, view.system))


def path(config: SystemConfig) -> str:
    """``city.evaluation``: the folder of a system, as the plans name it."""
    return ".".join(str(config.name).split(".")[-2:])


def _declared() -> dict[str, str]:
    return {measure: path(config) for config in systems() for measure in config.measures}


def _used(on: date) -> dict[str, tuple[int, int]]:
    # One statement over the days asked for, whatever the number of systems.
    begins = datetime.combine(on - timedelta(days=DAYS - 1), time.min, tzinfo=JST)
    ends = datetime.combine(on + timedelta(days=1), time.min, tzinfo=JST)
    room = Func(F("door"), Value("."), Value(1), function="split_part", output_field=TextField())
    rows = (
        Entry.objects.filter(at__gte=begins, at__lt=ends, kind__in=["action", "query"])
        .annotate(room=room)
        .values("room")
        .annotate(acts=Count("pk", filter=Q(kind="action")), looks=Count("pk", filter=Q(kind="query")))
        .order_by("room")
    )
    return {row["room"]: (row["acts"], row["looks"]) for row in rows}


def _view(one: Measure, *, declared: dict[str, str], here: set[str], used: dict[str, tuple[int, int]]) -> MeasureView:
    system = declared.get(one.name, one.system)
    running: Running = "running" if one.name in declared else "prepared" if system in here else "planned"
    acts, looks = used.get(system.partition(".")[2], (0, 0))
    return MeasureView(
        name=one.name,
        english=one.english,
        pillar=one.pillar,
        plans=list(one.plans),
        status=one.status,
        why=one.why,
        why_english=one.why_english,
        relisted=list(one.also),
        system=system,
        running=running,
        acts=acts,
        looks=looks,
    )
