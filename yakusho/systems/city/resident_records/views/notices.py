"""届出 Every notice that a clerk takes, as a page; which of them fit a record; with what each begins."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.pages.request import Request
from yakusho.kit.refusal import NotFound
from yakusho.registers.people.values import Person
from yakusho.systems.city.resident_records import actions
from yakusho.systems.city.resident_records.terms import MovementKind as Kind
from yakusho.systems.city.resident_records.views.members import Picking
from yakusho.systems.city.resident_records.views.notice import NoticePage, Scene

MOVING = Picking("people", "relation")
LEAVING = Picking("people", "number")
PARTING = Picking("people", "relation", alone=True)
ERASING = Picking("people", "number", alone=True)
STAYING = Picking()
JOINING = Picking("members", "relation", fixed=True)
HEADING = Picking("head", "one")


def person(scene: Scene) -> dict[str, Any]:
    """この人について The notice is about the person whose record is open."""
    if scene.person is None:
        raise NotFound
    return {"person": scene.person.id}


def household(scene: Scene) -> dict[str, Any]:
    """この世帯について The notice is about their household."""
    if scene.household is None:
        raise NotFound
    return {"household": scene.household}


def newcomers(request: Request, scene: Scene) -> dict[str, Any]:
    """転入する人 Who lived here before, with what the record knows; or the household that is joined."""
    if request.GET.get("household", "").isdecimal():
        return {"household": int(request.GET["household"])}
    if scene.person is None:
        return {}
    known = scene.members if request.GET.get("corrects") else [scene.person]
    start: dict[str, Any] = {"people": [_newcomer(one) for one in known]}
    home = scene.person.residence
    if home and request.GET.get("corrects"):
        start |= {"event_on": home.resident_since, "address": home.address, "came_from": home.came_from}
    return start


def names(request: Request, scene: Scene) -> dict[str, Any]:
    """氏名等 The names as they stand."""
    return {"names": scene.person.names} if scene.person else {}


def items(request: Request, scene: Scene) -> dict[str, Any]:
    """記載事項 Names, family register and foreign items as they stand."""
    if scene.person is None:
        return {}
    return {"names": scene.person.names, "origin": scene.person.origin, "foreign": scene.person.foreign}


def address(request: Request, scene: Scene) -> dict[str, Any]:
    """住所 The address as it is written now; withheld, the field is empty."""
    home = scene.person.residence if scene.person else None
    return {"address": home.address if home else None}


def born_here(request: Request, scene: Scene) -> dict[str, Any]:
    """出生した子 A child with the family's name and register."""
    head = scene.members[0]
    child = {"family": head.names.family, "family_kana": head.names.family_kana}
    return {"children": [{"names": child, "relation": "子", "origin": head.origin}]}


def _newcomer(one: Person) -> dict[str, Any]:
    home = one.residence or one.last_residence
    relation = home.relation if home else ""
    return {"person": one.id, "names": one.names, "relation": relation, "origin": one.origin, "foreign": one.foreign}


move_in = NoticePage(actions.move_in, kind=Kind.MOVE_IN, first=newcomers)
enter_foreign_resident = NoticePage(
    actions.enter_foreign_resident,
    kind=Kind.ARTICLE_30_46,
    first=newcomers,
    title=_("30条の46転入（外国人住民）"),
)
record = NoticePage(actions.record, first=newcomers)
move = NoticePage(actions.move, kind=Kind.MOVE, picking=MOVING)
move_out = NoticePage(actions.move_out, kind=Kind.MOVE_OUT, picking=LEAVING)
complete_move_out = NoticePage(actions.complete_move_out, about=person)
cancel_move_out = NoticePage(actions.cancel_move_out, part="")
register_birth = NoticePage(actions.register_birth, kind=Kind.BIRTH, about=household, first=born_here, title=_("出生"))
register_death = NoticePage(actions.register_death, kind=Kind.DEATH, about=person, picking=STAYING)
merge = NoticePage(actions.merge, kind=Kind.MERGE, about=household, picking=JOINING)
split = NoticePage(actions.split, kind=Kind.SPLIT, picking=PARTING)
change_head = NoticePage(actions.change_head, kind=Kind.NEW_HEAD, about=household, picking=HEADING)
recompose = NoticePage(actions.recompose, kind=Kind.COMPOSITION, about=household, picking=STAYING)
change_foreign_relation = NoticePage(
    actions.change_foreign_relation, kind=Kind.ARTICLE_30_48, about=household, picking=STAYING
)
erase = NoticePage(actions.erase, picking=ERASING)
amend = NoticePage(actions.amend, about=household, first=address)
rename = NoticePage(actions.rename, about=person, first=names)
change_origin = NoticePage(actions.change_origin, about=person, first=items)
naturalise = NoticePage(actions.naturalise, about=person, first=items)
gain_nationality = NoticePage(actions.gain_nationality, about=person, first=items)
lose_nationality = NoticePage(actions.lose_nationality, about=person, first=items)
change_status = NoticePage(actions.change_status, about=person, first=items)
become_mid_term = NoticePage(actions.become_mid_term, kind=Kind.ARTICLE_30_47, about=person, first=items)
cancel = NoticePage(actions.cancel, part="", title=_("異動の取消"))
restore = NoticePage(actions.restore, part="", title=_("職権回復"))
