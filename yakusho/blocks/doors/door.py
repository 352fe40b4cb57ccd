"""The doors themselves. An action does four things and nothing else: permission, one transaction, idempotency key,
audit row. A query does permission and, where it shows people, the access row with its purpose."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from functools import cached_property, update_wrapper
from typing import Any, Generic, TypeVar, get_type_hints

from django.db import transaction
from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

from yakusho.blocks.audit import record
from yakusho.blocks.doors import keys, registry
from yakusho.blocks.doors.actors import Actor, Grant, Permission
from yakusho.blocks.doors.exact import Asked
from yakusho.blocks.doors.fit import unfit
from yakusho.blocks.doors.frames import Frame, current, opened
from yakusho.blocks.doors.refusals import InvalidInput
from yakusho.blocks.doors.values import Finder, finder_for
from yakusho.kit.refusal import NotAllowed

R = TypeVar("R")
# given by the edge, never by the one who asks; a question may choose its day, but not what time it is now
EDGE = {"action": ("by", "on", "at"), "query": ("by", "at")}


class Door(Generic[R]):
    """A public act or question of the house, reachable from Python, a page, the API and the command line."""

    def __init__(self, function: Callable[..., R], *, kind: str, allowed: Permission, once: bool = False) -> None:
        self.function, self.kind, self.allowed, self.once = function, kind, allowed, once
        self.name = registry.name_of(function.__module__, function.__name__)
        self.parameters = inspect.signature(function).parameters
        if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in self.parameters.values()):
            raise TypeError(f"{self.name}: the arguments of a door are keyword-only")
        if not function.__doc__:
            raise TypeError(f"{self.name}: a door says in its docstring what it does, official term first")
        self.doc = inspect.cleandoc(function.__doc__)
        self.title = self.doc.split(maxsplit=1)[0]
        update_wrapper(self, function)
        registry.add(self)

    @cached_property
    def hints(self) -> dict[str, Any]:
        """Types of arguments and result, with their marks."""
        return get_type_hints(self.function, include_extras=True)

    @cached_property
    def input_model(self) -> type[BaseModel]:
        """What the asker gives; one declaration for form, API and command line."""
        fields: dict[str, Any] = {
            name: (self.hints[name], ... if parameter.default is parameter.empty else parameter.default)
            for name, parameter in self.parameters.items()
            if name not in EDGE[self.kind]
        }
        if self.kind == "query" and "on" in fields:
            fields["on"] = (date | None, None)
        return create_model(f"{self.name.replace('.', '_')}_input", __base__=Asked, **fields)

    @cached_property
    def output(self) -> TypeAdapter[R]:
        """How the result becomes JSON and back."""
        return TypeAdapter(self.hints["return"])

    @cached_property
    def _finders(self) -> tuple[Finder, Finder]:
        return finder_for(self.input_model), finder_for(self.hints["return"])

    def __call__(self, *, key: str = "", **given: Any) -> R:
        """Knock. ``by`` (and ``on``, ``at`` where declared) come from the edge; ``key`` makes a repeat harmless.

        Refusals: NotAllowed, InvalidInput, keys.KeyReused and the door's own.
        """
        edge: dict[str, Any] = {
            name: given.pop(name) for name in ("by", "on", "at") if name in given and name in EDGE[self.kind]
        }
        by: Actor = edge.pop("by", None) or _whoever(self.name)
        try:
            values = self.input_model.model_validate(given)
        except ValidationError as error:
            raise InvalidInput.of(error, self.input_model) from error
        if current() is None and (wrong := list(unfit(values))):  # inside another door, its own input was looked at
            raise InvalidInput.listing(wrong)
        if "by" in self.parameters:
            edge["by"] = by
        return self._enter(values, edge, by, key)

    def call(self, given: dict[str, Any], *, by: Actor, on: date, at: datetime, key: str = "") -> R:
        """Knock from an edge (page, API, command line) that has a clock: days and instants are filled in here."""
        clock = {"on": on, "at": at}
        asked = {name: value for name, value in given.items() if name not in EDGE[self.kind]}
        if unknown := [name for name in given if name in EDGE[self.kind]]:
            raise InvalidInput.unknown(unknown)
        for name, value in clock.items():
            if name in self.parameters and asked.get(name) is None:
                asked[name] = value
        return self(key=key, by=by, **asked)

    def _enter(self, values: BaseModel, edge: dict[str, Any], by: Actor, key: str) -> R:
        outermost = current() is None
        try:
            with self._transaction(outermost), opened(self.name, self.kind, by) as frame:
                grant = self._permit(frame)
                return (
                    self._act(values, edge, frame, grant, key)
                    if self.kind == "action"
                    else self._ask(values, edge, frame, grant)
                )
        except NotAllowed:
            if outermost:
                with transaction.atomic():
                    self._record("denied", by, Grant("", ""), (), {})
            raise

    def _transaction(self, outermost: bool) -> AbstractContextManager[None]:
        """A question inside another door writes nothing of its own, so that it needs no way back of its own."""
        return transaction.atomic() if outermost or self.kind == "action" else nullcontext()

    def _permit(self, frame: Frame) -> Grant:
        grant = self.allowed.granting(frame.by)
        if grant is None or (grant.role == "within" and frame.outer is None):
            raise NotAllowed
        return grant

    def _run(self, values: BaseModel, edge: dict[str, Any], frame: Frame) -> R:
        given = {name: getattr(values, name) for name in type(values).model_fields}
        result = self.function(**given, **edge)
        asked, shown = self._finders
        frame.people.update(asked(values), shown(result))
        return result

    def _act(self, values: BaseModel, edge: dict[str, Any], frame: Frame, grant: Grant, key: str) -> R:
        print_ = keys.fingerprint(self.name, values.model_dump_json())
        if key:
            first = keys.claim(key=key, actor=frame.by.account, door=self.name, print_=print_)
            if first is not None and self.once:
                raise keys.ShownOnce
            if first is not None:
                return self.output.validate_json(first)
        result = self._run(values, edge, frame)
        self._record("action", frame.by, grant, frame.people, {"input": print_, **frame.noted})
        if key and not self.once:
            keys.keep(key=key, result=self.output.dump_json(result).decode())
        return result

    def _ask(self, values: BaseModel, edge: dict[str, Any], frame: Frame, grant: Grant) -> R:
        result = self._run(values, edge, frame)
        if frame.outer is not None:
            frame.outer.people.update(frame.people)
        elif frame.people:
            self._record("query", frame.by, grant, frame.people, frame.noted)
        return result

    def _record(self, kind: str, by: Actor, grant: Grant, people: Any, body: dict[str, object]) -> None:
        record.write(
            kind=kind,
            door=self.name,
            actor=by.account,
            actor_name=by.name,
            role=grant.role,
            office=grant.office,
            purpose=by.purpose or self.title,
            case=by.case,
            subjects=sorted(people),
            body=body,
        )


def _whoever(door: str) -> Actor:
    frame = current()
    if frame is None:
        raise TypeError(f"{door}: by= is missing")
    return frame.by


def action(*, allowed: Permission, once: bool = False) -> Callable[[Callable[..., R]], Door[R]]:
    """Declare a write: what people can do. A result that holds a secret is shown ``once`` and not kept with its key."""
    return lambda function: Door(function, kind="action", allowed=allowed, once=once)


def query(*, allowed: Permission) -> Callable[[Callable[..., R]], Door[R]]:
    """Declare a read: what people can ask."""
    return lambda function: Door(function, kind="query", allowed=allowed)
