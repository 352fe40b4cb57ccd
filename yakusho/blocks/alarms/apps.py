"""警報: what goes wrong with the house itself rings, without anybody asking."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, SystemConfig
from yakusho.blocks.identity.apps import AUDITOR


class Alarms(SystemConfig):
    """警報 The record's signatures, the way of the changes to the depot, and the last whole backup are looked at by themselves."""

    title = _("警報")
    menu = [
        Menu(_("警報"), "alarms:alarms", for_=AUDITOR, group=_("管理"), words=("記録の署名", "控え", "バックアップ"))
    ]
