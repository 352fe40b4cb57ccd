"""法定値 Values of laws and ordinances by date, from YAML files.

A file holds one parameter named by the file, or several by name::

    # parameters/certificate_fee.yaml
    title: 住民票の写しの交付手数料
    article: ○○市手数料条例 別表
    unit: yen                      # of every value
    confirmed: false               # true only when read in the source itself
    note: 窓口での額
    values:
      2000-04-01: 300              # from this day on
      2030-04-01: null             # from this day on there is none

    LAW = parameters.read(room / "parameters", city / "parameters")     # a later folder overrides by name
    LAW.on(day).certificate_fee                                         # 300, or NoValue outside its days

A value is a whole number, exact decimal, text, truth value, a list, or a table (read as attributes).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from yakusho.kit.periods import Period
from yakusho.kit.refusal import Refusal

_TEXTS = ("title", "article", "unit")
_OPTIONAL = {"english", "note", "source"}


class NoValue(Refusal):
    """{day}の時点の「{title}」（{article}）は定められていません。
    / No value of "{name}" ({article}) is set for {day}.
    """

    status = 409


class ParameterMistake(ValueError):
    """A parameter file that cannot be used: names the file, the parameter and what is wrong."""


class Table(Mapping[str, Any]):
    """表 A value with parts, read as attributes (`fee.online`) or items."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = {str(name): _value(part) for name, part in parts.items()}

    def __getitem__(self, name: str) -> Any:
        return self._parts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_parts"][name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True)
class Parameter:
    """法定値 One value of the law with its dates; `confirmed` says whether its source was read."""

    name: str
    title: str
    article: str
    unit: str
    confirmed: bool
    values: tuple[tuple[date, Any], ...]
    note: str = ""
    english: str = ""
    source: str = ""

    def on(self, day: date) -> Any:
        """その日の値 The value in force on a day; refuses NoValue before the first and after the last."""
        value = next((value for start, value in reversed(self.values) if start <= day), None)
        if value is None:
            raise NoValue(name=self.name, title=self.title, article=self.article, day=day)
        return value

    def periods(self) -> list[tuple[Period[date], Any]]:
        """適用期間 Each value with the half-open period in which it is in force."""
        ends = [start for start, _ in self.values[1:]]
        spans = zip(self.values, [*ends, None], strict=True)
        return [(Period(start, until), value) for (start, value), until in spans if value is not None]


@dataclass(frozen=True)
class InForce:
    """その日の法定値 All parameters as on one day; an attribute refuses NoValue where none is in force."""

    day: date
    _parameters: Mapping[str, Parameter] = field(repr=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._parameters:
            raise AttributeError(f"no parameter is named {name!r}")
        return self._parameters[name].on(self.day)


@dataclass(frozen=True)
class Law(Mapping[str, Parameter]):
    """法定値の集まり Parameters by name; `law["fee"]` has the title and article, `law.on(day).fee` the value."""

    _parameters: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> Parameter:
        return self._parameters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def on(self, day: date) -> InForce:
        """その日の法定値 The parameters as in force on a day."""
        return InForce(day, self._parameters)

    def is_confirmed(self, name: str) -> bool:
        """確認済みか Whether the value was read in its source; pages mark the others as unconfirmed."""
        return self._parameters[name].confirmed

    def describe(self) -> list[dict[str, str]]:
        """一覧 One row for each value and period, for the documentation."""
        return [
            {
                "name": name,
                "title": parameter.title,
                "article": parameter.article,
                "period": period.text,
                "value": str(dict(value) if isinstance(value, Table) else value),
                "unit": parameter.unit,
                "confirmed": "確認済み" if parameter.confirmed else "未確認",
                "note": parameter.note,
            }
            for name, parameter in sorted(self._parameters.items())
            for period, value in parameter.periods()
        ]


def read(*folders: Path) -> Law:
    """法定値の読込み All `*.yaml` of the folders; a later folder (the city's) overrides by name.

    A folder that does not exist holds none. Refuses ParameterMistake: no title, article, unit or
    confirmed, unknown keys, a date twice, values that are not dated.
    """
    found: dict[str, Parameter] = {}
    for folder in folders:
        here: dict[str, Parameter] = {}
        for path in sorted(folder.glob("*.yaml")):
            for parameter in _in_file(path):
                if parameter.name in here:
                    raise ParameterMistake(f"{path}: {parameter.name} is defined twice in this folder")
                here[parameter.name] = parameter
        found |= here
    return Law(MappingProxyType(found))


class _Loader(yaml.SafeLoader):
    """YAML with exact decimals and without repeated keys (which YAML would silently merge)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(keys)) != len(keys):
            raise yaml.YAMLError(f"a key is written twice near line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node).replace("_", ""))


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


def _in_file(path: Path) -> Iterator[Parameter]:
    try:
        written = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ArithmeticError) as mistake:
        raise ParameterMistake(f"{path}: {mistake}") from mistake
    if not isinstance(written, dict):
        raise ParameterMistake(f"{path}: not a parameter")
    named = {path.stem: written} if "values" in written else written
    for name, entry in named.items():
        yield _parameter(f"{path}: {name}", str(name), entry)


def _parameter(where: str, name: str, entry: Any) -> Parameter:
    if not name.isidentifier() or not isinstance(entry, dict):
        raise ParameterMistake(f"{where}: a parameter is a plain name with title, article, unit, confirmed, values")
    strange = entry.keys() - {*_TEXTS, *_OPTIONAL, "confirmed", "values"}
    missing = [key for key in _TEXTS if not isinstance(entry.get(key), str) or not entry[key].strip()]
    if strange or missing or not isinstance(entry.get("confirmed"), bool):
        raise ParameterMistake(
            f"{where}: needs {[*missing, 'confirmed: true or false']}, does not know {sorted(strange)}"
        )
    optional = {key: str(entry[key]) for key in _OPTIONAL & entry.keys()}
    texts = {key: entry[key].strip() for key in _TEXTS}
    return Parameter(
        name=name, confirmed=entry["confirmed"], values=_values(where, entry.get("values")), **texts, **optional
    )


def _values(where: str, values: Any) -> tuple[tuple[date, Any], ...]:
    dated = isinstance(values, dict) and values
    if not dated or any(not isinstance(day, date) or isinstance(day, datetime) for day in values):
        raise ParameterMistake(f"{where}: values need a date each, as in 2026-04-01: 300")
    return tuple((day, _value(values[day])) for day in sorted(values))


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Table(value)
    return tuple(_value(part) for part in value) if isinstance(value, list) else value
