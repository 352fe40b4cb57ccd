"""An act of a toy room that tells the outside of itself."""

from yakusho.blocks.doors import EVERYONE, Actor, action
from yakusho.blocks.exchange.publish import publish
from yakusho.kit.refusal import Refusal


class Stuck(Refusal):
    """鐘が動きません。 / The bell is stuck."""


@action(allowed=EVERYONE)
def toll(*, bell: int, note_: str = "C4", event: str = "toy.tolled", stuck: bool = False, by: Actor) -> str:
    """鐘つき Toll a bell and tell of it."""
    hook = publish(event, subject=f"bell:{bell}", data={"note": note_})
    if stuck:
        raise Stuck
    return str(hook)
