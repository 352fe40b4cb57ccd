"""異動 What happened, when it was told, when it was recorded, and by whom; facts themselves are in the people register."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def _clock() -> models.Func:
    return models.Func(function="clock_timestamp", output_field=models.DateTimeField())


class Movement(models.Model):
    """異動 One change of records. Its id is the ``cause`` of every fact it wrote; rows are only added."""

    cancels_id: int | None
    corrects_id: int | None

    kind = models.CharField(_("異動事由"), max_length=20)
    event_on = models.DateField(_("異動日"))
    notified_on = models.DateField(_("届出日"), null=True)
    processed_at = models.DateTimeField(_("処理日時"), db_default=_clock())
    by_account = models.BigIntegerField(_("処理者"))
    by_name = models.CharField(_("処理者名"), max_length=100)
    people = ArrayField(models.BigIntegerField(), verbose_name=_("対象者"))
    households = ArrayField(models.BigIntegerField(), verbose_name=_("世帯"))
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    days_late = models.IntegerField(_("遅れた日数"), default=0)
    details = models.JSONField(_("細目"), default=dict, db_default={})
    cancels = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="cancelled_by", verbose_name=_("取り消した異動")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("訂正した異動")
    )

    class Meta:
        verbose_name = _("異動")
        constraints = [
            models.CheckConstraint(name="resident_records_movement_late", condition=Q(days_late__gte=0)),
            models.CheckConstraint(
                name="resident_records_movement_other",
                condition=(Q(cancels__isnull=True) | ~Q(cancels=F("id")))
                & (Q(corrects__isnull=True) | ~Q(corrects=F("id"))),
            ),
        ]
        indexes = [
            GinIndex(fields=["people"], name="resident_records_of_person"),
            models.Index(fields=["event_on"], name="resident_records_event_on"),
        ]
