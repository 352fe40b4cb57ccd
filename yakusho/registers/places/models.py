"""Towns and the versions in which they were loaded."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class TownVersion(models.Model):
    """町字の版 One loading of a file; caches of towns are kept by its number."""

    digest = models.CharField(_("ファイルのハッシュ"), max_length=64)
    rows = models.IntegerField(_("行数"))
    opened = models.IntegerField(_("増えた町字"))
    closed = models.IntegerField(_("終わった町字"))
    corrected = models.IntegerField(_("訂正した町字"))
    at = models.DateTimeField(_("取込日時"), db_default=Now())

    class Meta:
        verbose_name = _("町字の版")


class Town(models.Model):
    """町字 A town under one name: a renaming ends this row and begins another of the same code.

    ``name_key`` and ``kana_key`` are the names as they are searched (kit.names folds), in byte order.
    """

    code = models.CharField(_("町字コード"), max_length=12)
    name = models.CharField(_("町名"), max_length=60)
    koaza = models.CharField(_("小字"), max_length=60, default="", blank=True)
    kana = models.CharField(_("読み"), max_length=120, default="", blank=True)
    postcode = models.CharField(_("郵便番号"), max_length=7, default="", blank=True)
    lon = models.DecimalField(_("経度"), max_digits=9, decimal_places=6)
    lat = models.DecimalField(_("緯度"), max_digits=8, decimal_places=6)
    valid = DateRangeField(_("期間"))
    name_key = models.CharField(max_length=120, db_collation="C")
    kana_key = models.CharField(max_length=120, db_collation="C")

    class Meta:
        verbose_name = _("町字")
        constraints = [
            ExclusionConstraint(
                name="places_town_one_name",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="places_town_valid"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{4,12}$"), name="places_town_code"),
            models.CheckConstraint(condition=Q(postcode__regex=r"^([0-9]{7})?$"), name="places_town_postcode"),
            models.CheckConstraint(
                condition=Q(lon__range=(122, 154), lat__range=(20, 46)), name="places_town_point_in_japan"
            ),
        ]
        indexes = [
            models.Index(fields=["name_key", "code"], name="places_town_by_name"),
            models.Index(fields=["kana_key", "code"], name="places_town_by_kana", condition=~Q(kana_key="")),
            models.Index(fields=["postcode", "code"], name="places_town_by_postcode", condition=~Q(postcode="")),
        ]
