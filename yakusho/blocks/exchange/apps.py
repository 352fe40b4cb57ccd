"""連携: events to the outside."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, Role, SystemConfig

EXCHANGE_CLERK = Role("exchange_clerk", _("連携担当"))


class Exchange(SystemConfig):
    """連携 Outbox of events, webhooks after Standard Webhooks, dead letters and replay."""

    title = _("連携")
    offices = ["informatics"]
    roles = [EXCHANGE_CLERK]
    menu = [
        Menu(_("連携先"), "exchange:endpoints", for_=EXCHANGE_CLERK, group=_("連携")),
        Menu(_("配信できなかった出来事"), "exchange:dead_letters", for_=EXCHANGE_CLERK, group=_("連携")),
    ]
