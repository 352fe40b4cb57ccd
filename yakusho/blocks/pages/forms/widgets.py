"""部品 Inputs with the classes of the style sheet; the groups (radios, checkboxes, dates) are drawn by their template."""

from datetime import date
from typing import Any

from django import forms

from yakusho.blocks.pages.forms import moments


class Radios(forms.RadioSelect):
    """ラジオボタン"""

    template_name = "pages/widgets/choices.html"
    option_template_name = "pages/widgets/choice.html"


class Boxes(forms.CheckboxSelectMultiple):
    """チェックボックス"""

    template_name = "pages/widgets/choices.html"
    option_template_name = "pages/widgets/choice.html"


class Box(forms.CheckboxInput):
    """ひとつのチェックボックス Its label stands beside it, so that it is drawn as one choice."""


class DayText(forms.TextInput):
    """日付（1つの欄） Shows R8.11.14."""

    def format_value(self, value: Any) -> str | None:
        return moments.short(value) if isinstance(value, date) else value


class MomentText(forms.TextInput):
    """日時（1つの欄） Shows R8.11.14 09:05."""

    def format_value(self, value: Any) -> str | None:
        return moments.short_moment(value) if hasattr(value, "hour") else value


class DayParts(forms.MultiWidget):
    """日付（年・月・日の3つの欄） The year takes an era: 令和8, R8, 2026."""

    template_name = "pages/widgets/day_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, complete: str = "") -> None:
        tokens = ["bday-year", "bday-month", "bday-day"] if complete == "bday" else ["off"] * 3
        parts = zip(("6", "2", "2"), tokens, strict=True)
        inputs = [forms.TextInput({"class": "input", "data-w": width, "autocomplete": token}) for width, token in parts]
        super().__init__({"y": inputs[0], "m": inputs[1], "d": inputs[2]}, attrs)
        for one in inputs[1:]:
            one.attrs["inputmode"] = "numeric"

    def decompress(self, value: Any) -> list[str]:
        return moments.parts(value) if isinstance(value, date) else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [text or "" for text in super().value_from_datadict(data, files, name)]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""
