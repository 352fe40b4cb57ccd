"""Every door × everybody × every kind of object: refused, as if it did not exist, or answered, as declared."""

from functools import cache

import pytest

from tests.access import cells, inputs
from tests.access.cells import ANSWERS, MISSING, REFUSED
from yakusho.blocks.doors import registry
from yakusho.web.api import is_public

DOORS = {
    name: door
    for name, door in sorted((registry.actions | registry.queries).items())
    if "tests" not in door.function.__module__
}
PUBLIC = [door for door in DOORS.values() if is_public(door)]
INNER = [door for door in DOORS.values() if not is_public(door)]

TRIED: list[int] = []


def wrong(scene, door, who, kind, allowed=None):
    """What does not hold in this cell, as a sentence; "" when all is well, None where there is no such object."""
    asked = cells.given(scene, door, who, kind, inputs.template(door.name))
    if asked is None:
        return None
    should = cells.expected(door, allowed or door.allowed, who, kind)
    came = cells.knock(scene, door, who, asked)
    missing = _missing(scene, door, who) if kind != "missing" and should != REFUSED and inputs.nouns(door) else None
    return _sentence(f"{door.name}: {who.name}, {kind}", should, came, missing)


@cache
def _missing(scene, door, who):
    """What this one is told about something that is not there."""
    return cells.knock(scene, door, who, cells.given(scene, door, who, "missing", inputs.template(door.name)))


def _sentence(where, should, came, missing):
    if (should == REFUSED) != (came.word == REFUSED):
        return f"{where}: {should}, but it is {came.word}: {came.said[:200]}"
    if should == MISSING and missing and came.said != missing.said:
        return f"{where}: not as if it were missing: {came.said[:200]} / {missing.said[:200]}"
    if should == ANSWERS and missing and came.status == 404 and came.said == missing.said:
        return f"{where}: should answer, but says {came.said[:200]}"
    return ""


@pytest.mark.parametrize("door", PUBLIC, ids=lambda door: door.name)
def test_a_door_has_a_sample_and_its_objects_are_known(door):
    room, _, name = door.name.partition(".")
    assert inputs.is_sampled(door), (
        f"{door.name} has no sample input: write SAMPLES[{name!r}] in tests/access.py of {room} (or, for an action,"
        f" {name}(stage) in its tests/knocks.py), and say there who finds what (HOUSEMATES, FINDERS, OWN_ONLY)"
    )
    unknown = [noun[1:] for noun in inputs.nouns(door) if noun.startswith("?")]
    assert unknown == [], (
        f"{door.name} takes {unknown}: write OBJECTS[{unknown!r}] in tests/access.py of {room}, which makes such an object,"
        " or NAMES if it is another word for one, or, where a number names nothing, add it to PLAIN in tests/access/inputs.py"
    )


@pytest.mark.parametrize("door", PUBLIC, ids=lambda door: door.name)
def test_every_cell_of_a_door(scene, everybody, door):
    found = {(who.name, kind): wrong(scene, door, who, kind) for who in everybody for kind in cells.kinds_of(door)}
    TRIED.append(sum(one is not None for one in found.values()))
    assert [one for one in found.values() if one] == []


def test_how_many_cells_were_tried(everybody, record_property):
    record_property("cells", sum(TRIED))
    assert all(tried >= len(everybody) for tried in TRIED)
