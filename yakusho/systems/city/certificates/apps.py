"""住民票の写し等の交付: what this room is."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import RESIDENT, Menu, Role, SystemConfig

CLERK = Role("resident_clerk", _("住民記録担当"))


class Certificates(SystemConfig):
    """住民票の写し等の交付 Copies of the resident record, online and at the counter."""

    title = _("住民票の写し等の交付")
    offices = ["citizen_registration"]
    roles = [CLERK]
    menu = [
        Menu(
            _("住民票の写しを請求する"),
            "certificates:choose",
            for_=RESIDENT,
            words=(_("住民票"), _("証明書"), _("除票"), _("記載事項証明")),
        ),
    ]
