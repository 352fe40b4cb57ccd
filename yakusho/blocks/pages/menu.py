"""メニュー Menus made from what the rooms declare: nothing is listed that does not exist."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yakusho.blocks.doors import EVERYONE, NOBODY, RESIDENT, Actor, Menu, Role, SystemConfig, systems

AS_RESIDENT = Actor(0, "", person=0)


@dataclass(frozen=True)
class Link:
    """入口 One entry that somebody may open."""

    title: str
    address: str
    group: str
    system: str
    words: tuple[str, ...]
    for_residents: bool
    needs_sign_in: bool
    current: bool = False


@dataclass(frozen=True)
class Group:
    """区分 Entries under one heading."""

    title: str
    links: tuple[Link, ...]


def entries() -> Iterator[tuple[SystemConfig, Menu]]:
    """Every declared entry with its room, in the order of the floors."""
    for system in systems():
        for entry in system.menu:
            yield system, entry


def links(actor: Actor, path: str = "") -> list[Link]:
    """開ける入口 What this person may open."""
    return [link for system, entry in entries() if entry.for_.granting(actor) and (link := _link(system, entry, path))]


def groups(actor: Actor, request: HttpRequest) -> list[Group]:
    """机のメニュー The desk's menu: entries of the person's roles, under their headings, in order of first appearance."""
    mine = [link for link in links(actor, request.path) if not link.for_residents]
    return grouped(mine)


def grouped(some: Iterable[Link]) -> list[Group]:
    """見出しごと Links under their headings; a heading without a name takes the room's."""
    order: dict[str, list[Link]] = {}
    for link in some:
        order.setdefault(link.group or link.system, []).append(link)
    return [Group(title, tuple(found)) for title, found in order.items()]


def duties(actor: Actor) -> list[str]:
    """担当 What the roles of this person are called, each once."""
    titles = {role.name: str(role.title) for system in systems() for role in system.roles if isinstance(role, Role)}
    return list(dict.fromkeys(titles[grant.role] for grant in sorted(actor.grants, key=str) if grant.role in titles))


def for_residents(actor: Actor = NOBODY) -> list[Link]:
    """市民の入口 Entries that residents and everybody may open, signed in or not yet; staff see those open to everybody."""
    asking = AS_RESIDENT if actor == NOBODY or actor.person is not None else actor
    return [link for link in links(asking) if link.for_residents]


def _link(system: SystemConfig, entry: Menu, path: str) -> Link | None:
    try:
        address = reverse(entry.url)
    except NoReverseMatch:
        return None  # a room that is declared but not yet served must not break every page
    resident = _for_residents(entry)
    return Link(
        title=str(entry.title),
        address=address,
        group=str(entry.group),
        system=str(system.title),
        words=tuple(map(str, entry.words)),
        for_residents=resident,
        needs_sign_in=entry.for_.granting(NOBODY) is None,
        current=path == address,
    )


def _for_residents(entry: Menu) -> bool:
    return bool(set(entry.for_.names) & {*EVERYONE.names, *RESIDENT.names})
