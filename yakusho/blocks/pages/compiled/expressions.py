"""式 Names and expressions, read straight from the context; whatever is unusual about them goes Django's own way."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django.template.base import FilterExpression, Parser, Variable
from django.template.context import Context

UNUSUAL, MISSING = object(), object()


@lru_cache(1024)
def _has_items(kind: Hashable) -> bool:
    return hasattr(kind, "__getitem__")


def look(names: tuple[str, ...], context: Context) -> Any:
    """What a dotted name means; MISSING when its first part is not there, UNUSUAL when Django has to find out."""
    first = names[0]
    for known in reversed(context.dicts):
        if first in known:
            found = known[first]
            break
    else:
        return MISSING
    return UNUSUAL if callable(found) else _below(found, names) if len(names) > 1 else found


def _below(found: Any, names: tuple[str, ...]) -> Any:
    for name in names[1:]:
        kind: Any = type(found)
        try:
            if kind is dict:
                found = found[name]
            elif _has_items(kind):
                return UNUSUAL
            else:
                found = getattr(found, name)
        except Exception:  # Django asks again, and decides what the error means
            return UNUSUAL
        if callable(found):
            return UNUSUAL
    return found


class Name(Variable):
    """名 A dotted name, where a filter or a tag of Django's holds it."""

    __slots__ = ()

    def _resolve_lookup(self, context: Context) -> Any:
        found = look(self.lookups or (), context)
        return super()._resolve_lookup(context) if found is UNUSUAL or found is MISSING else found


class Expression(FilterExpression):
    """式 An expression with its filters; ``names`` when it is nothing but a dotted name."""

    __slots__ = ("names",)

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.var = _quick(self.var)
        self.filters = [
            (function, [(is_name, _quick(it)) for is_name, it in given]) for function, given in self.filters
        ]
        self.names = self.var.lookups if isinstance(self.var, Name) and not self.filters else None

    @property
    def constant(self) -> bool:
        """Whether it is the same on every page of a language."""
        return not self.filters and (not self.is_var or self.var.lookups is None)

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        """Its value; a missing name is None where Django's tags say so."""
        if self.names is not None and not self.var.translate:
            found = look(self.names, context)
            if found is MISSING and ignore_failures:
                return None
            if found is not UNUSUAL and found is not MISSING:
                return found
        return super().resolve(context, ignore_failures)


def _quick(found: Any) -> Any:
    return Name(found.var) if type(found) is Variable and found.lookups is not None and not found.translate else found
