"""監査記録 The tamper-evident record of who did and who saw what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Audit(AppConfig):
    """監査記録: one row for each act and each look, in the same transaction; a Merkle log over all rows."""

    name = "yakusho.blocks.audit"
    label = "audit"
    verbose_name = _("監査記録")
