"""Typed, frozen inputs and outputs of doors; and which numbers in them are people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, TypeAlias, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """A typed, frozen value that goes in or out of a door; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Subject:
    """Marks a number as a person (宛名番号): whoever it names stands in the audit row."""


PersonId = Annotated[int, Subject()]
Reason = Annotated[
    str, Field(min_length=1, max_length=200)
]  # why somebody does a thing, in a sentence; as long as tables keep

Finder: TypeAlias = Callable[[Any], Iterator[int]]


def _nobody(value: object) -> Iterator[int]:
    yield from ()


def _person(value: int | None) -> Iterator[int]:
    if value is not None:
        yield value


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Finder], ...]:
    found = []
    for name, info in model.model_fields.items():
        finder = _person if any(isinstance(mark, Subject) for mark in info.metadata) else finder_for(info.annotation)
        if finder is not _nobody:
            found.append((name, finder))
    return tuple(found)


def _model(value: object) -> Iterator[int]:
    if isinstance(value, BaseModel):
        for name, finder in _fields(type(value)):
            yield from finder(getattr(value, name))


def _many(item: Finder) -> Finder:
    def people(values: Any) -> Iterator[int]:
        members = values.values() if isinstance(values, dict) else values or ()
        for value in members:
            yield from item(value)

    return people


def finder_for(hint: Any) -> Finder:
    """A function that yields every person named in a value of this type (models are looked into as they really are)."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _model
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marked = any(isinstance(mark, Subject) for mark in arguments[1:])
        return _person if marked else finder_for(arguments[0])
    inner = [finder for argument in arguments if (finder := finder_for(argument)) is not _nobody]
    if not inner:
        return _nobody
    if origin in (list, tuple, set, frozenset, dict):
        return _many(inner[-1])
    return inner[0]  # a union: one kind of people, or None
