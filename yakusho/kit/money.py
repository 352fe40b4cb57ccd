"""金額 Whole yen as int. Nothing here takes or gives a float; parts always sum to the whole."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Annotated
from unicodedata import normalize

from pydantic import BeforeValidator

from yakusho.kit.refusal import BadInput

_GROUPED = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_AMOUNT = re.compile(
    rf"(?P<minus>[-△▲])?(?:[¥\\]|jpy)?(?P<sign>-)?"
    rf"(?:(?P<oku>{_GROUPED})億)?(?:(?P<man>{_GROUPED})万)?(?P<yen>{_GROUPED})?(?:円|yen|jpy)?(?:也|-)?"
)
_LONGEST = 30


class NotYen(BadInput):
    """「{text}」は円の金額として読み取れません。整数で入力してください（例：1,234）。
    / "{text}" is not an amount in whole yen (example: 1,234).
    / 「{text}」は きんがくとして わかりません。例：1,234
    """


class NegativeAmount(BadInput):
    """金額は0円以上でなければなりません。 / The amount must not be negative."""


class NoShares(BadInput):
    """按分の割合がありません。 / There is nothing to divide by: the weights sum to zero."""


def yen(text: str) -> int:
    """金額の読取り Yen from what people write: 1,234円, ￥１２３４, 3万円, △500 (minus); refuses NotYen.

    Fractions of a yen and badly grouped digits (1,23) are refused, not rounded.
    """
    cleaned = re.sub(r"\s", "", normalize("NFKC", text).casefold()).replace("、", ",").replace("\u2212", "-")
    found = _AMOUNT.fullmatch(cleaned) if len(text) <= _LONGEST else None
    if found is None or not (found["oku"] or found["man"] or found["yen"]) or (found["minus"] and found["sign"]):
        raise NotYen(text=text[:_LONGEST])
    oku, man, rest = (int((found[part] or "0").replace(",", "")) for part in ("oku", "man", "yen"))
    if (found["oku"] and man >= 10_000) or ((found["oku"] or found["man"]) and rest >= 10_000):
        raise NotYen(text=text)
    amount = oku * 100_000_000 + man * 10_000 + rest
    return -amount if found["minus"] or found["sign"] else amount


def whole_yen(amount: object) -> int:
    """整数円の確認 The amount itself if it is an int, or read from text; TypeError for floats and anything else."""
    if isinstance(amount, str):
        return yen(amount)
    if type(amount) is not int:
        raise TypeError(f"yen are whole numbers, not {type(amount).__name__}")
    return amount


Yen = Annotated[int, BeforeValidator(lambda amount: whole_yen(amount) if isinstance(amount, str) else amount)]


def floor_to(amount: int, unit: int) -> int:
    """端数切捨て The amount down to a multiple of the unit (yen): 1,299 to 100 is 1,200; refuses NegativeAmount."""
    _check(amount, unit)
    return amount // unit * unit


def ceil_to(amount: int, unit: int) -> int:
    """端数切上げ The amount up to a multiple of the unit (yen); refuses NegativeAmount."""
    _check(amount, unit)
    return -(-amount // unit) * unit


def portion(amount: int, numerator: int, denominator: int) -> int:
    """割合 The part n/d of an amount, fractions of a yen cut off (6/100 of 999 is 59); refuses NegativeAmount."""
    _check(amount, denominator)
    _check(numerator, denominator)
    return amount * numerator // denominator


def split(total: int, weights: Sequence[int]) -> list[int]:
    """按分 The total (any sign) divided by weights, in whole yen that sum exactly to it.

    Each share is within one yen of the exact one and grows with its weight; yen left over go to the
    largest remainders, earlier shares first. Refuses NoShares and NegativeAmount (a weight below zero).
    """
    for weight in weights:
        _check(weight, 1)
    whole = sum(weights)
    if whole == 0:
        raise NoShares
    size = abs(_integer(total))
    shares = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(size * weights[place] % whole))
    for place in by_remainder[: size - sum(shares)]:
        shares[place] += 1
    return shares if total >= 0 else [-share for share in shares]


def instalments(total: int, count: int, unit: int = 1000) -> list[int]:
    """納期別の分割 Equal instalments in multiples of the unit; all odd yen go to the first (地方税法20条の4の2第6項)."""
    _check(total, unit)
    _check(count, 1)
    if count == 0:
        raise NoShares
    each = floor_to(total // count, unit)
    return [total - each * (count - 1), *[each] * (count - 1)]


def running(amounts: Sequence[int]) -> list[int]:
    """累計 The balance after each amount."""
    return list(accumulate(map(_integer, amounts)))


def text(amount: int) -> str:
    """金額の表記 "1,234円", "-1,234円"."""
    return f"{_integer(amount):,}円"


def text_en(amount: int) -> str:
    """The same in English: "¥1,234", "-¥1,234"."""
    return f"{'-' if _integer(amount) < 0 else ''}¥{abs(amount):,}"


def _integer(amount: int) -> int:
    if type(amount) is not int:
        raise TypeError(f"yen are whole numbers, not {type(amount).__name__}")
    return amount


def _check(amount: int, unit: int) -> None:
    if _integer(amount) < 0:
        raise NegativeAmount
    if _integer(unit) < 1:
        raise ValueError(f"not a unit: {unit}")
