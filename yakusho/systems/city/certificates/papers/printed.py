"""記載内容 What is printed, read in the renderer's session, which sees only the people of this request."""

from collections.abc import Iterator

from django.conf import settings

from yakusho.blocks.documents import Field, Order, Section, Snapshot
from yakusho.kit.calendar import wareki
from yakusho.registers.people import queries as people
from yakusho.registers.people.values import Person, Residence
from yakusho.systems.city.certificates import rules
from yakusho.systems.city.certificates.values import CopyKind

TITLES = {f"certificates.{kind.name.lower()}": kind for kind in CopyKind}


def version(order: Order) -> str:
    """版 The instant of the last change that touches anybody on the paper."""
    changes = [people.last_change(person=person) for person in order.options["printed"]]
    return max(change.isoformat() for change in changes if change is not None)


def hold(order: Order) -> None:
    """動かない記録 Who moves, leaves or is protected waits for the release of the paper, or the paper for them."""
    people.still(people=list(order.people))


def snapshot(order: Order) -> Snapshot:
    """記載内容 One table for the household, one for each person. Refusals: AddressWithheld, HouseholdChanged."""
    kind = TITLES[order.kind]
    shown = people.persons(people=order.options["printed"], on=order.on, paper=order.kind, at=order.at)
    if len(shown) != len(order.options["printed"]) or any(_home(person) is None for person in shown):
        raise rules.AddressWithheld
    together = kind in (CopyKind.COPY, CopyKind.ITEMS)
    if together and not _one_household(shown):
        raise rules.HouseholdChanged
    tables = [Section("", tuple(_place(shown[0], order)))] if together else []
    tables += [Section(str(number), tuple(_person(one, order, kind))) for number, one in enumerate(shown, 1)]
    everybody = bool(order.options["everybody"])
    return Snapshot(tuple(tables), rules.statement(kind=kind.value, everybody=everybody), version(order))


def _one_household(shown: list[Person]) -> bool:
    """Whether all still live here, together: somebody may have left since the paper was asked for."""
    homes = [one.residence for one in shown if one.residence is not None]
    return len(homes) == len(shown) and len({home.household for home in homes}) == 1


def _home(person: Person) -> Residence | None:
    """The residence whose address may be printed, present or last."""
    home = person.residence or person.last_residence
    return home if home is not None and home.address is not None else None


def _address(person: Person) -> str:
    home = _home(person)
    city = settings.CITY["prefecture"] + settings.CITY["name"]
    return city + home.address.text if home is not None and home.address is not None else ""


def _place(person: Person, order: Order) -> Iterator[Field]:
    yield Field("住所", _address(person))
    if order.options["relation"]:
        home = _home(person)
        heads = people.members(household=home.household, on=order.on) if home else []
        yield from (Field("世帯主", head.names.name) for head in heads[:1])


def _person(person: Person, order: Order, kind: CopyKind) -> Iterator[Field]:
    names, home = person.names, _home(person)
    yield Field("氏名", names.name, names.kana)
    yield from _some(("旧氏", names.former_family), ("通称", names.alias))
    yield Field("生年月日", wareki(names.born))
    yield Field("性別", names.sex.value)
    if home is not None:
        yield from _residence(home, person, order, kind)
    yield from _ending(person, kind)
    if order.options["origin"] and person.origin is not None:
        yield from _some(("本籍", person.origin.domicile), ("筆頭者", person.origin.head))
    if order.options["foreign"] and person.foreign is not None:
        yield from _foreign(person)


def _residence(home: Residence, person: Person, order: Order, kind: CopyKind) -> Iterator[Field]:
    if kind in (CopyKind.CLOSED, CopyKind.MOVE_OUT):
        yield Field("住所", _address(person))
    if order.options["relation"]:
        yield Field("続柄", home.relation)
    yield Field("住民となった年月日", wareki(home.resident_since))
    if home.address_since is not None and home.address_since != home.resident_since:
        yield Field("住所を定めた年月日", wareki(home.address_since))
    if home.notified_on is not None:
        yield Field("届出年月日", wareki(home.notified_on))
    yield from _some(("転入前住所", home.came_from), ("異動前住所", home.moved_from))


def _ending(person: Person, kind: CopyKind) -> Iterator[Field]:
    if person.closing is None or kind not in (CopyKind.CLOSED, CopyKind.MOVE_OUT):
        return
    label = "転出年月日（予定）" if person.closing.planned else "消除年月日"
    yield Field(label, wareki(person.closing.closed_on))
    yield Field("消除の事由", person.closing.reason.value)
    yield from _some(("転出先", person.closing.destination))


def _foreign(person: Person) -> Iterator[Field]:
    status = person.foreign
    if status is None:
        return
    yield Field("国籍・地域", status.nationality)
    yield Field("30条の45に規定する区分", status.category.value)
    yield from _some(("在留資格", status.status), ("在留期間等", status.period))
    if status.expires_on is not None:
        yield Field("在留期間等の満了の日", wareki(status.expires_on))
    yield from _some(("在留カード等の番号", status.card_number))


def _some(*fields: tuple[str, str]) -> Iterator[Field]:
    """Fields that have something to say."""
    yield from (Field(label, value) for label, value in fields if value)
