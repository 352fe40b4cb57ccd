"""What can be done with the exchange: endpoints, keys, replay; and the two halves of sending."""

import json
from datetime import datetime

from yakusho.blocks.doors import HOUSE, Actor, action, note
from yakusho.blocks.exchange import guard, rules
from yakusho.blocks.exchange.apps import OPERATORS
from yakusho.blocks.exchange.models import Dispatch, Endpoint, Event
from yakusho.blocks.exchange.values import NewEndpoint, Outcome, Parcel
from yakusho.kit.refusal import NotFound, Refusal


class NothingToReplay(Refusal):
    """この出来事は、いま配信を待っています。 / This event is already waiting to be sent."""


class LastKey(Refusal):
    """最後の署名鍵は外せません。 / The last signing key cannot be taken away."""


def _endpoint(number: int) -> Endpoint:
    row = Endpoint.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


@action(allowed=OPERATORS)
def register_endpoint(*, endpoint: NewEndpoint, by: Actor) -> int:
    """連携先の登録 Send events to a receiver outside from now on; returns its number.

    Refusals: BadName for a wrong event, BadAddress for one that we must not send to.
    """
    patterns = endpoint.events.split() or ["*"]
    rules.check_patterns(patterns)
    guard.check_target(endpoint.url, allow_private=guard.private_allowed())
    row = Endpoint.objects.create(title=endpoint.title, url=endpoint.url, events=patterns, key_versions=[1])
    note(endpoint=row.pk)
    return row.pk


@action(allowed=OPERATORS)
def pause_endpoint(*, endpoint: int, active: bool, by: Actor) -> None:
    """連携の停止・再開 Stop or resume telling an endpoint of new events. Refusals: NotFound."""
    row = _endpoint(endpoint)
    row.active = active
    row.save(update_fields=["active"])
    note(endpoint=endpoint, active=active)


@action(allowed=OPERATORS)
def add_key(*, endpoint: int, by: Actor) -> int:
    """署名鍵の追加 Sign with a further key as well, so that the receiver can change over; returns its version."""
    row = _endpoint(endpoint)
    row.key_versions = [*row.key_versions, max(row.key_versions) + 1]
    row.save(update_fields=["key_versions"])
    note(endpoint=endpoint, version=row.key_versions[-1])
    return row.key_versions[-1]


@action(allowed=OPERATORS)
def retire_key(*, endpoint: int, version: int, by: Actor) -> None:
    """署名鍵の廃止 Sign with a key no more. Refusals: NotFound, LastKey."""
    row = _endpoint(endpoint)
    if version not in row.key_versions:
        raise NotFound
    if len(row.key_versions) == 1:
        raise LastKey
    row.key_versions = [kept for kept in row.key_versions if kept != version]
    row.save(update_fields=["key_versions"])
    note(endpoint=endpoint, version=version)


@action(allowed=OPERATORS)
def replay(*, dispatch: int, by: Actor, at: datetime) -> None:
    """再送 Send an event again by hand, under its own id. Refusals: NotFound, NothingToReplay."""
    row = Dispatch.objects.select_for_update(no_key=True).filter(pk=dispatch).first()
    if row is None:
        raise NotFound
    if row.state not in ("sent", "dead"):
        raise NothingToReplay
    row.state, row.attempts, row.due, row.done_at = "queued", 0, at, None
    row.save(update_fields=["state", "attempts", "due", "done_at"])
    note(dispatch=dispatch)


@action(allowed=HOUSE)
def claim(*, limit: int = 20, by: Actor, at: datetime) -> list[Parcel]:
    """配信の引受 Take what is due and unclaimed, for two minutes; a sender that dies meanwhile loses it to the next."""
    due = Dispatch.objects.filter(due__lte=at).order_by("due", "pk")
    rows = list(due.select_related("event", "endpoint").select_for_update(skip_locked=True, of=("self",))[:limit])
    ids = [row.pk for row in rows]
    Dispatch.objects.filter(pk__in=ids).update(state="sending", due=at + rules.LEASE)
    note(dispatches=ids)
    return [
        Parcel(
            dispatch=row.pk,
            attempts=row.attempts,
            endpoint=row.endpoint.pk,
            url=row.endpoint.url,
            key_versions=row.endpoint.key_versions,
            id=str(row.event.hook),
            body=_body(row.event),
        )
        for row in rows
    ]


@action(allowed=HOUSE)
def settle(*, parcel: Parcel, outcome: Outcome, by: Actor, at: datetime) -> str:
    """配信の結果 Record what became of an attempt; a result that comes after another sender's is dropped."""
    row = Dispatch.objects.select_for_update(no_key=True).get(pk=parcel.dispatch)
    if row.state != "sending" or row.attempts != parcel.attempts:
        return row.state
    row.attempts += 1
    row.last_status, row.last_error = outcome.status, outcome.error[:200]
    again = None if outcome.gone else rules.next_attempt(attempts=row.attempts, at=at)
    row.state = "sent" if outcome.arrived else "retry" if again else "dead"
    row.due = again if row.state == "retry" else None
    row.done_at = None if row.due else at
    row.save()
    if outcome.gone:
        Endpoint.objects.filter(dispatches=row).update(active=False)
    note(dispatch=row.pk, state=row.state, status=outcome.status)
    return row.state


def _body(event: Event) -> str:
    told = {"type": event.name, "timestamp": event.at.isoformat(), "data": {"subject": event.subject, **event.data}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
