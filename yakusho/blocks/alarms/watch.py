"""見回り Every few minutes: what is wrong with the house, and is it known already?"""

from collections.abc import Callable
from datetime import datetime

from django.utils.timezone import localdate

from yakusho.blocks.alarms import actions, queries
from yakusho.blocks.doors import SYSTEM


def look(*, clock: Callable[[], datetime]) -> int:
    """見回り Ring for what is new, and see what is gone; how many alarms are new. While nothing changes, nothing is written."""
    at = clock()
    causes = queries.causes(by=SYSTEM, at=at)
    if set(causes) == set(queries.known(by=SYSTEM)):
        return 0
    return len(actions.look(causes=causes, by=SYSTEM, on=localdate(at), at=at))
