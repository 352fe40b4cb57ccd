"""Every action and query of the house, by name: the API, the pages and the command line read it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from pydantic import BaseModel, TypeAdapter

from yakusho.blocks.doors.actors import Actor, Permission


class Registered(Protocol):
    """What edges and tables of rights may know of a door."""

    name: str
    kind: str
    title: str
    doc: str
    allowed: Permission
    function: Callable[..., Any]

    @property
    def input_model(self) -> type[BaseModel]: ...
    @property
    def output(self) -> TypeAdapter[Any]: ...
    @property
    def hints(self) -> Mapping[str, Any]: ...
    def __call__(self, *, key: str = "", **given: Any) -> Any: ...
    def call(self, given: dict[str, Any], *, by: Actor, on: date, at: datetime, key: str = "") -> Any: ...


actions: dict[str, Registered] = {}
queries: dict[str, Registered] = {}


def add(door: Registered) -> None:
    """Register a door; two doors of one name are a mistake in the code."""
    known = (actions | queries).get(door.name)
    if known is not None and known.function.__module__ != door.function.__module__:
        raise TypeError(f"two doors are named {door.name}")
    (actions if door.kind == "action" else queries)[door.name] = door


def name_of(module: str, function: str) -> str:
    """``resident_records.move_in`` for a function in ``…city.resident_records.actions[.moves]``."""
    parts = module.split(".")
    for word in ("actions", "queries"):
        if word in parts:
            parts = parts[: parts.index(word)]
    return f"{parts[-1]}.{function}"
