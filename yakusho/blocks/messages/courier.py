"""配達 Carrying claimed deliveries to their channels; no transaction is open while a mail server answers."""

from collections.abc import Callable
from datetime import datetime

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.messages import actions, channels, queries
from yakusho.blocks.messages.envelopes import DrillChannel, LiveChannel

AT_ONCE = 20


def carry(*, clock: Callable[[], datetime], live: LiveChannel | None = None, drill: DrillChannel | None = None) -> int:
    """配達 Send everything that is due; returns how many attempts were made."""
    speaker, rehearsal, made = live or channels.live_channel(), drill or channels.DrillOutbox(), 0
    while queries.waiting(at=clock(), by=SYSTEM):
        parcels = actions.claim(limit=AT_ONCE, by=SYSTEM, at=clock())
        for parcel in parcels:
            outcome = channels.send(parcel, live=speaker, drill=rehearsal)
            actions.settle(parcel=parcel, outcome=outcome, by=SYSTEM, at=clock())
        made += len(parcels)
        if not parcels:  # another courier holds them
            break
    return made
