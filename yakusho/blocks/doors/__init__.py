"""窓口 The only doors of the house: actions (writes) and queries (reads), with permission, transaction, key and record."""

from yakusho.blocks.doors import registry
from yakusho.blocks.doors.actors import (
    EVERYONE,
    HOUSE,
    NOBODY,
    RESIDENT,
    STAFF,
    SYSTEM,
    WITHIN,
    Actor,
    Grant,
    Permission,
    Role,
)
from yakusho.blocks.doors.door import Door, action, query
from yakusho.blocks.doors.frames import about, note
from yakusho.blocks.doors.keys import KeyReused, ShownOnce
from yakusho.blocks.doors.listeners import announce
from yakusho.blocks.doors.refusals import FieldError, InvalidInput
from yakusho.blocks.doors.system import Menu, SystemConfig, systems
from yakusho.blocks.doors.values import PersonId, Reason, Subject, Value

__all__ = [
    "EVERYONE",
    "HOUSE",
    "NOBODY",
    "RESIDENT",
    "STAFF",
    "SYSTEM",
    "WITHIN",
    "Actor",
    "Door",
    "FieldError",
    "Grant",
    "InvalidInput",
    "KeyReused",
    "Menu",
    "Permission",
    "PersonId",
    "Reason",
    "Role",
    "ShownOnce",
    "Subject",
    "SystemConfig",
    "Value",
    "about",
    "action",
    "announce",
    "note",
    "query",
    "registry",
    "systems",
]
