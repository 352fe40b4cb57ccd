"""見える範囲 Samples of what can be asked here, and who finds what: for the matrix of rights in `tests/access`."""

from tests.access.rooms import Of
from yakusho.blocks.doors import EVERYONE, RESIDENT
from yakusho.systems.city.resident_records import queries
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK, RESIDENT_MANAGER
from yakusho.systems.city.resident_records.models import Movement

PERSON = {"person": Of("person")}
SAMPLES = {
    "deadline": {"kind": "転入", "event_on": "2026-11-01"},
    "due_protections": {},
    "extend_protection": {"protection": Of("protection")},
    "history": PERSON,
    "household": PERSON,
    "person": PERSON,
    "protections": PERSON,
    "relations": {"household": Of("household"), "head": Of("person")},
    "release": {"release": Of("release")},
    "search": {"text": "見本"},
    "who_looked": PERSON,
}


def household(scene, person, by):
    """Of a closed record: the one they left."""
    one = queries.person(person=person, by=scene.stage.clerk, on=scene.stage.on)
    return (one.residence or one.last_residence).household


def movement(scene, person, by):
    return Movement.objects.filter(people__contains=[person]).latest("pk").pk


def protection(scene, person, by):
    """Only who is protected has one."""
    held = queries.protections(person=person, by=scene.stage.clerk)
    return held[0].id if held else None


def release(scene, person, by):
    if not queries.protections(person=person, by=scene.stage.clerk):
        return None
    given = {"person": person, "paper": "certificates.copy", "reason": "本人の来庁"}
    return scene.stage.do("resident_records.ask_release", **given).id


OBJECTS = {"household": household, "movement": movement, "protection": protection, "release": release}
NAMES = {"into": "household", "corrects": "movement"}
HOUSEMATES = {"history", "household", "person"}
OPEN_ONLY = {"household", "relations"}
OFFICERS = RESIDENT_CLERK | RESIDENT_MANAGER
PAGES = {
    "deadline": RESIDENT_CLERK,
    "find_release": OFFICERS,
    "household": OFFICERS,
    "looked": RESIDENT,
    "mine": RESIDENT,
    "protection": OFFICERS,
    "protections": OFFICERS,
    "received": OFFICERS,
    "release": OFFICERS,
    "towns": EVERYONE,
}
