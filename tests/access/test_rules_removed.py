"""The matrix notices when the rule of any door is removed, narrowed or taken from its neighbour."""

import pytest

from tests.access import cast, cells, inputs
from tests.access.test_doors import PUBLIC, wrong
from yakusho.blocks.doors import EVERYONE, Role
from yakusho.blocks.doors.actors import AnyOf

GUARDED = [door for door in PUBLIC if door.allowed.names != ("everyone",)]


def others(allowed):
    """The same rule without one of its parts, everybody instead, and a role that has no business here."""
    parts = allowed.parts if isinstance(allowed, AnyOf) else ()
    less = [AnyOf(tuple(one for one in parts if one is not left)) for left in parts if left.name != "system"]
    free = [role for role in cast.roles() if role not in allowed.names and "staff" not in allowed.names]
    return [*less, EVERYONE, *(allowed | Role(role, "") for role in free[:1])]


def differing(allowed, other, everybody):
    """Those whom the one rule lets in and the other does not."""
    return [who for who in everybody if (allowed.granting(who.actor) is None) != (other.granting(who.actor) is None)]


def make_objects(scene, door, everybody):
    """Whatever the door is asked about is there before its rule changes: it may be made through that very door."""
    for who in everybody:
        for kind in ("own", "protected"):
            cells.given(scene, door, who, kind, inputs.template(door.name))


def noticed(scene, door, who, declared):
    """Whether a cell of this one comes out wrong: an outsider got in, or what is declared no longer holds."""
    return any(wrong(scene, door, who, kind, declared) for kind in ("own", "protected"))


def is_held_inside(scene, door, who):
    """Whether another door behind this one refuses as well: then the rule is there twice, and nothing comes out."""
    asked = cells.given(scene, door, who, "own", inputs.template(door.name))
    return cells.knock(scene, door, who, asked).word == cells.REFUSED


@pytest.mark.parametrize("door", GUARDED, ids=lambda door: door.name)
def test_a_rule_that_is_removed_is_noticed(scene, everybody, door, monkeypatch):
    declared = door.allowed
    make_objects(scene, door, everybody)
    for other in others(declared):
        found = differing(declared, other, everybody)
        assert found, f"{door.name}: nobody would notice {other.names} in place of {declared.names}"
        monkeypatch.setattr(door, "allowed", other)
        seen = any(noticed(scene, door, who, declared) for who in found)
        assert seen or all(is_held_inside(scene, door, who) for who in found), (door.name, other.names)
        monkeypatch.setattr(door, "allowed", declared)
