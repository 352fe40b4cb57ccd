"""Doors: loads every room's actions and queries once all tables are known."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DoorsConfig(AppConfig):
    """窓口 The registry is complete when the house has started."""

    name = "yakusho.blocks.doors"
    verbose_name = "窓口"

    def ready(self) -> None:
        """Import ``actions`` and ``queries`` of every app, which registers them."""
        autodiscover_modules("actions", "queries")
