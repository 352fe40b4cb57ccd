"""ページの部品 Tags and filters of every template: fields, dates, amounts, icons, keys, charts."""

import html
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yakusho.blocks.pages import dates, language
from yakusho.blocks.pages.compiled.nodes import constant
from yakusho.blocks.pages.forms import moments
from yakusho.blocks.pages.forms.build import ask_of
from yakusho.blocks.pages.furigana import with_ruby
from yakusho.blocks.pages.icons import ICONS

register = template.Library()


@register.simple_tag
@constant
def icon(name: str) -> SafeString:
    """絵 An icon, hidden from screen readers because words stand beside it."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 - our own constant
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', drawing)


@register.simple_tag
@constant
def key(*names: str) -> SafeString:
    """キー Keys to press, one after the other or together."""
    return mark_safe("".join(format_html("<kbd>{}</kbd>", name) for name in names))  # noqa: S308 - escaped above


@register.simple_tag(takes_context=True)
def field(context: Context, part: Any, **options: Any) -> str:
    """項目 One field, nested model or list; `span=2` on the desk, `label=`, `hint=` to say it otherwise."""
    part.drawn = True
    shown = {"part": part, "desk": context.get("desk", False), "options": options, "ask": _ask_of(part)}
    return render_to_string(getattr(part, "template", "pages/parts/field.html"), shown)


@register.simple_tag(takes_context=True)
def fields(context: Context, parts: Iterable[Any]) -> SafeString:
    """項目 All fields that no `field` has drawn before."""
    left = [part for part in parts if not getattr(part, "drawn", False)]
    return mark_safe("".join(field(context, part) for part in left))  # noqa: S308 - templates escape


@register.filter
def wareki(day: date | None) -> str:
    """令和8年11月14日（土）"""
    return _time(day, dates.full_moment if isinstance(day, datetime) else dates.full)


@register.filter
def day(value: date | None) -> str:
    """11月14日（土）"""
    return _time(value, lambda it: dates.near(dates.local_day(it) if isinstance(it, datetime) else it))


@register.filter
def clock(moment: datetime | None) -> str:
    """11月14日（土）14:31"""
    return _time(moment, dates.near_moment)


@register.filter
def era_short(value: date | None) -> str:
    """R8.11.14"""
    return _time(value, _short)


@register.filter
def era_iso(value: date | None) -> str:
    """R8.11.14 with 2026-11-14 below it."""
    if value is None:
        return ""
    return format_html('{}<span class="kana">{}</span>', era_short(value), value.isoformat())


@register.filter
def iso(value: date | None) -> str:
    """2026-11-14"""
    return value.isoformat() if value else ""


@register.filter
def era_plain(value: date | None) -> str:
    """R8.11.14, or R8.4.20 17:00 for an instant: as it is typed into a field."""
    if value is None:
        return ""
    return moments.short_moment(value) if isinstance(value, datetime) else moments.short(value)


@register.filter
def last_day(until: date | None) -> date | None:
    """最終日 The last day of a half-open period."""
    return dates.last_day(until) if until else None


@register.filter
def yen(amount: int | None) -> str:
    """262,700円"""
    return "" if amount is None else dates.yen(amount)


@register.filter
def number(figure: int | None) -> str:
    """1,234"""
    return "" if figure is None else dates.number(figure)


@register.filter
def ruby(text: str) -> SafeString:
    """漢字(かんじ) as ruby, in any language."""
    return mark_safe(with_ruby(format_html("{}", text)))  # noqa: S308 - escaped before


@register.filter
def sentence(refusal: Any) -> str:
    """拒否の文 A refusal in the language of the page."""
    return language.sentence(refusal)


@register.filter
def item(mapping: Any, name: Any) -> Any:
    """値 One value of a mapping by a name that is itself a variable."""
    return mapping.get(name, "")


@register.inclusion_tag("pages/parts/bars.html")
def bars(rows: Sequence[tuple[Any, int]], title: str = "", unit: str = "", most: int | None = None) -> dict[str, Any]:
    """棒グラフ Bars in percentages with a table twin; rows are (label, number)."""
    longest = max([most or 0, *(figure for _, figure in rows)], default=0) or 1
    drawn = [(label, figure, f"{figure * 100 / longest:.2f}%") for label, figure in rows]
    return {"rows": drawn, "title": title, "unit": unit}


@register.simple_tag(takes_context=True)
def url_with(context: Context, **changes: Any) -> str:
    """アドレス This page's address with some values changed; None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"{context['request'].path}?{query.urlencode()}" if query else str(context["request"].path)


def _ask_of(part: Any) -> Any:
    return ask_of(part) if isinstance(part, BoundField) else part.ask


def _short(value: date) -> str:
    return moments.short(dates.local_day(value) if isinstance(value, datetime) else value)


def _time(value: date | None, written: Callable[[Any], str]) -> str:
    if value is None:
        return ""
    said = html.escape(written(value))
    return mark_safe(f'<time datetime="{value.isoformat()}">{said}</time>')  # noqa: S308 - escaped in the line above
