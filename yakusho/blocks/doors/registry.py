"""Every action and query of the house, by name: the API, the pages and the command line read it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yakusho.blocks.doors.door import Door

actions: dict[str, Door[Any]] = {}
queries: dict[str, Door[Any]] = {}


def add(door: Door[Any]) -> None:
    """Register a door; two doors of one name are a mistake in the code."""
    kind = actions if door.kind == "action" else queries
    known = (actions | queries).get(door.name)
    if known is not None and known.function.__module__ != door.function.__module__:
        raise TypeError(f"two doors are named {door.name}")
    kind[door.name] = door


def name_of(module: str, function: str) -> str:
    """``resident_records.move_in`` for a function in ``…city.resident_records.actions[.moves]``."""
    parts = module.split(".")
    for word in ("actions", "queries"):
        if word in parts:
            parts = parts[: parts.index(word)]
    return f"{parts[-1]}.{function}"
