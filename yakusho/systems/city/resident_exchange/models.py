"""What the room keeps: files received, imports with whom they brought, exports with who answers for them."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)


class Upload(models.Model):
    """受け付けたファイル Kept between dry run and import, a day at most."""

    name = models.CharField(_("ファイル名"), max_length=200)
    content = models.BinaryField(_("内容"))
    digest = models.CharField(_("ファイルのハッシュ"), max_length=64)
    by_account = models.BigIntegerField(_("受付者"))
    at = models.DateTimeField(_("受付日時"))


class Load(models.Model):
    """取込み One file that was imported; never twice."""

    digest = models.CharField(_("ファイルのハッシュ"), max_length=64, unique=True)
    name = models.CharField(_("ファイル名"), max_length=200, blank=True)
    rows = models.IntegerField(_("行数"))
    households = models.IntegerField(_("世帯数"))
    skipped = models.IntegerField(_("取込み済みの行数"))
    by_account = models.BigIntegerField(_("処理者"))
    by_name = models.CharField(_("処理者名"), max_length=100)
    at = models.DateTimeField(_("処理日時"))
    known_at = models.DateTimeField(db_default=Now())


class Arrival(models.Model):
    """取り込んだ人 Who a row became: the file's own number of the person, the register's number, and what the row said (hash)."""

    load = models.ForeignKey(Load, models.PROTECT, related_name="arrivals")
    external_id = models.CharField(_("ファイルでの番号"), max_length=100)
    person = models.BigIntegerField(_("宛名番号"))
    household = models.BigIntegerField(_("世帯番号"))
    external_household = models.CharField(_("ファイルでの世帯番号"), max_length=100)
    said = models.CharField(_("行のハッシュ"), max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="resident_exchange_arrival_once"
            ),
            models.UniqueConstraint(fields=["person"], name="resident_exchange_arrival_person"),
        ]
        indexes = [models.Index(fields=["external_household"], name="resident_exchange_of_household")]


class Export(models.Model):
    """書出し Asked for by one officer, agreed to by another, taken within a day, counted."""

    purpose = models.CharField(_("使用の目的"), max_length=200)
    towns = ArrayField(models.CharField(max_length=12), verbose_name=_("町字コード"), default=list)
    on = models.DateField(_("基準日"))
    asked_by = models.BigIntegerField(_("申請した職員"))
    asked_by_name = models.CharField(max_length=100)
    asked_at = models.DateTimeField(_("申請日時"))
    agreed_by = models.BigIntegerField(_("承認した職員"), null=True)
    agreed_by_name = models.CharField(max_length=100, blank=True)
    agreed_at = models.DateTimeField(_("承認日時"), null=True)
    until = models.DateTimeField(_("期限"), null=True)
    refused_at = models.DateTimeField(_("却下日時"), null=True)
    known_at = models.DateTimeField(_("認識日時"), null=True)
    begun_at = models.DateTimeField(_("書出しの開始"), null=True)
    taken_at = models.DateTimeField(_("書出しの終了"), null=True)
    rows = models.IntegerField(_("行数"), null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-id"], name="resident_exchange_own")]
        constraints = [
            models.CheckConstraint(
                name="resident_exchange_two_officers", condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="resident_exchange_until",
                condition=Q(agreed_at__isnull=True, until__isnull=True)
                | Q(
                    agreed_by__isnull=False,
                    until__gt=F("agreed_at"),
                    until__lte=models.ExpressionWrapper(F("agreed_at") + DAY, output_field=models.DateTimeField()),
                ),
            ),
            models.CheckConstraint(
                name="resident_exchange_taken_in_time",
                condition=Q(begun_at__isnull=True) | Q(begun_at__gte=F("agreed_at"), begun_at__lt=F("until")),
            ),
        ]
