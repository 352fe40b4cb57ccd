"""A sample input of each door, and the same input about another person or object."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from tests.access.rooms import Of, declared, everything
from tests.faults import samples
from yakusho.blocks.doors import Subject
from yakusho.blocks.doors.registry import Registered

PLAIN = {"after", "days", "limit", "version", "yen"}  # numbers that name nothing
Place = Callable[[str], Any]


def is_sampled(door: Registered) -> bool:
    """Whether anybody has said what an input of this door looks like."""
    return declared(door.name, "SAMPLES") is not None or samples.sample(door.name) is not None


@cache
def template(door: str) -> dict[str, Any]:
    """The sample input of a door: what `tests/access.py` of its room says, or its knock."""
    said: dict[str, Any] | None = declared(door, "SAMPLES")
    return samples.prepared(door).given if said is None else said


def about(door: Registered, given: dict[str, Any], place: Place) -> dict[str, Any]:
    """The input with every object in it replaced by `place(noun)`."""
    fields = door.input_model.model_fields
    return {name: _placed(_hint(fields[name]), name, value, place) for name, value in given.items()}


def nouns(door: Registered) -> list[str]:
    """Which kinds of object the input of a door names; the missing words of a door that nobody has declared are marked "?"."""
    return sorted(set(_nouns(door.input_model)))


def _nouns(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        hint = _hint(field)
        inner = _bare(hint)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _nouns(inner)
        elif noun := noun_of(hint, name):
            yield noun
        elif inner is int and name not in PLAIN:
            yield f"?{name}"


def noun_of(hint: Any, name: str) -> str:
    """What a field names: a person, an object with a maker, or nothing."""
    if _is_person(hint):
        return "person"
    word: str = everything("NAMES").get(name, name)
    return word if word in everything("OBJECTS") and _bare(hint) in (int, str) else ""


def _placed(hint: Any, name: str, value: Any, place: Place) -> Any:
    if isinstance(value, Of):
        return place(value.noun)
    if isinstance(value, list):
        return [_placed(_item(hint), name, one, place) for one in value[:1]]
    inner = _bare(hint)
    if isinstance(value, dict) and isinstance(inner, type) and issubclass(inner, BaseModel):
        fields = inner.model_fields
        return {key: _placed(_hint(fields[key]), key, one, place) for key, one in value.items()}
    noun = noun_of(hint, name) if value is not None else ""
    return place(noun) if noun else value


def _hint(field: Any) -> Any:
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _is_person(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return any(isinstance(mark, Subject) for mark in get_args(hint)[1:]) or _is_person(get_args(hint)[0])
    return any(_is_person(one) for one in get_args(hint) if one is not type(None))


def _bare(hint: Any) -> Any:
    """The type without its marks, its list or its None."""
    origin = get_origin(hint)
    if origin is Annotated or origin is list:
        return _bare(get_args(hint)[0])
    if origin in (Union, types.UnionType):
        return _bare(next(one for one in get_args(hint) if one is not type(None)))
    return hint


def _item(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin is list:
        return get_args(hint)[0]
    if origin is Annotated or origin in (Union, types.UnionType):
        return _item(next(one for one in get_args(hint) if one is not type(None)))
    return hint
