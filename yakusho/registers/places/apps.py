"""場所: towns of the city."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import SystemConfig


class Places(SystemConfig):
    """場所 Towns (町字) with the days on which each name holds; addresses are written with them."""

    title = _("場所")
    offices = ["citizen_registration"]
