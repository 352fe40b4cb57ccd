"""Acts of a toy room that tell people of themselves."""

from datetime import date

from yakusho.blocks.doors import EVERYONE, Actor, PersonId, action
from yakusho.blocks.messages.tell import tell
from yakusho.kit.refusal import Refusal


class Stuck(Refusal):
    """鐘が動きません。 / The bell is stuck."""


@action(allowed=EVERYONE)
def toll_for(
    *,
    person: PersonId | None = None,
    account: int | None = None,
    name: str = "見本",
    times: int = 1200,
    drill: bool = False,
    once: str = "",
    stuck: bool = False,
    papers: list[str] = [],  # noqa: B006 - a door copies its input
    by: Actor,
    on: date,
) -> int:
    """鐘つき Toll a bell for somebody and tell them."""
    number = tell(
        template="toy/tolled", by=by, person=person, account=account, drill=drill, once=once, papers=papers,
        name=name, times=times, day=on,
    )  # fmt: skip
    if stuck:
        raise Stuck
    return number
