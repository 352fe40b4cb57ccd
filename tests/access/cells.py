"""One cell of the matrix: who knocks at which door about what; what should come back, and what does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tests.access import inputs
from tests.access.rooms import declared
from tests.access.scene import KINDS, Scene, Who
from yakusho.blocks.doors import InvalidInput, Permission
from yakusho.blocks.doors.registry import Registered
from yakusho.kit.refusal import NotAllowed, Refusal

REFUSED, MISSING, ANSWERS = "refused", "as if missing", "answers"


class Undo(Exception):
    """Whatever a knock did is undone."""


@dataclass(frozen=True)
class Answer:
    """What came back, without the numbers that were asked about."""

    word: str
    said: str
    status: int = 200


def expected(door: Registered, allowed: Permission, who: Who, kind: str) -> str:
    """By the declaration of the door, and by what its room declares beside it."""
    if allowed.names == ("within",) or allowed.granting(who.actor) is None:
        return REFUSED
    if kind == "missing":
        return MISSING
    if not inputs.nouns(door):
        return ANSWERS
    return ANSWERS if _finds(door, who, kind) else MISSING


def _finds(door: Registered, who: Who, kind: str) -> bool:
    """Residents find what is their own; staff find all objects, where the room says nothing else."""
    if not who.actor.grants:
        own = kind == "own" and (
            who.name != "housemate" or declared(door.name, "HOUSEMATES", False) or is_personal(door)
        )
        return bool(own)
    if kind == "closed" and declared(door.name, "OPEN_ONLY", False):
        return False
    finders = declared(door.name, "FINDERS")
    if finders is not None and finders.granting(who.actor) is None:
        return False
    limited = declared(door.name, "OWN_ONLY", ())
    return kind == "own" or not any(grant.role in limited or "*" in limited for grant in who.actor.grants)


def is_personal(door: Registered) -> bool:
    """Whether everybody finds here only what belongs to their own account."""
    return "*" in declared(door.name, "OWN_ONLY", ())


def given(scene: Scene, door: Registered, who: Who, kind: str, sample: dict[str, Any]) -> dict[str, Any] | None:
    """The sample about an object of this kind; None where there is no such object."""
    places = {noun: scene.object(noun, kind, who.actor) for noun in inputs.nouns(door)}
    if any(value is None for value in places.values()):
        return None
    return inputs.about(door, sample, lambda noun: places[noun])


def knock(scene: Scene, door: Registered, who: Who, asked: dict[str, Any]) -> Answer:
    """Knock, and undo what it did."""
    found: Answer | None = None
    try:
        with transaction.atomic():
            try:
                result = door.call(asked, by=who.actor, on=scene.stage.on, at=scene.stage.at)
                found = Answer(ANSWERS, _scrubbed(door.output.dump_json(result).decode(), asked))
            except NotAllowed as refusal:
                found = Answer(
                    REFUSED if type(refusal) is NotAllowed else ANSWERS, _told(refusal, asked), refusal.status
                )
            except InvalidInput as refusal:
                raise AssertionError(f"{door.name}: the sample does not fit: {refusal.problem()}") from refusal
            except Refusal as refusal:
                found = Answer(ANSWERS, _told(refusal, asked), refusal.status)
            raise Undo
    except Undo:
        pass
    if found is None:
        raise AssertionError(f"{door.name}: no answer")
    return found


def kinds_of(door: Registered) -> tuple[str, ...]:
    """Kinds of object to ask about; a door without an object is asked once."""
    return KINDS if inputs.nouns(door) else ("own",)


def _told(refusal: Refusal, asked: dict[str, Any]) -> str:
    return _scrubbed(json.dumps(refusal.problem(), ensure_ascii=False, sort_keys=True, default=str), asked)


def _scrubbed(text: str, asked: dict[str, Any]) -> str:
    for word in sorted(_words(asked), key=len, reverse=True):
        text = re.sub(rf"(?<!\d){re.escape(word)}(?!\d)", "…", text)
    return text


def _words(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for inner in value.values() for one in _words(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _words(inner)]
    return [str(value)] if isinstance(value, (int, str)) and not isinstance(value, bool) and str(value) else []
