"""組織: offices and posts."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import SystemConfig


class Organisation(SystemConfig):
    """組織 Offices, posts, who held which post when, and when the counters are open."""

    title = _("組織")
    offices = ["personnel"]
