"""閲覧の記録の開示 Which lines about a person are told to that person (個人情報の保護に関する法律 78条)."""

from collections.abc import Collection
from dataclasses import dataclass

WORDS_KEPT = (
    "捜査",
    "犯則",
    "刑事",
    "公安",
    "内偵",
    "税務調査",
    "財産調査",
    "支援措置",
    "配偶者暴力",
    "虐待",
    "ＤＶ",
    "DV",
)
"""Purposes that are not told: investigations (78条1項4号・5号・7号), and what would reveal a protected person (2号).
Which purposes a city withholds is its own decision; this list is a sample and not confirmed."""

DOORS_KEPT = ("protection", "release", "opponent")
INNER = "people."
NUMBER = "people.individual_number"


@dataclass(frozen=True)
class Look:
    """記録の1行 What decides whether a line of the record is told."""

    door: str
    kind: str
    purpose: str
    case: str
    subjects: frozenset[bytes]


def told(look: Look, *, protected: Collection[bytes]) -> bool:
    """開示できるか False for investigations, protection, lines shared with somebody protected from the asker, inner steps."""
    if look.kind == "denied":
        return False
    if look.door.startswith(INNER) and look.door != NUMBER:
        return False
    if any(word in look.door for word in DOORS_KEPT):
        return False
    if any(word in f"{look.purpose} {look.case}" for word in WORDS_KEPT):
        return False
    return look.subjects.isdisjoint(protected)
