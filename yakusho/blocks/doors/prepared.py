"""刷り置きの照会 A query whose SQL is made once, by Django; where it runs at every page, making it costs more than asking it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """刷り置きの照会 `Prepared(make, number=-1, day=date.min)`: `make` builds a queryset of plain columns (`values_list`)
    from examples that stand nowhere else in it; `rows(number=5, day=today)` asks it with other values in their places."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **examples: Any) -> None:
        self.make, self.examples = make, examples

    @cached_property
    def _statement(self) -> tuple[str, list[tuple[str, Any]]]:
        sql, given = self.make(**self.examples).query.sql_with_params()
        places = [(self._name(value), value) for value in given]
        if {name for name, _ in places} - {""} != set(self.examples):
            raise TypeError(f"the examples {self.examples} do not stand in {sql}")
        return sql, places

    def rows(self, **values: Any) -> list[Any]:
        """The rows for these values, as the database gives them: no converters of Django's."""
        sql, places = self._statement
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[name] if name else constant for name, constant in places])
            return cursor.fetchall()

    def _name(self, value: Any) -> str:
        return next((name for name, one in self.examples.items() if isinstance(value, type(one)) and value == one), "")
