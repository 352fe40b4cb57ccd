"""The command line as an edge: JSON in, the same door as everywhere, JSON out."""

from __future__ import annotations

import json
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from yakusho.blocks.doors import registry
from yakusho.blocks.doors.registry import Registered
from yakusho.blocks.identity.queries import actor_for
from yakusho.blocks.pages import clock
from yakusho.kit.refusal import BadInput, NotFound, Refusal


class NotJson(BadInput):
    """JSONとして読めません（{where}）。 / This is not JSON ({where})."""


class NoSuchDoor(NotFound):
    """「{name}」という操作はありません。 / There is no such action or query: {name}."""


def read(source: str) -> dict[str, Any]:
    """A JSON object from a file, from standard input (``-``) or from the words themselves (``{…}``)."""
    if not source:
        return {}
    text = source if source.lstrip().startswith("{") else sys.stdin.read() if source == "-" else _file(source)
    try:
        given = json.loads(text)
    except ValueError as error:
        raise NotJson(where=str(error)) from error
    if not isinstance(given, dict):
        raise NotJson(where="{ }")
    return given


def _file(name: str) -> str:
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotJson(where=name) from error


def find(kind: str, name: str) -> Registered:
    """The public door of this name. Refusals: NoSuchDoor."""
    door = (registry.actions if kind == "action" else registry.queries).get(name)
    if door is None or set(door.allowed.names) <= {"within", "system"}:
        raise NoSuchDoor(name=name)
    return door


class DoorCommand(BaseCommand):
    """Base of `do` and `ask`."""

    kind = ""
    requires_system_checks = []  # of the house's code: they run with the tests, not before every act

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME --json FILE|-|{…} --as WHO [--purpose TEXT] [--case NUMBER] [--key KEY]."""
        parser.add_argument("name")
        parser.add_argument("--json", default="", dest="source")
        parser.add_argument("--as", required=True, dest="who")
        parser.add_argument("--purpose", default="")
        parser.add_argument("--case", default="")
        parser.add_argument("--key", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result or the refusal; the exit status says which."""
        try:
            self.stdout.write(self._answer(**options))
        except Refusal as refusal:
            self.stdout.write(json.dumps(refusal.problem(), ensure_ascii=False, indent=2))
            sys.exit(1)

    def _answer(self, *, name: str, source: str, who: str, purpose: str, case: str, key: str, **_: Any) -> str:
        door, given, at = find(self.kind, name), read(source), clock.read()
        on = localdate(at)
        by = replace(actor_for(login=who, on=on), purpose=purpose, case=case)
        if self.kind == "action":
            key = key or str(uuid.uuid4())
        result = door.call(given, by=by, on=on, at=at, key=key)
        return door.output.dump_json(result, indent=2).decode()
