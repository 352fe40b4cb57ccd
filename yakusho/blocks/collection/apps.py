"""収納: late charges and interest on refunds, reckoned and explained."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, SystemConfig


class Collection(SystemConfig):
    """収納 What is owed for paying late, and what the city adds when it pays back."""

    title = _("収納")
    offices = ["tax_collection"]
    menu = [
        Menu(
            _("延滞金の計算"),
            "collection:late_charge",
            words=("延滞金", "納期限を過ぎた", "税金", "滞納", "国民健康保険料", "介護保険料"),
        ),
    ]
