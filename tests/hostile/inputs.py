"""Inputs of a door made from its description: one that fits, and the places in it at which something can be typed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]
FORMATS = {"date": "2026-04-01", "date-time": "2026-04-01T09:00:00+09:00", "time": "09:00:00"}
LIMITS = {"maxLength", "enum", "const", "pattern", "format"}


class Input:
    """An input of one door; ``texts``, ``numbers`` and ``days`` are the places in it."""

    def __init__(self, model: Any, numbers: dict[str, int]) -> None:
        schema = model.model_json_schema()
        self.known, self.own = schema.get("$defs", {}), numbers
        self.texts: list[tuple[Place, dict[str, Any]]] = []
        self.numbers: list[Place] = []
        self.days: list[Place] = []
        self.fits = self._made(schema, (), ())

    def _made(self, schema: dict[str, Any], place: Place, above: tuple[str, ...]) -> Any:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return None if name in above else self._made(self.known[name], place, (*above, name))
        if "anyOf" in schema:
            return self._made(next(one for one in schema["anyOf"] if one.get("type") != "null"), place, above)
        if "const" in schema or "enum" in schema:
            return schema.get("const") or schema["enum"][0]
        return getattr(self, f"_{schema.get('type', 'null')}")(schema, place, above)

    def _object(self, schema: dict[str, Any], place: Place, above: tuple[str, ...]) -> dict[str, Any]:
        parts = schema.get("properties", {}).items()
        return {name: self._made(part, (*place, name), above) for name, part in parts}

    def _array(self, schema: dict[str, Any], place: Place, above: tuple[str, ...]) -> list[Any]:
        return [self._made(schema.get("items", {}), (*place, 0), above)]

    def _string(self, schema: dict[str, Any], place: Place, above: tuple[str, ...]) -> str:
        if schema.get("format") in FORMATS:
            self.days.append(place)
            return FORMATS[schema["format"]]
        self.texts.append((place, schema))
        return "見本" * (-(-schema.get("minLength", 2) // 2))

    def _integer(self, schema: dict[str, Any], place: Place, above: tuple[str, ...]) -> int:
        self.numbers.append(place)
        return self.own.get(str(place[-1]), int(schema.get("minimum", 1)))

    def _boolean(self, schema: dict[str, Any], place: Place, above: tuple[str, ...]) -> bool:
        return True

    def _null(self, schema: dict[str, Any], place: Place, above: tuple[str, ...]) -> None:
        return None

    def with_(self, place: Place, value: Any) -> Any:
        """The input that fits, with something else at one place."""
        changed = copy.deepcopy(self.fits)
        inner = changed
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = value
        return changed

    def without_limit(self) -> Iterator[Place]:
        """Texts of any length and content."""
        yield from (place for place, schema in self.texts if not LIMITS & set(schema))
