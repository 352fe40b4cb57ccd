"""個人番号 One for each invented person, with its check digit; sealed before it is written."""

from __future__ import annotations

from datetime import date

import polars as pl

from yakusho.kit.numbers import individual_digit
from yakusho.registers.people import seal
from yakusho.registers.people.terms import NumberKind

KIND = NumberKind.INDIVIDUAL


def number(person: int) -> str:
    """Spread over the range: no two persons have the same."""
    body = f"{person * 77_777_777_777 % 99_999_999_977:011d}"
    return body + individual_digit(body)


def numbers(count: int, on: date) -> pl.DataFrame:
    """The columns of people_personnumber for the persons 1 to ``count``."""
    sealed = [seal.both(number(person), person=person, kind=KIND) for person in range(1, count + 1)]
    return pl.DataFrame(
        {
            "person_id": range(1, count + 1),
            "kind": [KIND.value] * count,
            "sealed": ["\\x" + text.hex() for text, _ in sealed],
            "digest": ["\\x" + found.hex() for _, found in sealed],
            "since": [on.isoformat()] * count,
        }
    )
