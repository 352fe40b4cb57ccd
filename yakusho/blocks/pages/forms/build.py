"""様式の組立て From an Ask to a Django field with its input; from a model to a Django form of its plain fields."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from yakusho.blocks.pages.forms import repair, widgets
from yakusho.blocks.pages.forms.asks import Ask
from yakusho.blocks.pages.forms.fields import Choice, Choices, Day, Lines, Moment, Repaired, Whole, YesNo

MENDS = {"kana": repair.kana, "digits": repair.digits, "code": repair.code, "email": repair.code, "lines": repair.lines}
WIDTHS = (2, 4, 6, 8, 20)
RADIOS_AT_MOST = 7


class PlainForm(forms.Form):
    """平らな様式 The fields of one model that are not models themselves."""

    use_required_attribute = False

    def __init__(self, asks: tuple[Ask, ...], data: Any = None, *, desk: bool, **options: Any) -> None:
        super().__init__(data, **options)
        self.asks = {ask.name: ask for ask in asks}
        for ask in asks:
            self.fields[ask.name] = field_for(ask, desk=desk)


def field_for(ask: Ask, *, desk: bool) -> forms.Field:
    """項目 The Django field of one Ask."""
    options: dict[str, Any] = {"label": ask.label, "help_text": ask.hint, "required": ask.required}
    options["error_messages"] = {"required": _required(ask)}
    return _many(ask, options) if ask.many else _one(ask, options, desk)


def ask_of(field: forms.BoundField) -> Ask:
    """問い The Ask that a field on a form came from."""
    return cast(PlainForm, field.form).asks[field.name]


def _required(ask: Ask) -> str:
    if ask.label.endswith(("か", "？", "?")):
        return _("「%(label)s」に答えてください") % {"label": ask.label}
    if issubclass(ask.kind, Enum | bool):
        return _("%(label)sを選んでください") % {"label": ask.label}
    return _("%(label)sを入力してください") % {"label": ask.label}


def _many(ask: Ask, options: dict[str, Any]) -> forms.Field:
    if issubclass(ask.kind, Enum):
        return Choices(kind=ask.kind, widget=widgets.Boxes(choices=list(member_names(ask).items())), **options)
    widget = forms.Textarea(_attrs(ask, desk=False) | {"rows": 3})
    return Lines(whole=issubclass(ask.kind, int), widget=widget, **options)


def _one(ask: Ask, options: dict[str, Any], desk: bool) -> forms.Field:
    if issubclass(ask.kind, Enum):
        return Choice(kind=ask.kind, widget=_choice_widget(ask, desk), **options)
    if issubclass(ask.kind, bool):
        return _truth(ask, options)
    attrs = _attrs(ask, desk=desk)
    if issubclass(ask.kind, datetime):
        return Moment(widget=widgets.MomentText(attrs | {"data-w": "20"}), **options)
    if issubclass(ask.kind, date):
        return _day(ask, attrs, options, desk)
    if issubclass(ask.kind, int):
        return Whole(widget=_text(ask, attrs | {"inputmode": "numeric"}), **options)
    kind = ask.look.get("kind", "")
    widget = forms.Textarea(attrs | {"rows": 4}) if kind == "lines" else _text(ask, attrs)
    return Repaired(mend=MENDS.get(kind, repair.words), widget=widget, **options)


def _day(ask: Ask, attrs: dict[str, Any], options: dict[str, Any], desk: bool) -> forms.Field:
    between = {name: date.fromisoformat(ask.look[name]) for name in ("earliest", "latest") if name in ask.look}
    if desk or ask.look.get("kind") in ("hidden", "readonly"):
        widget = _text(ask, attrs, widgets.DayText)
    else:
        widget = widgets.DayParts(complete=attrs.get("autocomplete", ""))
    return Day(between=between, widget=widget, **options)


def _truth(ask: Ask, options: dict[str, Any]) -> forms.Field:
    if ask.required:
        return YesNo(widget=widgets.Radios(choices=[("yes", _("はい")), ("no", _("いいえ"))]), **options)
    return forms.BooleanField(widget=widgets.Box(), **options)


def _choice_widget(ask: Ask, desk: bool) -> forms.Widget:
    kind = ask.look.get("kind", "")
    if kind == "hidden":
        return forms.HiddenInput()
    members = list(member_names(ask).items())
    if kind == "select" or (kind != "radio" and (desk or len(members) > RADIOS_AT_MOST)):
        empty = _("選んでください") if ask.required else _("指定しない")
        return forms.Select(_attrs(ask, desk=desk), choices=[("", empty), *members])
    return widgets.Radios(choices=members if ask.required else [*members, ("", _("指定しない"))])


def member_names(ask: Ask) -> dict[str, str]:
    """選択肢の名 What each member of an Enum is called, in the language of the page."""
    said: Mapping[str, str] = ask.look.get("labels", {})

    def named(member: Any) -> str:
        text = said.get(str(member.value)) or getattr(member, "label", "") or str(member.value)
        return _(str(text)) if str(text) else ""

    return {str(member.value): named(member) for member in cast(type[Enum], ask.kind)}


def _text(ask: Ask, attrs: dict[str, Any], widget: type[forms.TextInput] = forms.TextInput) -> forms.Widget:
    kind = ask.look.get("kind", "")
    if kind == "hidden":
        return forms.HiddenInput()
    types = {"email": "email", "password": "password"}
    made = widget(attrs | ({"readonly": True} if kind == "readonly" else {}))
    made.input_type = types.get(kind, "text")
    return made


def _attrs(ask: Ask, *, desk: bool) -> dict[str, Any]:
    width = ask.look.get("width", 0)
    attrs: dict[str, Any] = {"class": "input"}
    if width and not desk:
        attrs["data-w"] = str(next((step for step in WIDTHS if width <= step), WIDTHS[-1]))
    if ask.look.get("kind") == "digits":
        attrs["inputmode"] = "numeric"
    complete = ask.look.get("autocomplete", "off" if desk else "")
    return attrs | ({"autocomplete": complete} if complete else {})
