"""支援措置 Who is protected from whom, and the releases of one address for one paper."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yakusho.registers.people.models.facts import NAME, TEXT
from yakusho.registers.people.models.persons import Person


class Protection(models.Model):
    """支援措置 In force from intake until a decision ends it; the end of the year only brings a reminder."""

    person_id: int
    principal_id: int | None
    opponents: Any  # the manager of the related rows

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("対象者"))
    principal = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="covered", verbose_name=_("併せて支援を求める本人")
    )
    kind = models.CharField(_("種別"), max_length=20)
    applied_on = models.DateField(_("申出年月日"))
    starts_on = models.DateField(_("開始年月日"), null=True)
    until = models.DateField(_("期間の満了（その日を含まない）"), null=True)
    ended_on = models.DateField(_("終了年月日"), null=True)
    ended_because = models.CharField(_("終了の理由"), max_length=TEXT, blank=True)
    changed_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="people_protection_one_in_force"
            ),
            models.CheckConstraint(
                name="people_protection_period",
                condition=Q(starts_on__isnull=True, until__isnull=True)
                | Q(starts_on__isnull=False, until__isnull=False, until__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="people_protection_end_is_decided", condition=Q(ended_on__isnull=True) | ~Q(ended_because="")
            ),
        ]
        indexes = [models.Index(fields=["until"], condition=Q(ended_on__isnull=True), name="people_protection_due")]


class Opponent(models.Model):
    """相手方 The named offender of a measure; papers that show the address are refused to them."""

    person_id: int | None

    protection = models.ForeignKey(Protection, models.CASCADE, related_name="opponents")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("相手方の氏名"), max_length=NAME)
    address = models.CharField(_("相手方の住所"), max_length=TEXT, blank=True)
    born = models.DateField(_("相手方の生年月日"), null=True)


class Release(models.Model):
    """解除 One address, one paper, two officers, minutes; used once, then it is armed again by itself."""

    person_id: int

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    paper = models.CharField(_("書類"), max_length=TEXT)
    reason = models.CharField(_("理由"), max_length=TEXT)
    asked_by = models.BigIntegerField(_("申請した職員"))
    asked_by_name = models.CharField(max_length=NAME)
    asked_at = models.DateTimeField(_("申請日時"))
    agreed_by = models.BigIntegerField(_("承認した職員"), null=True)
    agreed_by_name = models.CharField(max_length=NAME, blank=True)
    agreed_at = models.DateTimeField(_("承認日時"), null=True)
    until = models.DateTimeField(_("期限"), null=True)
    used_at = models.DateTimeField(_("使用日時"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_release_two_officers", condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="people_release_minutes",
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True, until__isnull=True)
                | Q(
                    agreed_by__isnull=False,
                    agreed_at__isnull=False,
                    until__isnull=False,
                    until__gt=F("agreed_at"),
                    until__lte=models.ExpressionWrapper(
                        F("agreed_at") + timedelta(minutes=15),
                        output_field=models.DateTimeField(),
                    ),
                ),
            ),
            models.CheckConstraint(
                name="people_release_used_in_time",
                condition=Q(used_at__isnull=True)
                | Q(agreed_at__isnull=False, used_at__gte=F("agreed_at"), used_at__lt=F("until")),
            ),
        ]
        indexes = [models.Index(fields=["person", "paper"], name="people_release_paper")]
