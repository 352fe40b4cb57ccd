"""選択肢 Which duties there are, of every room of the house, and at which offices they are held."""

from __future__ import annotations

from datetime import date

from yakusho.blocks.doors import Actor, Role, systems
from yakusho.registers.organisation import queries as organisation


def duties() -> dict[str, str]:
    """役割 Names of duties with their official titles, as the rooms declare them."""
    declared = (role for config in systems() for role in config.roles if isinstance(role, Role))
    return {role.name: str(role.title) for role in declared}


def offices(*, by: Actor, on: date) -> dict[str, str]:
    """課 Codes of offices with their names, as on a day."""
    return {office.code: office.name for office in organisation.offices(by=by, on=on)}
