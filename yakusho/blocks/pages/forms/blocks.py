"""もう1つ Buttons that add or remove one block of a list, without JavaScript: they change what was posted and show it again."""

from typing import Any

from django.http import QueryDict

from yakusho.blocks.pages.forms.tree import MOST


def pressed(data: QueryDict) -> QueryDict | None:
    """What to show when an add or remove button was pressed; None when another button was."""
    if "_more" in data:
        return _more(data, str(data["_more"]))
    if "_less" in data:
        return _less(data, str(data["_less"]))
    return None


def _count(data: QueryDict, prefix: str) -> int:
    said = data.get(f"{prefix}-count", "0")
    return int(said) if said.isdecimal() else 0


def _more(data: QueryDict, prefix: str) -> QueryDict:
    changed = data.copy()
    changed[f"{prefix}-count"] = str(min(_count(data, prefix) + 1, MOST))
    return changed


def _less(data: QueryDict, block: str) -> QueryDict:
    prefix, _, number = block.rpartition("-")
    if not number.isdecimal():
        return data
    changed = QueryDict(mutable=True)
    for name, values in data.lists():
        moved = _moved(name, prefix, int(number))
        if moved:
            changed.setlist(moved, values)
    changed[f"{prefix}-count"] = str(max(_count(data, prefix) - 1, 0))
    return changed


def _moved(name: str, prefix: str, gone: int) -> str:
    """The name after block `gone` went: "" for its own fields, one lower for those behind it."""
    parts = name.removeprefix(f"{prefix}-").split("-", 1)
    if not name.startswith(f"{prefix}-") or len(parts) < 2 or not parts[0].isdecimal():
        return name
    number = int(parts[0])
    if number == gone:
        return ""
    return name if number < gone else f"{prefix}-{number - 1}-{parts[1]}"


def without_buttons(data: Any) -> dict[str, list[str]]:
    """The answers only: names that begin with an underscore are buttons and keys, the csrf token is neither."""
    return {name: values for name, values in data.lists() if not name.startswith("_") and name != "csrfmiddlewaretoken"}
