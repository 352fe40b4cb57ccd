"""住民 The base register of people and households."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import SystemConfig


class People(SystemConfig):
    """住民 Who lives here and lived here, with history on both axes of time; boring data, written by systems."""

    title = _("住民")
