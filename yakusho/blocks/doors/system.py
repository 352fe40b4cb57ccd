"""A system (a room of the house) says of itself what it is; everything else is discovered from this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.utils.functional import Promise

from yakusho.blocks.doors.actors import EVERYONE, Permission


@dataclass(frozen=True)
class Menu:
    """メニュー An entry of the portal (for residents) or of the desk (for staff)."""

    title: str | Promise
    url: str
    for_: Permission = EVERYONE
    group: str | Promise = ""
    words: tuple[str | Promise, ...] = field(default=())  # what people call it, for the search


class SystemConfig(AppConfig):
    """システム Title, plan measures, offices, roles, menu and listeners of one room.

    ``listens`` maps an event that another room announces to the action of this room that answers it, by full name:
    ``{"resident_records.moved_out": "seal_registration.cancel_for"}``; it runs in the same transaction.
    """

    default = False
    default_auto_field = "django.db.models.BigAutoField"
    title: ClassVar[str | Promise] = ""
    measures: ClassVar[list[str]] = []
    offices: ClassVar[list[str]] = []
    roles: ClassVar[Sequence[Permission]] = []
    menu: ClassVar[list[Menu]] = []
    listens: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.default = True
        cls.name = cls.__module__.rpartition(".")[0]

    @property
    def pillar(self) -> str:
        """citizen, business or city for a system; blocks or registers for the floors below."""
        return str(self.name).split(".")[-2]


def systems() -> list[SystemConfig]:
    """Every room of the house in the order of the floors."""
    return [config for config in apps.get_app_configs() if isinstance(config, SystemConfig)]
