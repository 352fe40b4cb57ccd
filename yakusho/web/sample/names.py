"""Names of invented people: drawn by weight and by generation, with the characters that make clerks careful."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"
GENERATIONS = (1945, 1975, 2003)  # years of birth at which fashions change
Strings = NDArray[np.str_]


@cache
def rows(table: str) -> tuple[tuple[str, ...], ...]:
    """A table of names."""
    text = (DATA / f"{table}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line)


@dataclass(frozen=True)
class Drawn:
    """Names as written and as read, one pair a person."""

    written: Strings
    kana: Strings


def family(draw: np.random.Generator, count: int) -> Drawn:
    """氏 Family names by weight; variants of one name (髙橋 and 高橋) stand side by side."""
    table = rows("family")
    weights = np.array([int(row[2]) for row in table], dtype=float)
    chosen = draw.choice(len(table), size=count, p=weights / weights.sum())
    return Drawn(np.array([row[0] for row in table])[chosen], np.array([row[1] for row in table])[chosen])


def given(draw: np.random.Generator, sex: Strings, year: NDArray[np.int64]) -> Drawn:
    """名 Given names by sex and generation."""
    written = np.empty(len(sex), dtype="U8")
    kana = np.empty(len(sex), dtype="U12")
    generation = np.searchsorted(GENERATIONS, year, side="right") + 1
    for one_sex in ("男", "女"):
        for number in range(1, len(GENERATIONS) + 2):
            pool = [row for row in rows("given") if row[0] == one_sex and int(row[1]) == number]
            mine = np.flatnonzero((sex == one_sex) & (generation == number))
            chosen = draw.integers(0, len(pool), len(mine))
            written[mine] = np.array([row[2] for row in pool])[chosen]
            kana[mine] = np.array([row[3] for row in pool])[chosen]
    return Drawn(written, kana)


@dataclass(frozen=True)
class Foreigners:
    """外国人住民 Nationality, name in Latin letters and status, one of each a person."""

    nationality: Strings
    alphabet: Strings
    status: Strings


def foreigners(draw: np.random.Generator, sex: Strings) -> Foreigners:
    """外国人住民の氏名等 Drawn by sex."""
    table = rows("foreign")
    chosen = np.empty(len(sex), dtype=int)
    for one_sex in ("男", "女"):
        pool = np.array([number for number, row in enumerate(table) if row[1] == one_sex])
        mine = np.flatnonzero(sex == one_sex)
        chosen[mine] = pool[draw.integers(0, len(pool), len(mine))]
    columns = [np.array([row[column] for row in table])[chosen] for column in (0, 2, 3)]
    return Foreigners(*columns)
