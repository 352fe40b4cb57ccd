"""Every page of the house by its name, who may open it, and its address about an object of some kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.rooms import everything
from tests.access.scene import NOWHERE, Scene
from tests.faults.samples import modules
from yakusho.blocks.doors import Actor, Permission

NOUNS = {"request_number": "request"}
ROOMS = {"verify_scanned": "documents", "portal:gallery": "pages"}  # pages that are mounted elsewhere than their room


@dataclass(frozen=True)
class Place:
    """A page: its full name, its view, and what its address names (argument → converter)."""

    name: str
    view: Any
    arguments: dict[str, str]

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def room(self) -> str:
        """Whose page it is."""
        space = self.name.rpartition(":")[0]
        return ROOMS.get(self.name) or ROOMS.get(space) or space

    @property
    def is_declared(self) -> bool:
        """Whether somebody says who may open it."""
        return hasattr(self.view, "door") or self._said() is not ...

    @property
    def allowed(self) -> Permission | None:
        """As its door or its room says; None where the browser's own session decides."""
        said = self._said()
        return self.view.door.allowed if said is ... else said

    def _said(self) -> Any:
        table = getattr(modules("access").get(self.room), "PAGES", {})
        return table.get(self.name.rpartition(":")[2], ...)

    def nouns(self) -> list[str]:
        """The objects that its address names."""
        found = [NOUNS.get(name, name) for name in self.arguments]
        return [noun for noun in found if noun == "person" or noun in everything("OBJECTS")]

    def path(self, scene: Scene, by: Actor, kind: str) -> str:
        """Its address about an object of this kind; about something that is not there where there is none."""
        values = {name: self._value(scene, name, by, kind) for name in self.arguments}
        return reverse(self.name, kwargs=values)

    def _value(self, scene: Scene, argument: str, by: Actor, kind: str) -> Any:
        noun = NOUNS.get(argument, argument)
        value = scene.object(noun, kind, by) if noun == "person" or noun in scene.makers else None
        if value is not None:
            return value
        return NOWHERE if self.arguments[argument] == "IntConverter" else "unknown"


def places() -> list[Place]:
    """Every page but those of the API, which are doors."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda place: place.name)


def _walk(patterns: list[Any], space: str) -> list[Place]:
    found: list[Place] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += _walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name and not space.startswith("api:"):
            arguments = {name: type(kind).__name__ for name, kind in one.pattern.converters.items()}
            arguments |= dict.fromkeys(set(one.pattern.regex.groupindex) - set(arguments), "StringConverter")
            found.append(Place(space + one.name, one.callback, arguments))
    return found
