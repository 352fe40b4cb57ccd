"""世帯の形 What a household must look like, and what is worth a second look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yakusho.kit.calendar import age
from yakusho.kit.refusal import Refusal
from yakusho.registers.people.rules.relations import SPOUSES, check_sex, terms, written
from yakusho.registers.people.terms import HEAD, Sex

MARRIAGE_AGE = 18  # 民法731条, since 2022-04-01
GENERATION = 13  # years below which parent and child are worth a second look; a matter of plausibility, not of law


@dataclass(frozen=True)
class Member:
    """世帯員 What the rules need to know of a member."""

    person: int
    name: str
    relation: str
    sex: Sex
    born: date


@dataclass(frozen=True)
class Remark:
    """注意 A sentence in two languages that does not stop anything."""

    ja: str
    en: str


class NoHead(Refusal):
    """世帯主がいません。世帯員のうち1人を世帯主にしてください。
    / The household has no head. Make one of its members the head.
    """

    status = 422
    field = "members"


class TwoHeads(Refusal):
    """世帯主が2人以上います（{names}）。 / The household has more than one head ({names})."""

    status = 422
    field = "members"


class TwoSpouses(Refusal):
    """世帯主の配偶者が2人以上います（{names}）。 / The head has more than one spouse ({names})."""

    status = 422
    field = "members"


def check(members: Sequence[Member], *, on: date) -> list[Remark]:
    """世帯の確認 Refuse an impossible household; return what is worth a look.

    Refusals: NoHead, TwoHeads, TwoSpouses, UnknownRelation, RelationContradictsSex. An empty household is fine.
    """
    if not members:
        return []
    for member in members:
        check_sex(relation=written(member.relation), sex=member.sex, name=member.name)
    heads = [member for member in members if member.relation == HEAD]
    if not heads:
        raise NoHead
    if len(heads) > 1:
        raise TwoHeads(names=_names(heads))
    spouses = [member for member in members if member.relation in SPOUSES]
    if len(spouses) > 1:
        raise TwoSpouses(names=_names(spouses))
    return [remark for member in members for remark in _remarks(heads[0], member, members, on)]


def _names(members: Sequence[Member]) -> str:
    return "、".join(member.name for member in members)


def _remarks(head: Member, member: Member, members: Sequence[Member], on: date) -> Iterator[Remark]:
    if member.relation in ("夫", "妻"):
        yield from _spouse_remarks(head, member, on)
    if member.relation == "子" and _years(head.born, member.born) < GENERATION:
        yield Remark(
            f"{member.name}さん（子）と世帯主の年の差が{GENERATION}年未満です。",
            f"{member.name} (child) is too close in age to the head.",
        )
    if member.relation in ("父", "母") and _years(member.born, head.born) < GENERATION:
        yield Remark(
            f"{member.name}さん（{member.relation}）と世帯主の年の差が{GENERATION}年未満です。",
            f"{member.name} (parent) is too close in age to the head.",
        )
    first = terms(member.relation)[0]
    if first != member.relation and first in SPOUSES and not any(other.relation == first for other in members):
        yield Remark(
            f"{member.name}さんは「{member.relation}」ですが、{first}が世帯にいません。",
            f'{member.name} is "{member.relation}", but there is no {first} in the household.',
        )


def _spouse_remarks(head: Member, spouse: Member, on: date) -> Iterator[Remark]:
    if head.sex is spouse.sex and head.sex is not Sex.UNKNOWN:
        yield Remark(
            f"世帯主と{spouse.relation}の性別が同じです。", "The head and the spouse are registered with the same sex."
        )
    for person in (head, spouse):
        if person.born <= on and age(person.born, on=on) < MARRIAGE_AGE:
            yield Remark(
                f"{person.name}さんは{MARRIAGE_AGE}歳未満で、夫婦として記載されます。",
                f"{person.name} is under {MARRIAGE_AGE} and recorded as married.",
            )


def _years(older: date, younger: date) -> int:
    return age(older, on=younger) if older <= younger else -1
