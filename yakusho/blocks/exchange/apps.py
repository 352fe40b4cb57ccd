"""連携: events to the outside."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, Role, SystemConfig
from yakusho.blocks.identity.apps import SYSTEM_ADMINISTRATOR

EXCHANGE_CLERK = Role("exchange_clerk", _("連携担当"))
OPERATORS = EXCHANGE_CLERK | SYSTEM_ADMINISTRATOR


class Exchange(SystemConfig):
    """連携 Outbox of events, webhooks after Standard Webhooks, dead letters and replay."""

    title = _("連携")
    offices = ["informatics"]
    roles = [EXCHANGE_CLERK]
    menu = [
        Menu(_("連携先"), "exchange:endpoints", for_=OPERATORS, group=_("連携")),
        Menu(_("配信できなかった出来事"), "exchange:dead_letters", for_=OPERATORS, group=_("連携")),
    ]
