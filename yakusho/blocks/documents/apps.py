"""Documents: loads every room's kinds of papers once the house has started."""

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import STAFF, Menu, SystemConfig
from yakusho.blocks.identity.apps import AUDITOR


class DocumentsConfig(SystemConfig):
    """書面 Papers, seals, the gate and the verification page."""

    title = _("書面")
    menu = [
        Menu(_("交付待ちの書面"), "documents:queue", for_=STAFF, group=_("証明")),
        Menu(_("差し止めた書面"), "documents:alarms", for_=AUDITOR, group=_("証明")),
        Menu(_("証明書を確かめる"), "documents:verify", words=("本物か", "QRコード", "確認番号")),
    ]

    def ready(self) -> None:
        """Import ``papers`` of every app, which registers its kinds."""
        autodiscover_modules("papers")
