"""How a field of a model looks on a form; no Django, so that values and rules may use it."""

from collections.abc import Mapping
from typing import Any

KINDS = ("", "kana", "digits", "code", "lines", "radio", "select", "hidden", "readonly", "email", "password")


def look(
    kind: str = "",
    *,
    width: int = 0,
    span: int = 0,
    autocomplete: str = "",
    labels: Mapping[str, str] | None = None,
    many: str = "",
    earliest: str = "",
    latest: str = "",
) -> dict[str, Any]:
    """見た目 `json_schema_extra` for a field: kind (see the README), width in characters, columns on the desk,
    `autocomplete` token, names of an Enum's members, the word for one more of a list, and the days (ISO) between which
    a date typed without its era lies (081114 with `earliest="2019-05-01"` is 令和8年)."""
    if kind not in KINDS:
        raise ValueError(f"look(kind={kind!r}): one of {', '.join(filter(None, KINDS))}")
    shown = {"kind": kind, "width": width, "span": span, "labels": dict(labels or {}), "many": many}
    typed = {"autocomplete": autocomplete, "earliest": earliest, "latest": latest}
    return {"x-look": {name: value for name, value in (shown | typed).items() if value}}
