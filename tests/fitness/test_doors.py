"""Every door is declared once and reachable in four ways; nothing else writes."""

import re
import typing
from functools import cache

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from pydantic import BaseModel, TypeAdapter

from yakusho.blocks.doors import registry
from yakusho.web.api import api, is_public

DOORS = [door for door in (registry.actions | registry.queries).values() if "tests" not in door.function.__module__]


@cache
def schema():
    """The API's description; made once, it names every door."""
    return api.get_openapi_schema()


JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_opens_its_docstring_with_the_official_term(door):
    assert JAPANESE.search(door.title), door.doc
    assert re.search(r"[A-Za-z]", door.doc), door.doc


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_is_one_declaration_for_four_ways(door):
    assert issubclass(door.input_model, BaseModel)
    door.input_model.model_json_schema()
    assert isinstance(door.output, TypeAdapter)
    door.output.json_schema()
    if is_public(door):
        assert "by" in typing.get_type_hints(door.function) or door.allowed.names == ("everyone",)
        kind = "actions" if door.kind == "action" else "queries"
        assert f"/api/{kind}/{door.name}" in schema()["paths"]


def test_inner_doors_are_on_no_edge():
    published = {path.rpartition("/")[2] for path in schema()["paths"]}
    assert [door.name for door in DOORS if not is_public(door) and door.name in published] == []


def texts(schema):
    """Every name of a field of text anywhere in a JSON schema."""
    if isinstance(schema, dict):
        yield from (name for name, one in schema.get("properties", {}).items() if one.get("type") == "string")
        for inner in schema.values():
            yield from texts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from texts(inner)


SECRET = re.compile(r"(^|_)(token|secret|password|pin|private_key)$")


@pytest.mark.parametrize("door", [door for door in DOORS if door.kind == "action"], ids=lambda door: door.name)
def test_an_action_that_gives_a_secret_keeps_no_copy_of_it(door):
    secrets = [name for name in texts(door.output.json_schema()) if SECRET.search(name)]
    assert door.once or not secrets, secrets


def test_the_api_is_openapi_3_1():
    assert schema()["openapi"].startswith("3.1")


def addresses(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_every_address_is_known_and_under_a_room_the_portal_or_the_desk():
    every = list(addresses(get_resolver().url_patterns))
    assert len(every) > 10
    assert [address for address, view in every if view is None] == []
