"""What can be asked of the register of places; everybody may."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated

from django.conf import settings
from django.db.models import Q, QuerySet
from pydantic import Field

from yakusho.blocks.doors import EVERYONE, Actor, query
from yakusho.kit.refusal import NotFound
from yakusho.registers.places import rules
from yakusho.registers.places.models import Town, TownVersion
from yakusho.registers.places.values import AddressMatch, TownView

MOST = 50


def _held(on: date) -> QuerySet[Town]:
    return Town.objects.filter(valid__contains=on)


def _view(row: Town) -> TownView:
    return TownView(
        code=row.code,
        name=row.name,
        koaza=row.koaza,
        kana=row.kana,
        postcode=row.postcode,
        lon=row.lon,
        lat=row.lat,
        from_=row.valid.lower,
        until=row.valid.upper,
    )


@query(allowed=EVERYONE)
def towns(*, by: Actor, on: date) -> list[TownView]:
    """町字一覧 All towns of the city on a day, by code."""
    return [_view(row) for row in _held(on).order_by("code")]


@query(allowed=EVERYONE)
def town(*, code: str, by: Actor, on: date) -> TownView:
    """町字 The town of a code on a day. Refusals: NotFound."""
    row = _held(on).filter(code=code).first()
    if row is None:
        raise NotFound
    return _view(row)


@query(allowed=EVERYONE)
def find_town(*, text: str, limit: Annotated[int, Field(ge=1)] = 10, by: Actor, on: date) -> list[TownView]:
    """町字の検索 Towns that a typed text begins: a name, a reading, a postcode, or a whole address however it is written.

    A whole address finds its own town first. At most 50; one statement or two.
    """
    if code := rules.postcode_typed(text):
        return [_view(row) for row in _starting(_held(on), "postcode", code)[: min(limit, MOST)]]
    key = _address(text)
    if not key:
        return []
    found = Q(name_key__gte=rules.span(key)[0], name_key__lt=rules.span(key)[1])
    if reading := rules.reading_typed(text):
        found |= Q(kana_key__gte=rules.span(reading)[0], kana_key__lt=rules.span(reading)[1])
    rows = list(_held(on).filter(found).order_by("name_key", "code")[: min(limit, MOST)])
    if not rows and (best := _longest(key, on)):
        return [_view(best)]
    return [_view(row) for row in rows]


@query(allowed=EVERYONE)
def match_address(*, text: str, by: Actor, on: date) -> AddressMatch | None:
    """住所の照合 The town of a typed address and what stands behind it; None when no town begins it."""
    key = _address(text)
    best = _longest(key, on)
    return AddressMatch(town=_view(best), rest=rules.behind(key, best.name_key)) if best else None


def town_index(*, on: date) -> Mapping[str, TownView]:
    """町字の索引 All towns of a day by code, kept in memory until the next loading; one small statement."""
    version = TownVersion.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _index(version, on) if version else MappingProxyType({})


@lru_cache(maxsize=8)
def _index(version: int, on: date) -> Mapping[str, TownView]:
    return MappingProxyType({row.code: _view(row) for row in _held(on).order_by("code")})


def _address(text: str) -> str:
    return rules.address_typed(text, prefecture=settings.CITY["prefecture"], city=settings.CITY["name"])


def _longest(key: str, on: date) -> Town | None:
    rows = _held(on).filter(name_key__in=rules.prefixes(key[:120]))
    return max(rows, key=lambda row: len(row.name_key), default=None)


def _starting(rows: QuerySet[Town], column: str, prefix: str) -> QuerySet[Town]:
    low, high = rules.span(prefix)
    return rows.filter(**{f"{column}__gte": low, f"{column}__lt": high}).order_by(column, "code")
