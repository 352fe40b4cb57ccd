"""Documents: loads every room's kinds of papers once the house has started."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    """書面 Papers, seals, the gate and the verification page."""

    name = "yakusho.blocks.documents"
    verbose_name = "書面"

    def ready(self) -> None:
        """Import ``papers`` of every app, which registers its kinds."""
        autodiscover_modules("papers")
