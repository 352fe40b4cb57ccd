"""Everybody who may knock: nobody, residents, and each role of the house at its own office and at another one."""

from __future__ import annotations

from itertools import count

from tests.access.scene import NOWHERE, Scene, Who
from tests.faults.samples import AT, ON, Stage
from yakusho.blocks.doors import NOBODY, SYSTEM, Actor, Grant, Role, registry, systems
from yakusho.blocks.identity import actions as identity
from yakusho.blocks.identity.actors import SignedIn
from yakusho.blocks.identity.values import GrantInput

HOME, ELSEWHERE = "citizen_registration", "informatics"
ADDRESS = {"town": "0405000", "town_name": "若園町"}
ORIGIN = {"domicile": "東京都杉並区見本一丁目2番地", "head": "見本　太郎"}
LOGINS = count(1)


def roles() -> list[str]:
    """Every role that an app declares or a door asks for."""
    doors = [one for one in (registry.actions | registry.queries).values() if "tests" not in one.function.__module__]
    asked = {name for door in doors for name in door.allowed.names}
    declared = {role.name for room in systems() for role in room.roles if isinstance(role, Role)}
    words = {"everyone", "resident", "staff", "within", "manager", "system"}
    return sorted((asked | declared) - words)


def officer(role: str, office: str = HOME) -> Actor:
    """A member of staff with an account and one duty."""
    login = f"staff-{next(LOGINS)}"
    account = identity.open_account(login=login, name="見本 職員", by=SYSTEM).account
    given = GrantInput(account=account, role=role, office=office, since=ON, reason="見本")
    identity.grant_role(appointment=given, by=SYSTEM, at=AT)
    held = frozenset({Grant(role, office)})
    return SignedIn(account, "見本 職員", held, proof="passkey", purpose="権限の試験", proved_at=AT)


def resident(person: int) -> Actor:
    """A resident with an account, signed in with a card."""
    login = f"resident-{next(LOGINS)}"
    opened = identity.open_account(login=login, name="見本 住民", kind="resident", person=person, by=SYSTEM)
    return SignedIn(opened.account, "見本 住民", person=person, proof="card", purpose="権限の試験", proved_at=AT)


def member(given: str, relation: str, **more: str) -> dict[str, object]:
    """Somebody on a notice."""
    names = {"family": "見本", "given": given, "family_kana": "ミホン", "given_kana": "ミホ", "born": "1990-04-02"}
    return {"names": names | {"sex": "男"} | more, "relation": relation, "origin": ORIGIN}


def move_in(stage: Stage, block: str, *people: dict[str, object]) -> list[int]:
    """A household of its own address."""
    notice = {"event_on": "2026-11-20", "came_from": "宮城県仙台市", "address": ADDRESS | {"block": block}}
    found: list[int] = stage.do("resident_records.move_in", notice=notice | {"people": list(people)}).people
    return found


def city() -> tuple[Scene, list[Who]]:
    """The scene and everybody in it."""
    stage = Stage(clerk=officer("resident_clerk"), manager=officer("resident_manager"))
    stage.do("places.load_towns", by=SYSTEM)
    stage.do("organisation.load_organisation", by=SYSTEM)
    own, mate = move_in(stage, "1番1号", member("太郎", "世帯主"), member("花子", "妻", sex="女", born="1991-08-15"))
    (foreign,) = move_in(stage, "2番2号", member("次郎", "世帯主"))
    (closed,) = move_in(stage, "3番3号", member("三郎", "世帯主"))
    stage.do("resident_records.register_death", notice={"event_on": "2026-11-21", "person": closed})
    (protected,) = move_in(stage, "7番7号", member("守子", "世帯主", sex="女"))
    request = {"person": protected, "kind": "配偶者からの暴力", "opponents": [{"name": "見本　相手"}]}
    stage.do("resident_records.request_protection", request=request)
    people = {"own": own, "foreign": foreign, "protected": protected, "closed": closed, "missing": NOWHERE}
    residents = [Who("resident", resident(own)), Who("housemate", resident(mate))]
    staff = [Who(f"{role} @ {office}", officer(role, office)) for role in roles() for office in (HOME, ELSEWHERE)]
    return Scene(stage, people, resident(foreign)), [Who("nobody", NOBODY), *residents, *staff]
