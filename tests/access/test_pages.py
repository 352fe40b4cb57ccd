"""Every page × at_home: opened or refused as declared; about a stranger as if there were nobody."""

import re

import pytest

from tests.access import cells, inputs
from tests.access.places import places
from tests.access.seat import Seat
from tests.access.test_doors import PUBLIC
from yakusho.blocks.doors import EVERYONE, Actor

ANY_RESIDENT = Actor(1, "", person=1)
PLACES = places()
DECIDED = [place for place in PLACES if place.is_declared and place.allowed is not None]
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|key|draft|form)"[^>]*value="[^"]*"|nonce="[^"]*"|\b[0-9a-f]{32}\b')


@pytest.fixture
def seat(scene, monkeypatch):
    return Seat(monkeypatch, scene.stage.at)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_says_who_may_open_it(place):
    assert place.is_declared, (
        f"{place.name} is not the page of one door: write PAGES[{place.name.rpartition(':')[2]!r}] in tests/access.py of"
        f" {place.room}, with the permission that opens it (EVERYONE for a public page)"
    )


def opened(seat, place, scene, who, kind="own"):
    """The answer to GET, or to POST where a page takes nothing else."""
    path = place.path(scene, who.actor, kind)
    answer = seat.send(who.actor, "get", path)
    return seat.send(who.actor, "post", path) if answer.status_code == 405 else answer


def is_refused(answer, who):
    """403, or for nobody the way to the sign-in."""
    there = answer.headers.get("Location", "")
    return answer.status_code == 403 or (not who.actor.account and answer.status_code == 302 and "/identity/" in there)


@pytest.mark.parametrize("place", DECIDED, ids=lambda place: place.name)
def test_a_page_opens_for_whom_it_is_meant(seat, scene, at_home, place):
    wrong = []
    for who in at_home:
        answer = opened(seat, place, scene, who)
        let_in = place.allowed.granting(who.actor) is not None
        if answer.status_code >= 500 or (place.allowed is not EVERYONE and let_in == is_refused(answer, who)):
            wrong.append(f"{who.name}: {'may' if let_in else 'may not'}, and it is {answer.status_code}")
    assert wrong == []


ABOUT = [place for place in DECIDED if place.nouns() and place.allowed.granting(ANY_RESIDENT)]


@pytest.mark.parametrize(
    "place", [place for place in ABOUT if place.allowed is not EVERYONE], ids=lambda place: place.name
)
def test_a_stranger_is_nobody_on_every_page(seat, scene, at_home, place):
    (resident,) = [who for who in at_home if who.name == "resident"]
    there = [kind for kind in KINDS if all(scene.object(noun, kind, resident.actor) for noun in place.nouns())]
    told = {kind: shown(opened(seat, place, scene, resident, kind), place, scene, resident, kind) for kind in there}
    assert [told[kind] for kind in there if told[kind] != told["missing"]] == []


KINDS = ("foreign", "protected", "closed", "missing")


def shown(answer, place, scene, who, kind):
    """Status and body without what differs from showing to showing, and without the number that was asked for."""
    text = answer.body.decode("utf-8", "replace")
    for noun in place.nouns():
        text = re.sub(rf"(?<!\d){scene.object(noun, kind, who.actor)}(?!\d)", "…", text)
    return answer.status_code, HIDDEN.sub("", text)


@pytest.mark.parametrize("door", PUBLIC, ids=lambda door: door.name)
def test_the_api_refuses_whom_the_door_refuses(seat, scene, at_home, door):
    kind = "actions" if door.kind == "action" else "queries"
    wrong = []
    for who in at_home:
        given = as_json(scene, door, who)
        seat.client.handler.enforce_csrf_checks = False
        answer = seat.send(
            who.actor,
            "post",
            f"/api/{kind}/{door.name}",
            given,
            content_type="application/json",
            headers={"Idempotency-Key": "k"},
        )
        let_in = door.allowed.granting(who.actor) is not None
        if let_in == refused(answer) or answer.status_code >= 500 or b":invalid_input" in answer.body:
            wrong.append(f"{who.name}: {answer.status_code} {answer.body[:200]!r}")
    assert wrong == []


def as_json(scene, door, who):
    """The sample about one's own, as a program sends it."""
    asked = cells.given(scene, door, who, "own", inputs.template(door.name))
    if asked is None:
        asked = cells.given(scene, door, who, "protected", inputs.template(door.name))
    return door.input_model.model_validate(asked).model_dump_json(exclude_unset=True)


def refused(answer):
    """By the door's own rule, not by one of the room's."""
    return answer.status_code == 403 and b"urn:yakusho:refusal:not_allowed" in answer.body
