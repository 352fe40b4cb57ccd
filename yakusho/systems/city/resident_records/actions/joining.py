"""世帯に入る Where people come to live: a new household at an address, or one that is there, at its own address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yakusho.registers.people.rules.households import Member
from yakusho.registers.people.rules.relations import written
from yakusho.registers.people.rules.succession import RelationMissing, regroup
from yakusho.registers.people.terms import HEAD
from yakusho.registers.people.values import AddressEntry, Person
from yakusho.systems.city.resident_records.actions.movement import members_of, said
from yakusho.systems.city.resident_records.rules import refusals
from yakusho.systems.city.resident_records.values import RelationOf


@dataclass(frozen=True)
class Home:
    """行き先の世帯 A household with who is there already; the address is given, or that of a member (``like``)."""

    household: int
    members: Sequence[Member]
    address: AddressEntry | None
    like: int | None


def home(*, household: int | None, address: AddressEntry | None, seen: Sequence[Person], allotted: int | None) -> Home:
    """行き先の世帯 A new household (``allotted``) or an existing one.

    Refusals: AddressMissing, AddressDiffers, UnknownHousehold.
    """
    if household is None:
        if address is None:
            raise refusals.AddressMissing
        return Home(allotted or 0, (), address, None)
    there = [one for one in seen if one.residence and one.residence.household == household]
    if not there:
        raise refusals.UnknownHousehold(household=household)
    shown = there[0].residence.address if there[0].residence else None
    if address is not None and shown is not None and address != shown:
        raise refusals.AddressDiffers
    return Home(household, members_of(household, there), None, there[0].id)


def follow(home: Home, newcomers: Mapping[int, str], members: Sequence[RelationOf]) -> dict[int, str]:
    """もとからいる人の続柄 Relations of those already there: as given; all of them when a newcomer becomes the head.

    Refusals: RelationMissing, UnknownRelation.
    """
    here = {one.person for one in home.members}
    given = {person: relation for person, relation in said(members).items() if person in here}
    if home.members and HEAD in newcomers.values():
        if missing := [one.name for one in home.members if one.person not in given]:
            raise RelationMissing(names="、".join(missing))
        return {person: written(relation) for person, relation in given.items()}
    return regroup(home.members, leaving=[], given=given)
