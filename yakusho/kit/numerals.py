"""漢数字 Numbers written in kanji, below ten thousand."""

import re
from collections.abc import Callable

from yakusho.kit.refusal import BadInput

_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"千": 1000, "百": 100, "十": 10}
RUN = re.compile("[〇零一二三四五六七八九十百千]+")
_WITH_UNITS = re.compile(
    "(?:([二三四五六七八九])?(千))?(?:([二三四五六七八九])?(百))?(?:([二三四五六七八九])?(十))?([一二三四五六七八九])?"
)


class NotANumeral(BadInput):
    """「{text}」は漢数字として読めません。 / "{text}" is not a number in kanji."""


def kanji_number(text: str) -> int:
    """漢数字を数に 二十三 or 二三 -> 23, 一〇 -> 10, 百 -> 100; refuses NotANumeral (十十, 一千三, "")."""
    if text and all(kanji in _DIGITS for kanji in text):
        return int("".join(str(_DIGITS[kanji]) for kanji in text))
    found = _WITH_UNITS.fullmatch(text)
    if not text or not found:
        raise NotANumeral(text=text)
    *pairs, ones = found.groups()
    counted = zip(pairs[::2], pairs[1::2], strict=True)
    return sum(_DIGITS.get(count or "一", 1) * _UNITS[unit] for count, unit in counted if unit) + _DIGITS.get(ones, 0)


def in_kanji(number: int) -> str:
    """数を漢数字に 23 -> 二十三, as towns write their 丁目; refuses NotANumeral outside 1..9999."""
    if not 1 <= number <= 9999:
        raise NotANumeral(text=str(number))
    written, rest = "", number
    for unit, value in _UNITS.items():
        count, rest = divmod(rest, value)
        written += ("" if count == 1 else _KANJI[count]) + unit if count else ""
    return written + (_KANJI[rest] if rest else "")


def with_digits(text: str, *, where: Callable[[str], bool] = lambda run: True) -> str:
    """漢数字を算用数字に Every run of kanji numerals in a text as digits; runs that are no number stay.

    `where` chooses the runs to change.
    """

    def digits(found: re.Match[str]) -> str:
        try:
            return str(kanji_number(found[0])) if where(found[0]) else found[0]
        except NotANumeral:
            return found[0]

    return RUN.sub(digits, text)


_KANJI = "〇一二三四五六七八九"
