"""畳み込みの手順 The steps of a fold; each runs on text in Python and writes itself as SQL (PostgreSQL 14)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast
from unicodedata import normalize

_UNSEEN = re.compile("[\u0300-\u036f\u3000\u3099\u309a\u2010-\u2019\ufe00-\ufe0f\U000e0100-\U000e01ef]")
Form = Literal["NFC", "NFKC", "NFKD"]


class Step(Protocol):
    """手順 One step of a fold."""

    def apply(self, text: str) -> str:
        """The text after the step."""
        ...

    def sql(self, expression: str) -> str:
        """The same step around a SQL expression of type text."""
        ...


@dataclass(frozen=True)
class Normalise:
    """Unicode normalisation."""

    form: Form

    def apply(self, text: str) -> str:
        return normalize(self.form, text)

    def sql(self, expression: str) -> str:
        return f"normalize({expression}, {self.form})"


class Translate:
    """Single characters by others, or by nothing."""

    def __init__(self, groups: list[str], delete: str = "") -> None:
        pairs = [(variant, group[0]) for group in groups for variant in group[1:]]
        self.table = dict(pairs) | dict.fromkeys(delete)
        heads = {group[0] for group in groups}
        if len(pairs) + len(delete) != len(self.table) or heads & self.table.keys():
            raise ValueError("a character stands in two groups of a fold")
        self._codes = str.maketrans(self.table)

    def apply(self, text: str) -> str:
        return text.translate(self._codes)

    def sql(self, expression: str) -> str:
        kept = {variant: head for variant, head in self.table.items() if head is not None}
        gone = "".join(variant for variant, head in self.table.items() if head is None)
        return f"translate({expression}, {_literal(''.join(kept) + gone)}, {_literal(''.join(kept.values()))})"


@dataclass(frozen=True)
class Substitute:
    """A regular expression in the syntax that Python and PostgreSQL share."""

    pattern: str
    by: str

    def apply(self, text: str) -> str:
        return re.sub(self.pattern, self.by, text)

    def sql(self, expression: str) -> str:
        return f"regexp_replace({expression}, {_literal(self.pattern)}, {_literal(self.by)}, 'g')"


@dataclass(frozen=True)
class Replace:
    """One character by several."""

    old: str
    new: str

    def apply(self, text: str) -> str:
        return text.replace(self.old, self.new)

    def sql(self, expression: str) -> str:
        return f"replace({expression}, {_literal(self.old)}, {_literal(self.new)})"


def read_steps(listed: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """手順の読込み The steps of one fold as the data file lists them; ValueError for an unknown step."""
    return tuple(step for entry in listed for step in _read(entry))


def _read(entry: Mapping[str, Any]) -> list[Step]:
    steps: list[Step] = []
    if "form" in entry:
        steps.append(Normalise(cast(Form, entry["form"])))
    if "ranges" in entry:
        ranges = "".join(f"{chr(int(str(a), 16))}-{chr(int(str(b), 16))}" for a, b in entry["ranges"])
        steps.append(Substitute(f"[{ranges}]", ""))
    if "groups" in entry:
        steps.append(Translate(entry["groups"], entry.get("delete", "")))
    steps += [Replace(old, new) for old, new in entry.get("replace", {}).items()]
    if "sub" in entry:
        steps.append(Substitute(*entry["sub"]))
    if not steps or entry.keys() - {"form", "ranges", "groups", "delete", "replace", "sub"}:
        raise ValueError(f"not a step of a fold: {sorted(entry)}")
    return steps


def _literal(text: str) -> str:
    # Bare combining marks, selectors and wide spaces cannot be seen in a migration: write those as code points.
    shown = "".join(f"\\+{ord(c):06X}" if _UNSEEN.match(c) else c.replace("'", "''") for c in text)
    return f"U&'{shown}'" if _UNSEEN.search(text) else f"'{shown}'"
