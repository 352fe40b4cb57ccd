"""送信の形 What a form would send if it were sent as shown: lets a journey of several pages begin prefilled."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from yakusho.blocks.pages.forms.tree import Group, Many
from yakusho.blocks.pages.forms.widgets import DayParts


def as_posted(form: Group) -> QueryDict:
    """送信の形 The first contents of a form as posted data."""
    data = QueryDict(mutable=True)
    _write(form, data)
    return data


def _write(part: Group | Many | BoundField, data: QueryDict) -> None:
    if isinstance(part, BoundField):
        _write_field(part, data)
        return
    if isinstance(part, Many):
        data[f"{part.prefix}-count"] = str(part.count)
    for inner in part:
        _write(inner, data)


def _write_field(field: BoundField, data: QueryDict) -> None:
    widget, value, name = field.field.widget, field.value(), field.html_name
    if isinstance(widget, DayParts):
        for suffix, text in zip(("_y", "_m", "_d"), widget.decompress(value), strict=True):
            data[name + suffix] = text
    elif isinstance(widget, forms.CheckboxInput):
        if value:
            data[name] = "on"
    else:
        _write_values(data, name, widget.format_value(value))


def _write_values(data: QueryDict, name: str, shown: Any) -> None:
    if isinstance(shown, list):
        data.setlist(name, [str(one) for one in shown])
    elif shown is not None:
        data[name] = str(shown)
