"""Households of an invented city: who lives together, how old, in which relation to the head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Strings = NDArray[np.str_]

# kind: share, mean age of the head, spread, share of male heads
KINDS = {
    "young": (0.16, 26, 5, 0.52),
    "middle": (0.12, 48, 9, 0.55),
    "old": (0.13, 76, 8, 0.30),
    "old_couple": (0.14, 73, 7, 0.95),
    "couple": (0.08, 38, 9, 0.90),
    "nuclear": (0.25, 42, 7, 0.93),
    "single_parent": (0.06, 40, 7, 0.14),
    "three_generations": (0.05, 46, 6, 0.95),
    "shared": (0.01, 24, 4, 0.50),
}
COUPLES = ("old_couple", "couple", "nuclear", "three_generations")
WITH_CHILDREN = ("nuclear", "single_parent", "three_generations")


@dataclass(frozen=True)
class People:
    """One row a person, ordered by household, head first. ``age`` in days, ``bond`` what the head would call them."""

    household: Numbers
    bond: Strings
    sex: Strings
    age: Numbers
    couple: NDArray[np.bool_]


def _members(household: Numbers, bond: str, sex: Strings, age: Numbers, order: int) -> dict[str, NDArray[np.generic]]:
    return {
        "household": household,
        "bond": np.full(len(household), bond),
        "sex": sex,
        "age": age,
        "order": np.full(len(household), order),
    }


def _heads(draw: np.random.Generator, kind: str, count: int) -> tuple[Strings, Numbers]:
    _, mean, spread, men = KINDS[kind]
    years = np.clip(draw.normal(mean, spread, count), 18, 104)
    return np.where(draw.random(count) < men, "男", "女"), (years * 365.25).astype(np.int64)


def _other(sex: Strings) -> Strings:
    return np.where(sex == "男", "女", "男")


def _children(draw: np.random.Generator, homes: Numbers, mother: Numbers) -> list[dict[str, NDArray[np.generic]]]:
    """One to three children, born when the mother was 20 to 38; one family in eighty has twins."""
    wanted = draw.choice([1, 2, 3], size=len(homes), p=[0.42, 0.43, 0.15])
    found, eldest = [], np.zeros(len(homes), dtype=np.int64)
    for number in range(3):
        at_birth = (draw.uniform(20, 38, len(homes)) * 365.25).astype(np.int64)
        age = mother - at_birth
        if number:
            twins = draw.random(len(homes)) < 1 / 80
            age = np.where(twins, eldest, np.where(np.abs(age - eldest) < 400, age + 900, age))
        else:
            eldest = age
        mine = np.flatnonzero((wanted > number) & (age >= 0) & (age < 25 * 365))
        sex = np.where(draw.random(len(mine)) < 0.512, "男", "女")
        found.append(_members(homes[mine], "子", sex, age[mine], 2 + number))
    return found


def _of_kind(draw: np.random.Generator, kind: str, homes: Numbers) -> list[dict[str, NDArray[np.generic]]]:
    sex, age = _heads(draw, kind, len(homes))
    found = [_members(homes, "世帯主", sex, age, 0)]
    mother = age
    if kind in COUPLES:
        partner = np.maximum(age + (draw.normal(-1.5, 3.5, len(homes)) * 365).astype(np.int64), 19 * 366)
        bond = np.where(sex == "男", "妻", "夫")
        found.append(_members(homes, "", _other(sex), partner, 1) | {"bond": bond})
        mother = np.where(sex == "男", partner, age)
    if kind in WITH_CHILDREN:
        found += _children(draw, homes, mother)
    if kind == "three_generations":
        older = age + (draw.uniform(24, 34, len(homes)) * 365.25).astype(np.int64)
        found.append(_members(homes, "母", np.full(len(homes), "女"), older, 7))
        fathers = np.flatnonzero(draw.random(len(homes)) < 0.55)
        found.append(_members(homes[fathers], "父", np.full(len(fathers), "男"), older[fathers] + 900, 6))
    if kind == "shared":
        mates, ages = _heads(draw, kind, len(homes))
        found.append(_members(homes, "同居人", mates, ages, 8))
    return found


def people(draw: np.random.Generator, count: int) -> People:
    """Exactly ``count`` people in as many households as they need."""
    homes = np.arange(count, dtype=np.int64)  # more than enough: every home has a head
    shares = np.array([kind[0] for kind in KINDS.values()])
    kinds = draw.choice(len(KINDS), size=count, p=shares / shares.sum())
    parts = [part for number, kind in enumerate(KINDS) for part in _of_kind(draw, kind, homes[kinds == number])]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((columns["order"], columns["household"]))[:count]
    kind_of = np.array(list(KINDS))[kinds[columns["household"][order].astype(np.int64)]]
    return People(
        household=columns["household"][order].astype(np.int64),
        bond=columns["bond"][order].astype(np.str_),
        sex=columns["sex"][order].astype(np.str_),
        age=columns["age"][order].astype(np.int64),
        couple=np.isin(kind_of, COUPLES),
    )
