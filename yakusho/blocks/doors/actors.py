"""Who knocks: actors, their grants, and what a door allows."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Grant:
    """担当 A role held at an office on the day in question."""

    role: str
    office: str


@dataclass(frozen=True)
class Actor:
    """操作者 Who acts: read anew for every request, so that a right revoked is gone at the next one.

    ``person`` is the resident (宛名番号) who signed in, ``proof`` how they proved it ("card", "passkey", "totp", "sample"),
    ``purpose`` and ``case`` why; they go into the audit row. ``account`` 0 is nobody or the house itself.
    """

    account: int
    name: str
    grants: frozenset[Grant] = frozenset()
    person: int | None = None
    proof: str = ""
    purpose: str = ""
    case: str = ""

    def holds(self, role: str) -> bool:
        """Whether the actor holds this role at any office."""
        return any(grant.role == role for grant in self.grants)


NOBODY = Actor(0, "")
SYSTEM = Actor(0, "system", frozenset({Grant("system", "")}))


class Permission:
    """許可 What a door allows; permissions join with ``|``."""

    name: str

    def granting(self, by: Actor) -> Grant | None:
        """The grant that opens the door for this actor, or None."""
        raise NotImplementedError

    def __or__(self, other: Permission) -> Permission:
        return AnyOf((*_parts(self), *_parts(other)))

    @property
    def names(self) -> tuple[str, ...]:
        """Names for the generated table of rights."""
        return tuple(part.name for part in _parts(self))


@dataclass(frozen=True)
class AnyOf(Permission):
    """Any one of several permissions."""

    parts: tuple[Permission, ...]

    def granting(self, by: Actor) -> Grant | None:
        return next((grant for part in self.parts if (grant := part.granting(by))), None)


def _parts(permission: Permission) -> tuple[Permission, ...]:
    return permission.parts if isinstance(permission, AnyOf) else (permission,)


@dataclass(frozen=True)
class Role(Permission):
    """役割 A duty that staff hold at an office between two days."""

    name: str
    title: str | Promise = field(compare=False)

    def granting(self, by: Actor) -> Grant | None:
        return min((grant for grant in by.grants if grant.role == self.name), key=str, default=None)


class _Everyone(Permission):
    name = "everyone"

    def granting(self, by: Actor) -> Grant | None:
        return min(by.grants, key=str, default=Grant("resident" if by.person else "everyone", ""))


class _Resident(Permission):
    name = "resident"

    def granting(self, by: Actor) -> Grant | None:
        return Grant("resident", "") if by.person is not None else None


class _Staff(Permission):
    name = "staff"

    def granting(self, by: Actor) -> Grant | None:
        return min((grant for grant in by.grants if grant.role != "system"), key=str, default=None)


class _Within(Permission):
    """Opens only from inside another door, for whomever that door let in; never from a page, the API or the command line."""

    name = "within"

    def granting(self, by: Actor) -> Grant | None:
        return Grant("within", "")


EVERYONE: Permission = _Everyone()
RESIDENT: Permission = _Resident()
STAFF: Permission = _Staff()
WITHIN: Permission = _Within()
HOUSE = Role("system", "夜間処理")
