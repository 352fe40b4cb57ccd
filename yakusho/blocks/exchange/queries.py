"""What can be asked of the exchange."""

from datetime import datetime
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef

from yakusho.blocks.doors import HOUSE, Actor, query
from yakusho.blocks.exchange import keys, rules
from yakusho.blocks.exchange.apps import OPERATORS
from yakusho.blocks.exchange.models import Dispatch, Endpoint
from yakusho.blocks.exchange.values import DispatchView, EndpointView, SigningKey, State
from yakusho.kit.refusal import NotFound

SHOWN = 200
COUNTED = 1_000


@query(allowed=OPERATORS)
def endpoints(*, by: Actor) -> list[EndpointView]:
    """連携先一覧 Receivers outside, with what waits and what could not be delivered (counted up to 1,000)."""
    counts = {"waiting_count": _of("queued", "retry", "sending"), "dead_count": _of("dead")}
    rows: Any = Endpoint.objects.annotate(**counts).order_by("title", "pk")
    return [
        EndpointView(
            id=row.pk,
            title=row.title,
            url=row.url,
            events=row.events,
            active=row.active,
            keys=len(row.key_versions),
            waiting=row.waiting_count,
            dead=row.dead_count,
        )
        for row in rows
    ]


@query(allowed=OPERATORS)
def signing_keys(*, endpoint: int, by: Actor) -> list[SigningKey]:
    """署名鍵 The keys that an endpoint's receiver may verify with, newest first. Refusals: NotFound."""
    row = Endpoint.objects.filter(pk=endpoint).first()
    if row is None:
        raise NotFound
    return [
        SigningKey(version=version, secret=rules.secret_text(keys.key(endpoint=row.pk, version=version)))
        for version in sorted(row.key_versions, reverse=True)
    ]


@query(allowed=OPERATORS)
def dispatches(
    *, endpoint: int | None = None, state: str = "", after: int | None = None, by: Actor
) -> list[DispatchView]:
    """配信一覧 Dispatches, newest first, of one endpoint or in one state where asked: a page and the first of the next,
    ``after`` a dispatch.
    """
    rows = Dispatch.objects.select_related("event", "endpoint").order_by("-pk")
    rows = rows if after is None else rows.filter(pk__lt=after)
    rows = rows.filter(endpoint=endpoint) if endpoint is not None else rows
    rows = rows.filter(state=state) if state else rows
    return [_view(row) for row in rows[: SHOWN + 1]]


@query(allowed=OPERATORS)
def dead_letters(*, after: int | None = None, by: Actor) -> list[DispatchView]:
    """配信できなかった出来事 What no attempt could deliver, newest first, by pages; each can be sent again by hand."""
    return dispatches(state="dead", after=after, by=by)


@query(allowed=HOUSE | OPERATORS)
def waiting(*, at: datetime, by: Actor) -> int:
    """配信待ち How many dispatches are due."""
    return Dispatch.objects.filter(due__lte=at).count()


def _of(*states: State) -> Func:
    """How many there are, as far as anybody counts: looking through a million to say so would take longer than the page."""
    its = Dispatch.objects.filter(endpoint=OuterRef("pk"), state__in=states).order_by().values("pk")
    return Func(ArraySubquery(its[:COUNTED]), function="cardinality", output_field=IntegerField())


def _view(row: Dispatch) -> DispatchView:
    return DispatchView(
        id=row.pk,
        event=str(row.event.hook),
        name=row.event.name,
        at=row.event.at,
        endpoint=row.endpoint.title,
        state=cast(State, row.state),
        attempts=row.attempts,
        due=row.due,
        last_status=row.last_status,
        last_error=row.last_error,
    )
