"""項目 Django fields that forgive how a thing is written; what a value must be, the model decides afterwards."""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yakusho.blocks.pages.forms import moments, repair, widgets
from yakusho.blocks.pages.language import sentence
from yakusho.kit.refusal import Refusal


class Repaired(forms.CharField):
    """文字 Text repaired by one of the functions of `repair`; empty is None."""

    def __init__(self, *, mend: Callable[[str], str] = repair.words, **options: Any) -> None:
        self.mend = mend
        super().__init__(**{"strip": False, "empty_value": None} | options)

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return (self.mend(text) or None) if text else None


class Whole(forms.Field):
    """整数 A whole number, however its digits are written."""

    def to_python(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        number = repair.whole(str(value))
        if number is None:
            raise ValidationError(_("%(label)sは、数字で入力してください") % {"label": self.label})
        return number


class Day(forms.Field):
    """日付 A day written in one field or in three (year, month, day)."""

    def __init__(self, *, between: dict[str, date] | None = None, **options: Any) -> None:
        self.between = between or {}
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = moments.joined(value) if isinstance(value, list | tuple) else str(value or "")
        if not text.strip():
            return None
        try:
            return moments.read_day(text, **self.between)
        except Refusal as refusal:
            raise _said(self, refusal) from refusal


class Moment(forms.Field):
    """日時 A day and a time of day; the day alone is its beginning."""

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) or not str(value or "").strip():
            return value or None
        try:
            return moments.read_moment(str(value))
        except Refusal as refusal:
            raise _said(self, refusal) from refusal
        except ValueError as error:
            raise ValidationError(
                _("%(label)sは、日時で入力してください。例：R8.4.20 17:00") % {"label": self.label}
            ) from error


def _said(field: forms.Field, refusal: Refusal) -> ValidationError:
    return ValidationError(_("%(label)s：%(sentence)s") % {"label": field.label, "sentence": sentence(refusal)})


class Choice(forms.Field):
    """選択 One member of an Enum (radios or a list)."""

    def __init__(self, *, kind: type[Enum], **options: Any) -> None:
        self.members = {str(member.value): member for member in kind}
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return str(value.value) if isinstance(value, Enum) else value

    def to_python(self, value: Any) -> Enum | None:
        if value in (None, ""):
            return None
        member = self.members.get(str(value.value if isinstance(value, Enum) else value))
        if member is None:
            raise ValidationError(_("%(label)sを、選択肢から選んでください") % {"label": self.label})
        return member


class Choices(Choice):
    """複数の選択 Any members of an Enum (checkboxes)."""

    def prepare_value(self, value: Any) -> Any:
        return [super(Choices, self).prepare_value(one) for one in value or ()]

    def to_python(self, value: Any) -> Any:
        return [super(Choices, self).to_python(one) for one in value or ()]


class YesNo(forms.Field):
    """はい・いいえ A question that must be answered."""

    widget = widgets.Radios

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)

    def to_python(self, value: Any) -> bool | None:
        return {"yes": True, "no": False, True: True, False: False}.get(value)


class Lines(Repaired):
    """列挙 A list of short texts or numbers, one a line or between 、."""

    def __init__(self, *, whole: bool = False, **options: Any) -> None:
        self.whole = whole
        super().__init__(mend=repair.lines, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return list(value)
        text = (super().to_python(value) or "").replace("、", "\n")
        items = [line.strip() for line in text.split("\n") if line.strip()]
        if not self.whole:
            return items
        numbers = [repair.whole(item) for item in items]
        if None in numbers:
            raise ValidationError(_("%(label)sは、数字で入力してください") % {"label": self.label})
        return numbers
