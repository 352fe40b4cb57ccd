"""取消 A movement that was recorded by mistake is taken back; a wrong one is replaced by the right notice (``corrects``)."""

from yakusho.blocks.doors import Actor, Reason, action
from yakusho.systems.city.resident_records.actions.movement import cancel as take_movement_back
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK, RESIDENT_MANAGER
from yakusho.systems.city.resident_records.queries.movements import replaceable
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Receipt


@action(allowed=RESIDENT_CLERK | RESIDENT_MANAGER)
def cancel(*, movement: int, reason: Reason, by: Actor) -> Receipt:
    """異動の取消 Believe again what was believed before a movement; the movement and its cancellation both stay (施行令 12条).

    Refusals: NotFound, AlreadyCancelled, BuiltUpon (a later movement builds on it).
    """
    return take_movement_back(MovementKind.CANCEL, replaceable(movement), reason=reason, by=by)
