"""日付の綴り What people type for a date, taken apart into era, year, month and day.

Nothing is decided here: a text may have several readings (450305 in every era that had a 45th
year), none of them checked against the calendar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from yakusho.kit.eras import ERAS, Era
from yakusho.kit.numerals import with_digits


@dataclass(frozen=True)
class Reading:
    """読み One reading: an era or none (western), a year, perhaps a month, a day, or a fiscal year."""

    era: Era | None
    year: int
    month: int | None = None
    day: int | None = None
    fiscal: bool = False


_BY_NAME = {name.casefold(): era for era in ERAS for name in (era.name, era.name[0], era.letter, era.english)}
# 和暦の元号区分 of administrative files: 1 明治 … 5 令和, before six digits.
_BY_CODE = {str(code): era for code, era in enumerate(ERAS, start=1)}
_LONGEST_ERA = 64
_MONTHS = ("january", "february", "march", "april", "may", "june",
           "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH_NUMBERS = {name: n for n, full in enumerate(_MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
_WEEKDAYS = re.compile(r"\([月火水木金土日][^)0-9]*\)|\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b[,.]?")
_ERA = "(?P<era>" + "|".join(sorted(_BY_NAME, key=len, reverse=True)) + ")"
_PARTS = r"(?P<y>[0-9]+)(?:[./\-年](?:(?P<m>[0-9]{1,2})(?:[./\-月](?:(?P<d>[0-9]{1,2})日?)?)?)?)?"
_WITH_ERA = re.compile(rf"{_ERA}[./\-]?{_PARTS}")
_WESTERN = re.compile(_PARTS)
_FISCAL = re.compile(rf"(?:{_ERA}(?P<ey>[0-9]{{1,2}})|(?P<y>[0-9]{{4}}))年度")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[./\-]([0-9]{1,2})[./\-]([0-9]{4})")
_OTHER_YEAR = re.compile(r"\(([0-9]{4}|[^0-9()]+[0-9]{1,2})年?\)")


def clean(text: str) -> str:
    """整形 One shape of characters: half width, lower case, digits for kanji, hyphens for dashes, 元 as 1."""
    folded = normalize("NFKC", text).casefold()
    folded = re.sub(r"[\u2010-\u2015\u2212\u30fc\uff70]", "-", folded).replace("。", ".").replace("・", ".")
    folded = _WEEKDAYS.sub("", folded).replace("西暦", "").strip()
    folded = re.sub(r"(?<=[^0-9])元(?=年|[./\-\s]|$)", "1", with_digits(folded))
    return folded.removesuffix("生まれ").removesuffix("生").strip(" .,、")


def second_year(cleaned: str) -> tuple[str, str | None]:
    """併記 A date without the other calendar's year in brackets, and that year: 令和8(2026)年5月 -> 2026."""
    found = _OTHER_YEAR.search(cleaned)
    return (cleaned, None) if found is None else (cleaned.replace(found[0], "", 1), found[1])


def readings(cleaned: str) -> Iterator[Reading]:
    """読みの候補 All readings of a cleaned text; none when it is no date."""
    words = re.findall(r"[a-z]+", cleaned)
    if any(word in _MONTH_NUMBERS for word in words):
        yield from _english(cleaned, words)
        return
    joined = re.sub(r"\s+", "", cleaned) if "年" in cleaned else re.sub(r"\s*([./\-])\s*|\s+", _separator, cleaned)
    fiscal, named, western = (shape.fullmatch(joined) for shape in (_FISCAL, _WITH_ERA, _WESTERN))
    if fiscal:
        yield Reading(_BY_NAME.get(fiscal["era"] or ""), int(fiscal["ey"] or fiscal["y"]), fiscal=True)
    elif named:
        yield from _named(named)
    elif joined.isascii() and joined.isdigit():
        yield from _digits(joined)
    elif western:
        yield from _numbers(western)
    else:
        yield from _year_last(joined)


def _separator(found: re.Match[str]) -> str:
    return found[1] or "-"


def _optional(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _packed(era: Era | None, digits: str) -> Reading:
    return Reading(era, int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:]))


def _named(found: re.Match[str]) -> Iterator[Reading]:
    era, year = _BY_NAME[found["era"]], found["y"]
    if len(year) == 6 and not found["m"]:
        yield _packed(era, year)
    elif len(year) <= 2:
        yield Reading(era, int(year), _optional(found["m"]), _optional(found["d"]))


def _digits(digits: str) -> Iterator[Reading]:
    if len(digits) == 8:
        yield _packed(None, digits)
    elif len(digits) == 7 and digits[0] in _BY_CODE:
        yield _packed(_BY_CODE[digits[0]], digits[1:])
    elif len(digits) == 6:
        yield from (_packed(era, digits) for era in _eras_with(int(digits[:2])))
    elif len(digits) == 4:
        yield Reading(None, int(digits))


def _numbers(found: re.Match[str]) -> Iterator[Reading]:
    year, month, day = found["y"], _optional(found["m"]), _optional(found["d"])
    if len(year) == 4:
        yield Reading(None, int(year), month, day)
    elif len(year) <= 2 and day is not None:
        yield from (Reading(era, int(year), month, day) for era in _eras_with(int(year)))


def _eras_with(year: int) -> tuple[Era, ...]:
    # The present era has no end; no era was longer than 昭和, so 990101 is not read as a day in 2117.
    return ERAS if year <= _LONGEST_ERA else ()


def _year_last(joined: str) -> Iterator[Reading]:
    """Abroad the year comes last, and the day first or second."""
    found = _YEAR_LAST.fullmatch(joined)
    if found:
        one, other, year = int(found[1]), int(found[2]), int(found[3])
        yield from dict.fromkeys((Reading(None, year, other, one), Reading(None, year, one, other)))


def _english(cleaned: str, words: list[str]) -> Iterator[Reading]:
    months = [_MONTH_NUMBERS[word] for word in words if word in _MONTH_NUMBERS]
    strange = set(words) - _MONTH_NUMBERS.keys() - {"of", "the", "st", "nd", "rd", "th"}
    numbers = re.findall(r"[0-9]+", cleaned)
    years = [n for n in numbers if len(n) == 4]
    days = [n for n in numbers if len(n) <= 2]
    if not strange and len(months) == len(years) == 1 and len(days) <= 1 and len(numbers) == 1 + len(days):
        yield Reading(None, int(years[0]), months[0], int(days[0]) if days else None)
