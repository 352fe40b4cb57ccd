"""波及 What one room does, others learn in the same transaction: by name, in the order of the house, without signals."""

from __future__ import annotations

from typing import Any

from yakusho.blocks.doors import registry
from yakusho.blocks.doors.actors import Actor
from yakusho.blocks.doors.system import systems


def listeners(event: str) -> list[str]:
    """Names of the actions that answer an event (``resident_records.moved_in``), in the order of the house."""
    return [config.listens[event] for config in systems() if event in config.listens]


def announce(event: str, *, by: Actor, **given: Any) -> None:
    """Call every listener's action with these inputs; a refusal of any of them undoes the whole act."""
    for name in listeners(event):
        registry.actions[name](by=by, **given)
