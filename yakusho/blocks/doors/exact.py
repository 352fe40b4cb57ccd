"""言われたとおりの型 A number is a number and a day is a text: what merely could be read as one is refused where it comes in.

Pydantic takes `true` for 1, `0.0` and `"off"` for false, `"7"` for 7 and `0` for 1970-01-01; a program that sends that means
something else.
"""

from __future__ import annotations

import types
from datetime import date, datetime
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, model_validator

NOTHING = ""  # what no number and no day reads; pydantic then says so at the very field


class Asked(BaseModel):
    """問われたこと Base of every door's input."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _exactly(cls, given: Any) -> Any:
        return exact(cls, given)


def exact(model: type[BaseModel], given: Any) -> Any:
    """言われたとおりの値 The input with everything of the wrong type made unreadable; typed values stay as they are."""
    if not isinstance(given, dict):
        return given
    fields = model.model_fields
    return {name: _exact(fields[name].annotation, value) if name in fields else value for name, value in given.items()}


def _exact(hint: Any, value: Any) -> Any:
    inner = _bare(hint)
    if get_origin(inner) is list and isinstance(value, list):
        return [_exact(get_args(inner)[0], one) for one in value]
    if not isinstance(inner, type):
        return value
    if issubclass(inner, BaseModel):
        return exact(inner, value)
    if inner is bool:
        return value if isinstance(value, bool | types.NoneType) else NOTHING
    if inner is int:
        return NOTHING if isinstance(value, bool | str) else value
    return NOTHING if issubclass(inner, date | datetime) and isinstance(value, int | float) else value


def _bare(hint: Any) -> Any:
    """The type without its marks and its None; a union of several stays a union."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [one for one in get_args(hint) if one is not type(None)]
        return _bare(kinds[0]) if len(kinds) == 1 else hint
    return hint
