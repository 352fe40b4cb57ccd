"""住民データの取込み・書出し: files of people in and out."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, Role, SystemConfig

RESIDENT_CLERK = Role("resident_clerk", _("住民記録担当"))
RESIDENT_MANAGER = Role("resident_manager", _("住民記録責任者"))


class ResidentExchange(SystemConfig):
    """住民データの取込み・書出し Dry run, import in one act, and exports that two officers answer for."""

    title = _("住民データの取込み・書出し")
    offices = ["citizen_registration"]
    roles = [RESIDENT_CLERK, RESIDENT_MANAGER]
    menu = [
        Menu(_("住民データの取込み"), "resident_exchange:imports", for_=RESIDENT_MANAGER, group=_("記録")),
        Menu(
            _("住民データの書出し"),
            "resident_exchange:exports",
            for_=RESIDENT_CLERK | RESIDENT_MANAGER,
            group=_("記録"),
        ),
    ]
