"""いつ鳴るか When what is known of the house is a cause of an alarm; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Limits:
    """上限 How long a signature may wait, how long nothing may come into the depot, how old the last backup may be."""

    record: timedelta
    carried: timedelta
    backup: timedelta


@dataclass(frozen=True)
class Kept:
    """控えの状態 When changes last came into the depot, and of when the last whole backup is; None where never."""

    carried: datetime | None = None
    backup: datetime | None = None


def limits(told: Mapping[str, int]) -> Limits:
    """上限 As the city says in `[alarms]`; papers stop when a signature is four hours late, the alarm rings before."""
    return Limits(
        record=timedelta(minutes=told.get("record_minutes", 60)),
        carried=timedelta(minutes=told.get("carried_minutes", 10)),
        backup=timedelta(hours=told.get("backup_hours", 36)),
    )


def kept(told: Mapping[str, Any]) -> Kept:
    """控えの状態 From what the launcher writes down; what cannot be read was never."""
    return Kept(carried=_instant(told.get("well")), backup=_instant(told.get("last")))


def _instant(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else None


def depot_is_away(found: Kept, limit: timedelta, *, at: datetime) -> bool:
    """置き場所 Nothing has come there for too long; of a city that never chose one the age of its backup tells."""
    return found.carried is not None and at - found.carried > limit


def backup_is_old(found: Kept, limit: timedelta, *, at: datetime) -> bool:
    """控え The last whole one is too old, or there is none."""
    return found.backup is None or at - found.backup > limit
