"""発信 Writing an event into the outbox, in the transaction of the act that it tells of."""

from collections.abc import Mapping
from uuid import UUID

from yakusho.blocks.doors.frames import in_action
from yakusho.blocks.exchange import rules
from yakusho.blocks.exchange.models import Dispatch, Endpoint, Event


def publish(event: str, *, subject: str, data: Mapping[str, object]) -> UUID:
    """出来事の発信 Tell the outside of an event; call it inside an action, whose rollback takes it back.

    ``event`` is ``system.event``, ``subject`` and ``data`` hold numbers and codes, never names or addresses.
    Returns the id that receivers see. Refusals: BadName, PersonalData.
    """
    if not in_action():
        raise TypeError("publish() belongs inside an action")
    rules.check_event(event)
    rules.check_data({"subject": subject, **data})
    row = Event.objects.create(name=event, subject=subject, data=dict(data))
    endpoints = Endpoint.objects.filter(active=True).order_by("pk")
    Dispatch.objects.bulk_create(
        Dispatch(event=row, endpoint=endpoint) for endpoint in endpoints if rules.wants(endpoint.events, event)
    )
    return row.hook
