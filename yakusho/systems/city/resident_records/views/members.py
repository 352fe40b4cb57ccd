"""世帯員の選択 A household as rows on a notice: who is meant is ticked, a new relation is typed beside the name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from yakusho.registers.people.terms import HEAD
from yakusho.registers.people.values import Person

WHO, AS = "who", "as-"
Put = Callable[[QueryDict, "Picking", list[int], dict[int, str]], None]


@dataclass(frozen=True)
class Picking:
    """選び方 Which part of a notice the ticked members become, which the others whose relation was typed.

    ``chosen``: name of the list or field; ``how``: "relation" (with a relation), "number" (only who), "one" (a single
    person), "" (nobody is ticked). ``others``: the list of relations of everybody else, "" for none.
    """

    chosen: str = ""
    how: str = ""
    others: str = "members"
    notice: str = "notice"
    fixed: bool = False  # everybody is meant, nobody is ticked
    alone: bool = False  # at first only the person is ticked whose record is open
    typed: bool = True  # relations are asked


@dataclass
class Row:
    """世帯員の行 One member on the form, as first shown or as sent."""

    person: Person
    chosen: bool
    said: str
    id: str
    errors: Sequence[str] = field(default_factory=list)


def posted(data: QueryDict, picking: Picking, members: Sequence[Person]) -> QueryDict:
    """送られた選択 The ticks and relations, written as the fields of the notice's model."""
    changed = data.copy()
    chosen, said = read(data, picking, members), typed(data, members)
    name = f"{picking.notice}-{picking.chosen}"
    if picking.how == "relation":
        _relations(changed, name, relations(chosen, said, members, into=changed.get(f"{picking.notice}-household", "")))
    elif picking.how == "number":
        changed[name] = "\n".join(map(str, chosen))
    elif picking.how == "one":
        changed[name] = str(chosen[0]) if chosen else ""
    if picking.others:
        left = {} if picking.how == "relation" and picking.fixed else said
        others = {person: said for person, said in left.items() if said and (not picking.how or person not in chosen)}
        if picking.others != picking.chosen:
            _relations(changed, f"{picking.notice}-{picking.others}", others)
    return changed


def read(data: QueryDict, picking: Picking, members: Iterable[Person]) -> list[int]:
    """選ばれた人 The ticked members, in the order of the household; somebody else's number counts for nothing."""
    if picking.fixed:
        return [member.id for member in members]
    ticked = set(data.getlist(WHO))
    return [member.id for member in members if str(member.id) in ticked]


def typed(data: QueryDict, members: Iterable[Person]) -> dict[int, str]:
    """入力された続柄 What was typed beside each member."""
    return {member.id: data.get(f"{AS}{member.id}", "").strip() for member in members}


def relations(chosen: list[int], said: dict[int, str], members: Sequence[Person], *, into: str = "") -> dict[int, str]:
    """異動後の続柄 As typed; as it was while the head goes along; one person who goes alone is the head of the new household."""
    was = {member.id: member.residence.relation for member in members if member.residence}
    with_head = not into and any(was.get(person) == HEAD for person in chosen)
    alone = HEAD if len(chosen) == 1 and not into else ""
    return {person: said[person] or (was.get(person, "") if with_head else alone) for person in chosen}


def _relations(data: QueryDict, name: str, relations: dict[int, str]) -> None:
    data[f"{name}-count"] = str(len(relations))
    for number, (person, relation) in enumerate(relations.items()):
        data[f"{name}-{number}-person"] = str(person)
        data[f"{name}-{number}-relation"] = relation


def rows(form: Any, picking: Picking, members: Sequence[Person], *, person: int) -> list[Row]:
    """世帯員の表 The rows to draw, with what was sent and what is wrong with it."""
    sent = form.data is not None
    chosen = (
        read(form.data, picking, members)
        if sent
        else [one.id for one in members if not picking.alone or one.id == person]
    )
    if not sent and picking.how == "one":
        chosen = []
    said = typed(form.data, members) if sent else {}
    wrong = _wrong(form, picking)
    made = []
    for member in members:
        at, errors = wrong.get(member.id, (f"id_{AS}{member.id}", []))
        made.append(Row(member, member.id in chosen, said.get(member.id, ""), at, errors))
    return made


def _wrong(form: Any, picking: Picking) -> dict[int, tuple[str, list[str]]]:
    """By person: the id that the summary leads to, and the sentences about the relation."""
    found: dict[int, tuple[str, list[str]]] = {}
    for name in {picking.chosen, picking.others} - {""}:
        part = form[picking.notice]
        blocks = part[name] if name in part.names else None
        for block in getattr(blocks, "blocks", []):
            number = str(block["person"].value() or "")
            if number.isdecimal():
                said = block["relation"]
                found[int(number)] = (said.id_for_label, list(said.errors))
    return found
