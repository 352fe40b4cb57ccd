"""役割 Who looks into withheld papers."""

from django.utils.translation import gettext_noop as _

from yakusho.blocks.doors import Role

PAPER_AUDITOR = Role("paper_auditor", _("書面の検査担当"))
