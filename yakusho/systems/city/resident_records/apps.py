"""住民記録 The first room: movements of residents and households."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import RESIDENT, Menu, Role, SystemConfig

RESIDENT_CLERK = Role("resident_clerk", _("住民記録担当"))
RESIDENT_MANAGER = Role("resident_manager", _("住民記録責任者"))


class ResidentRecords(SystemConfig):
    """住民記録 Notices at the counter, entries by authority, corrections, protection, search, as-of views."""

    title = _("住民記録")
    measures = ["住民記録システムの再構築"]
    offices = ["citizen_registration"]
    roles = [RESIDENT_CLERK, RESIDENT_MANAGER]
    menu = [
        Menu(_("住民検索"), "resident_records:search", for_=RESIDENT_CLERK, group=_("窓口")),
        Menu(_("転入届"), "resident_records:move_in", for_=RESIDENT_CLERK, group=_("窓口")),
        Menu(_("支援措置"), "resident_records:protections", for_=RESIDENT_CLERK, group=_("記録")),
        Menu(_("自分の住民記録"), "resident_records:mine", for_=RESIDENT, words=(_("住民票"), _("世帯"), _("住所"))),
        Menu(_("わたしの記録を見た人"), "resident_records:looked", for_=RESIDENT, words=(_("閲覧"), _("個人情報"))),
    ]
