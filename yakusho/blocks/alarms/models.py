"""What rang."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """警報の理由 Each rings for itself."""

    RECORD_LATE = "record_late", _("監査記録の署名が遅れています")
    DEPOT_AWAY = "depot_away", _("変更の記録を控えの置き場所に運べません")
    BACKUP_OLD = "backup_old", _("完成した控えが古いか、まだありません")


class Alarm(models.Model):
    """警報 One cause from when it was seen until somebody says what it was; when the cause was gone stands beside it."""

    cause = models.CharField(_("理由"), max_length=20, choices=Cause.choices)
    raised_at = models.DateTimeField(_("発生日時"))
    gone_at = models.DateTimeField(_("解消日時"), null=True)
    finding = models.CharField(_("調査結果"), max_length=500, default="", blank=True)
    closed_at = models.DateTimeField(_("終了日時"), null=True)
    closed_by = models.BigIntegerField(_("終了した人"), null=True)

    class Meta:
        verbose_name = _("警報")
        constraints = [
            models.UniqueConstraint(
                fields=["cause"], condition=Q(closed_at__isnull=True), name="alarms_one_open_for_each_cause"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, finding="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, gone_at__isnull=False) & ~Q(finding=""),
                name="alarms_closed_with_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(gone_at__gte=F("raised_at")), name="alarms_gone_after_raised"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("gone_at")), name="alarms_closed_after_gone"
            ),
        ]
