"""Doors for the inside of the house open for nobody from outside: not by hand, not on the API."""

import pytest

from tests.access.test_doors import DOORS, PUBLIC
from yakusho.kit.refusal import NotAllowed

INNER = [door for door in DOORS.values() if door not in PUBLIC]


@pytest.mark.parametrize("door", INNER, ids=lambda door: door.name)
def test_nobody_comes_in_from_outside(scene, everybody, client, door):
    for who in everybody:
        with pytest.raises(NotAllowed):
            door._enter(door.input_model.model_construct(), {}, who.actor, "")
    kind = "actions" if door.kind == "action" else "queries"
    assert client.post(f"/api/{kind}/{door.name}", data={}, content_type="application/json").status_code == 404
