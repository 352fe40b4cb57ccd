"""職員の認証と権限: what this room is."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, SystemConfig
from yakusho.blocks.identity.apps import AUDITOR, SYSTEM_ADMINISTRATOR


class StaffAccess(SystemConfig):
    """職員の認証と権限 Staff accounts and duties."""

    title = _("職員の認証と権限")
    offices = ["informatics"]
    menu = [
        Menu(_("職員と権限"), "staff_access:accounts", for_=SYSTEM_ADMINISTRATOR | AUDITOR, group=_("管理")),
        Menu(_("照合待ちのカード"), "staff_access:matches", for_=SYSTEM_ADMINISTRATOR, group=_("管理")),
    ]
