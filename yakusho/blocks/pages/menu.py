"""メニュー Menus made from what the rooms declare: nothing is listed that does not exist."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

from yakusho.blocks.doors import EVERYONE, NOBODY, RESIDENT, Actor, Menu, Role, SystemConfig, systems
from yakusho.blocks.pages.access import address_of

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


def links(actor: Actor, path: str = "") -> list[Link]:
    """開ける入口 What this person may open; the one they are at is marked."""
    asking = Actor(0, "", actor.grants, None if actor.person is None else min(actor.person, 1))
    place = (get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return [
        replace(link, current=True) if link.address == path else link for link in _links(asking, place, (*systems(),))
    ]


@lru_cache(1024)
def _links(asking: Actor, place: tuple[str | None, ...], rooms: tuple[SystemConfig, ...]) -> list[Link]:
    """For everybody with the same duties, in one language, at one set of addresses."""
    found = [_link(room, entry) for room in rooms for entry in room.menu if entry.for_.granting(asking)]
    return [link for link in found if link]


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
    titles = {role.name: role.title for system in systems() for role in system.roles if isinstance(role, Role)}
    held = (titles[grant.role] for grant in sorted(actor.grants, key=str) if grant.role in titles)
    return list(dict.fromkeys(map(str, held)))


def for_residents(actor: Actor = NOBODY) -> list[Link]:
    """市民の入口 Entries that residents and everybody may open, signed in or not yet; staff see those open to everybody."""
    asking = AS_RESIDENT if actor == NOBODY or actor.person is not None else actor
    return [link for link in links(asking) if link.for_residents]


def _link(system: SystemConfig, entry: Menu) -> Link | None:
    address = address_of(entry.url)
    if not address:
        return None  # a room that is declared but not yet served must not break every page
    return Link(
        title=str(entry.title),
        address=address,
        group=str(entry.group),
        system=str(system.title),
        words=tuple(map(str, entry.words)),
        for_residents=_for_residents(entry),
        needs_sign_in=entry.for_.granting(NOBODY) is None,
    )


def _for_residents(entry: Menu) -> bool:
    return bool(set(entry.for_.names) & {*EVERYONE.names, *RESIDENT.names})
