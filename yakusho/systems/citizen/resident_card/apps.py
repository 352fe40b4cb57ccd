"""個人番号カード: what this room is."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, Role, SystemConfig

CLERK = Role("resident_clerk", _("住民記録担当"))


class ResidentCard(SystemConfig):
    """個人番号カード The residents' card; so far the sample city's soft cards."""

    title = _("個人番号カード")
    offices = ["citizen_registration"]
    roles = [CLERK]
    menu = (
        [Menu(_("見本のカードを作る"), "resident_card:make", for_=CLERK, group=_("窓口"))]
        if settings.SAMPLE_CITY
        else []
    )
