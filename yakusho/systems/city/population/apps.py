"""人口統計: how many people live where, of which age, and how that changes."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, SystemConfig


class Population(SystemConfig):
    """人口統計 Population by town, age, sex and month from the resident register; numbers only, for everybody."""

    title = _("人口統計")
    offices = ["citizen_registration"]
    menu = [
        Menu(
            _("人口と世帯"), "population:overview", words=("人口", "世帯数", "統計", "オープンデータ", "年齢", "町別")
        ),
    ]
