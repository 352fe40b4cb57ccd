"""受けられる値 What no table, page, file or paper of the house can hold is refused where it comes in, before any rule looks at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from pydantic import BaseModel

from yakusho.blocks.doors.refusals import FieldError

# Control characters (PostgreSQL refuses NUL, terminals obey ESC), halves of characters, no characters at all, and marks that
# turn the direction of a line, so that a text reads otherwise than it is stored.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
LARGEST = 2**63 - 1  # PostgreSQL bigint
OFFSETS = timedelta(hours=14)  # no clock on earth is further from UTC, and PostgreSQL takes less than 16 hours
YEARS = range(1800, 2300)  # nobody in a register was born before, no period ends after
TEXT = ("使えない文字が入っています。", "It holds characters that cannot be used.")
NUMBER = ("数字が大きすぎます。", "The number is too large.")
DAY = ("日付は、1800年から2299年までにしてください。", "Use a date between the years 1800 and 2299.")
ZONE = (
    "日時は、2026-04-01T09:00+09:00のように、時差を付けて入力してください。",
    "Enter a date and time with its offset, such as 2026-04-01T09:00+09:00.",
)


def unfit(value: object, path: str = "") -> Iterator[FieldError]:
    """受けられない値 Each text, number, day or instant inside a value that the house cannot hold, with its place."""
    for place, inner in _parts(value):
        yield from unfit(inner, f"{path}.{place}" if path else place)
    if wrong := _wrong(value):
        yield FieldError(path, *wrong)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    match value:
        case BaseModel():
            yield from ((name, getattr(value, name)) for name in type(value).model_fields)
        case dict():
            for name, inner in value.items():
                yield str(name), inner
                yield "", name
        case list() | tuple() | set() | frozenset():
            yield from ((str(place), inner) for place, inner in enumerate(value))


def _wrong(value: object) -> tuple[str, str] | None:
    match value:
        case str():
            return TEXT if not value.isprintable() and UNFIT.search(value) else None
        case int():
            return NUMBER if abs(value) > LARGEST else None
        case datetime():
            return _moment(value)
        case date():
            return DAY if value.year not in YEARS else None
    return None


def _moment(value: datetime) -> tuple[str, str] | None:
    offset = value.utcoffset()
    if offset is None or abs(offset) > OFFSETS:
        return ZONE
    return DAY if value.year not in YEARS else None
