"""世帯主の交代 What everybody is to a new head: derived where it is certain, proposed where it is likely, else to be given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yakusho.kit.refusal import Refusal
from yakusho.registers.people.rules.households import Member
from yakusho.registers.people.rules.relations import SEX_OF, SPOUSES, terms, written
from yakusho.registers.people.terms import HEAD, Sex

BY_SEX = {"親": ("父", "母"), "年上": ("兄", "姉"), "年下": ("弟", "妹")}
SIBLINGS = ("兄", "弟", "姉", "妹")
PARENTS = ("父", "母")
LIKELY = {  # two links that are usually, but not always, the same as one
    ("夫", "子"): "子",
    ("妻", "子"): "子",
    ("父", "妻"): "母",
    ("母", "夫"): "父",
    ("子", "父"): "夫",
    ("子", "母"): "妻",
    **{("子", sibling): "子" for sibling in SIBLINGS},
    **{(sibling, parent): parent for sibling in SIBLINGS for parent in PARENTS},
}


class RelationMissing(Refusal):
    """世帯主が変わるため、{names}さんの続柄を入力してください。
    / The head changes: enter the relation of {names} to the new head.
    """

    status = 422
    field = "members"


class HeadMissing(Refusal):
    """残る世帯員から、新しい世帯主を1人選んでください。 / Choose the new head among those who remain."""

    status = 422
    field = "members"


@dataclass(frozen=True)
class Proposal:
    """続柄の案 A relation to the new head; only a certain one is recorded without being asked for. Empty: unknown."""

    person: int
    relation: str
    certain: bool


def propose(members: Sequence[Member], *, head: int) -> list[Proposal]:
    """続柄の案 What each member is to a new head, who is one of them."""
    new = next(member for member in members if member.person == head)
    old = next((member for member in members if member.relation == HEAD), None)
    return [_proposal(member, new=new, old=old) for member in members]


def regroup(members: Sequence[Member], *, leaving: Sequence[int], given: Mapping[int, str]) -> dict[int, str]:
    """残る世帯 The relations that change for those who remain: those given, and those that follow from a new head.

    Refusals: HeadMissing, RelationMissing, UnknownRelation.
    """
    said = {person: written(relation) for person, relation in given.items()}
    rest = [member for member in members if member.person not in leaving]
    old = next((member for member in members if member.relation == HEAD), None)
    if not rest:
        return {}
    if old is not None and old in rest and HEAD not in said.values():
        return _changes(rest, said)
    head = _new_head(rest, said)
    derived = {one.person: one.relation for one in propose(members, head=head) if one.certain and one.relation}
    relations = {member.person: said.get(member.person) or derived.get(member.person, "") for member in rest}
    if unknown := [member.name for member in rest if not relations[member.person]]:
        raise RelationMissing(names="、".join(unknown))
    return _changes(rest, relations)


def _changes(members: Sequence[Member], relations: Mapping[int, str]) -> dict[int, str]:
    return {one.person: new for one in members if (new := relations.get(one.person, "")) and new != one.relation}


def _new_head(rest: Sequence[Member], said: Mapping[int, str]) -> int:
    named = [person for person, relation in said.items() if relation == HEAD]
    if len(named) == 1:
        return named[0]
    if len(rest) == 1 and not named:
        return rest[0].person
    raise HeadMissing


def _proposal(member: Member, *, new: Member, old: Member | None) -> Proposal:
    if member.person == new.person:
        return Proposal(member.person, HEAD, certain=True)
    link = inverse(new.relation, sex=old.sex) if old else ""
    if old is None or not link:
        return Proposal(member.person, "", certain=False)
    if member.person == old.person:
        return Proposal(member.person, link, certain=True)
    if member.relation == "同居人":
        return Proposal(member.person, member.relation, certain=True)
    if new.relation in SPOUSES and member.relation.startswith(f"{new.relation}の"):
        return Proposal(member.person, member.relation.removeprefix(f"{new.relation}の"), certain=True)
    return _joined(link, member, new)


def _joined(link: str, member: Member, new: Member) -> Proposal:
    """The member's relation over the old head: 父 + 子 is a sibling; 夫 + 父 stays 夫の父; 夫 + 子 is likely 子."""
    if link in PARENTS and member.relation == "子":
        return Proposal(member.person, _sibling(member, new), certain=True)
    if link in SIBLINGS and member.relation in SIBLINGS:
        return Proposal(member.person, _sibling(member, new), certain=False)
    if likely := LIKELY.get((link, member.relation)):
        return Proposal(member.person, likely, certain=False)
    joint = terms(link)[-1], terms(member.relation)[0]
    if joint in LIKELY or (joint[0] in PARENTS and joint[1] == "子") or set(joint) <= set(SIBLINGS):
        return Proposal(member.person, "", certain=False)
    return Proposal(member.person, f"{link}の{member.relation}", certain=True)


def _sibling(member: Member, new: Member) -> str:
    return _by_sex("年上" if member.born < new.born else "年下", member.sex)


def _by_sex(word: str, sex: Sex) -> str:
    male, female = BY_SEX[word]
    return {Sex.MALE: male, Sex.FEMALE: female}.get(sex, "")


def inverse(relation: str, *, sex: Sex) -> str:
    """逆の続柄 What the old head (of this sex) is to a member with this relation; empty when it cannot be told.

    妻 → 夫, 子 → 父 or 母, 妻の父 → 子の夫; 子の子 → unknown (the sex of the child between is not in the wording).
    """
    turned, who = [], sex
    for term in terms(relation):
        turned.append(_turn(term, who))
        who = SEX_OF.get(term) or Sex.UNKNOWN
    return "の".join(reversed(turned)) if all(turned) else ""


def _turn(term: str, sex: Sex) -> str:
    if term in SPOUSES:
        return term.translate(str.maketrans("夫妻", "妻夫"))
    if term in PARENTS:
        return "子"
    if term == "子":
        return _by_sex("親", sex)
    if term in SIBLINGS:
        return _by_sex("年下" if term in ("兄", "姉") else "年上", sex)
    return ""
