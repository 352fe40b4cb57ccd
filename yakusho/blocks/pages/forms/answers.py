"""回答の一覧 What was answered, as the check page and receipts say it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from yakusho.blocks.pages.dates import full, full_moment
from yakusho.blocks.pages.forms.build import ask_of, member_names
from yakusho.blocks.pages.forms.form import first_id
from yakusho.blocks.pages.forms.tree import Group, Many


@dataclass(frozen=True)
class Row:
    """回答 One answer: what was asked, what was said, and the id of its field."""

    label: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Section:
    """まとまり Answers under one heading."""

    title: str
    rows: tuple[Row, ...]


def sections(part: Group | Many | BoundField, title: str = "") -> list[Section]:
    """回答の一覧 The answers of a part, its own fields first, then each group under its title."""
    if isinstance(part, BoundField):
        return [Section(title, (row(part),))]
    if isinstance(part, Many):
        return [one for number, block in enumerate(part.kept(), 1) for one in sections(block, f"{part.label} {number}")]
    if part.ask is not None and part.ask.nullable and part.is_blank():
        return [Section(title, (Row(part.label, _("入力していません"), f"id_{part.prefix}"),))]
    plain = tuple(row(field) for field in part if isinstance(field, BoundField) and not field.is_hidden)
    below = [one for child in part.children.values() for one in sections(child, child.label)]
    return ([Section(title, plain)] if plain else []) + below


def row(field: BoundField) -> Row:
    """回答 One answered field."""
    answer = field.form.cleaned_data.get(field.name)
    return Row(str(field.label), said(answer, ask_of(field)), first_id(field))


def said(answer: Any, ask: Any = None) -> str:
    """答えの文 An answer in words: names of choices, dates in full, はい or いいえ."""
    if answer in (None, "", []):
        return _("入力していません")
    if isinstance(answer, bool):
        return _("はい") if answer else _("いいえ")
    if isinstance(answer, Enum):
        return member_names(ask).get(str(answer.value), str(answer.value))
    if isinstance(answer, list):
        return _("、").join(said(one, ask) for one in answer)
    if isinstance(answer, datetime):
        return full_moment(answer)
    return full(answer) if isinstance(answer, date) else str(answer)
