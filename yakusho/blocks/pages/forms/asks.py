"""問い What a model asks for, read from its fields: one Ask a field, with its label, hint and look."""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel
from pydantic.fields import FieldInfo

TITLES = {"on": gettext_noop("基準日（いつの状態か）"), "known_at": gettext_noop("認識日時（いつの記録か）")}
PLAIN = (str, bool, int, datetime, date)


@dataclass(frozen=True)
class Ask:
    """問い One field: what kind of value, whether it is many, and how it is shown."""

    name: str
    kind: type
    many: bool
    nullable: bool
    has_default: bool
    default: Any = field(compare=False)
    title: str
    description: str
    look: Mapping[str, Any] = field(compare=False)
    limits: tuple[Any, ...] = field(compare=False, default=())

    @property
    def label(self) -> str:
        """見出し In the language of the page."""
        return gettext(self.title)

    @property
    def hint(self) -> str:
        """説明 In the language of the page."""
        return gettext(self.description) if self.description else ""

    @property
    def is_value(self) -> bool:
        """Whether it is itself a model with fields."""
        return issubclass(self.kind, BaseModel)

    @property
    def required(self) -> bool:
        """Whether an empty answer is refused here."""
        return not (self.nullable or self.has_default)


@cache
def asks(model: type[BaseModel], without: frozenset[str] = frozenset()) -> tuple[Ask, ...]:
    """What a model asks for, in the order of its fields, without those that are given."""
    return tuple(_ask(name, info, model) for name, info in model.model_fields.items() if name not in without)


def partly_given(model: type[BaseModel], given: Mapping[str, Any]) -> frozenset[str]:
    """一部だけ与えられた Names of inner models of which only some fields are given."""
    inner = {name: _without_none(info.annotation)[0] for name, info in model.model_fields.items()}
    return frozenset(
        name
        for name, value in given.items()
        if isinstance(value, dict) and isinstance(inner.get(name), type) and issubclass(inner[name], BaseModel)
    )


def _ask(name: str, info: FieldInfo, model: type[BaseModel]) -> Ask:
    inner, nullable = _without_none(info.annotation)
    many = typing.get_origin(inner) in (list, tuple)
    if many:
        inner, _ = _without_none(typing.get_args(inner)[0])
    if not isinstance(inner, type) or not issubclass(inner, (*PLAIN, Enum, BaseModel)):
        raise TypeError(f"{model.__name__}.{name}: {info.annotation} has no field on a form; give it in `given`")
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    look = typing.cast(dict[str, Any], extra.get("x-look", {}))
    return Ask(
        name=name,
        kind=inner,
        many=many,
        nullable=nullable,
        has_default=not info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        title=info.title or TITLES.get(name) or _title_of(inner) or name,
        description=info.description or "",
        look=look,
        limits=tuple(info.metadata),
    )


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if typing.get_origin(annotation) is typing.Annotated:
        return _without_none(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        some = [one for one in typing.get_args(annotation) if one is not type(None)]
        if len(some) == 1:
            return _without_none(some[0])[0], len(some) < len(typing.get_args(annotation))
    return annotation, False


def _title_of(kind: type) -> str:
    # A model's docstring opens with its Japanese name: 届出 The notice as filed.
    document = (kind.__doc__ or "").split() if issubclass(kind, BaseModel) else []
    return document[0] if document else ""
