"""A toy room: a bell that people ring, written into the table of keys for want of one of its own."""

from datetime import date

from yakusho.blocks.doors import EVERYONE, RESIDENT, WITHIN, Actor, PersonId, Role, Value, about, action, note, query
from yakusho.kit.refusal import Refusal

RINGER = Role("ringer", "鐘つき")
effects: list[str] = []


class Broken(Refusal):
    """鐘が壊れています。 / The bell is broken."""


class Ring(Value):
    """One ring."""

    times: int
    for_: PersonId | None = None


class Sound(Value):
    """What was heard."""

    text: str
    heard_by: list[PersonId] = []


@action(allowed=RINGER)
def ring(*, ring: Ring, by: Actor, on: date) -> Sound:
    """鐘 Ring the bell."""
    if ring.times > 100:
        raise Broken
    effects.append(f"{by.name} {ring.times} {on}")
    note(times=ring.times)
    return Sound(text="ゴーン" * ring.times, heard_by=[7])


@action(allowed=RINGER | RESIDENT)
def ring_twice(*, by: Actor, on: date) -> Sound:
    """二度 Ring and oil."""
    oil(by=by)
    return ring(ring=Ring(times=2), by=by, on=on)


@action(allowed=RINGER, once=True)
def forge_key(*, by: Actor) -> Sound:
    """鍵 A secret."""
    effects.append("key")
    return Sound(text="himitsu")


@action(allowed=WITHIN)
def oil(*, by: Actor) -> None:
    """油 Oil the bell; only inside another door."""
    effects.append("oil")
    about([8])


@query(allowed=EVERYONE)
def listeners(*, on: date, among: list[PersonId] = [], by: Actor) -> list[Sound]:  # noqa: B006 - pydantic copies it
    """聞いた人 Who heard it."""
    return [Sound(text=str(on), heard_by=[*among, *ears(by=by)])]


@query(allowed=EVERYONE)
def ears(*, by: Actor) -> list[PersonId]:
    """耳 Whose ears."""
    return [9]


@query(allowed=EVERYONE)
def loudness(*, by: Actor) -> int:
    """音量 How loud; about nobody."""
    return 3
