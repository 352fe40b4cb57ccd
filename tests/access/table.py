"""The table of rights as a page of the docs, from what the doors and rooms declare; made without a database."""

from __future__ import annotations

from collections.abc import Iterator

from tests import house
from tests.access import cast, cells
from tests.access.places import Place, places
from tests.access.scene import KINDS, Who
from yakusho.blocks.doors import NOBODY, Actor, Grant, Permission, registry
from yakusho.blocks.doors.registry import Registered

PATH = house.ROOT / "docs" / "reference" / "access.md"
PAGE = """\
# Who may do what

Written by `python -m tests.access.write` from the declarations (`allowed=` of each action and query; `PAGES`, `FINDERS`,
`OWN_ONLY` and `HOUSEMATES` in `tests/access.py` of each room). A test holds it up to date; others try every cell (`tests/access`).

● let in, and every object is found (where nothing is named: what is theirs) · ○ only what is their own · ◐ what is their own
or belongs to who lives with them · – let in, but finds nothing there · blank: refused. What somebody does not find gives the
same answer as what does not exist. `system` is the house itself (night work); `within` opens only from inside another door;
`session`: the sign-in's own steps, which go on only in the browser that began them.

## Actions and queries

{doors}

## Pages

{pages}
"""


def people() -> list[Who]:
    """Somebody of each kind, without accounts."""
    residents = [Who("resident", Actor(1, "", person=1)), Who("housemate", Actor(2, "", person=2))]
    staff = [Who(role, Actor(3, "", frozenset({Grant(role, cast.HOME)}))) for role in cast.roles()]
    return [Who("nobody", NOBODY), *residents, *staff]


def text() -> str:
    """The whole page."""
    shown = [who for who in people() if who.name != "housemate"]
    head = ["", *(who.name.replace("_", " ") for who in shown), "inside"]
    doors = [_door(door, shown) for _, door in sorted((registry.actions | registry.queries).items()) if is_ours(door)]
    pages = [_page(place, shown) for place in places()]
    return PAGE.format(doors=_table(head, doors), pages=_table(head[:-1], pages))


def text_of(door: Registered) -> str:
    """What the page says of one door."""
    return " | ".join(_door(door, people()))


def is_ours(door: Registered) -> bool:
    """Not one that a test has made."""
    return "tests" not in door.function.__module__


def _door(door: Registered, shown: list[Who]) -> list[str]:
    inside = [name for name in door.allowed.names if name in ("within", "system")]
    return [f"`{door.name}` {door.title}", *(_sign(door, who) for who in shown), " ".join(inside)]


def _sign(door: Registered, who: Who) -> str:
    found = {kind: cells.expected(door, door.allowed, who, kind) == cells.ANSWERS for kind in KINDS}
    if cells.expected(door, door.allowed, who, "own") == cells.REFUSED:
        return ""
    if found["foreign"] or cells.kinds_of(door) == ("own",):
        return "●"
    return ("◐" if _housemate(door) else "○") if found["own"] else "–"


def _housemate(door: Registered) -> bool:
    (mate,) = [who for who in people() if who.name == "housemate"]
    return not cells.is_personal(door) and cells.expected(door, door.allowed, mate, "own") == cells.ANSWERS


def _page(place: Place, shown: list[Who]) -> list[str]:
    if place.allowed is None:
        return [f"`{place.name}`", *("session" for _ in shown)]
    return [f"`{place.name}`", *("●" if _opens(place.allowed, who) else "" for who in shown)]


def _opens(allowed: Permission, who: Who) -> bool:
    return allowed.names != ("within",) and allowed.granting(who.actor) is not None


def _table(head: list[str], rows: list[list[str]]) -> str:
    def lines() -> Iterator[str]:
        yield f"| {' | '.join(head)} |"
        yield f"|---{'|:-:' * (len(head) - 1)}|"
        for row in rows:
            yield f"| {' | '.join(row)} |"

    return "\n".join(lines())
