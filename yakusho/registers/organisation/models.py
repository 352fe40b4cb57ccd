"""Offices and posts, and who held which post when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.history.models import Fact, one_truth


class Office(models.Model):
    """課 An office under one name and at one place in the tree; a reorganisation ends the row and begins another."""

    code = models.CharField(_("課コード"), max_length=40)
    name = models.CharField(_("名称"), max_length=60)
    english = models.CharField(_("英語名"), max_length=80)
    kind = models.CharField(_("種類"), max_length=12)
    parent = models.CharField(_("上位の課"), max_length=40, default="", blank=True)
    counter = models.CharField(_("窓口"), max_length=40, default="", blank=True)
    counter_english = models.CharField(_("窓口（英語）"), max_length=40, default="", blank=True)
    opens = models.TimeField(_("開く時刻"), null=True, blank=True)
    closes = models.TimeField(_("閉じる時刻"), null=True, blank=True)
    valid = DateRangeField(_("期間"))

    class Meta:
        verbose_name = _("課")
        constraints = [
            ExclusionConstraint(
                name="organisation_office_one",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="organisation_office_valid"),
            models.CheckConstraint(
                condition=Q(kind__in=["city", "department", "division", "committee"]), name="organisation_office_kind"
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(opens__lt=F("closes")),
                name="organisation_office_hours",
            ),
            models.CheckConstraint(condition=~Q(parent=F("code")), name="organisation_office_not_its_own_parent"),
        ]


class Post(models.Model):
    """職 A post, held by one person at a time; ``signs`` for the one in whose name papers are issued."""

    code = models.CharField(_("職コード"), max_length=40, unique=True)
    office = models.CharField(_("課コード"), max_length=40)
    title = models.CharField(_("職名"), max_length=60)
    english = models.CharField(_("英語名"), max_length=80)
    rank = models.IntegerField(_("順位"))
    signs = models.BooleanField(_("証明者"), default=False)

    class Meta:
        verbose_name = _("職")
        constraints = [
            models.UniqueConstraint(fields=["signs"], condition=Q(signs=True), name="organisation_post_one_signs")
        ]


class Holding(Fact):
    """在職 Who holds a post, and since when that was known."""

    subject_field = "post"

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    account = models.BigIntegerField(_("アカウント"), null=True)
    name = models.CharField(_("氏名"), max_length=60)
    kana = models.CharField(_("読み"), max_length=60)
    english = models.CharField(_("ローマ字"), max_length=60)

    class Meta:
        verbose_name = _("在職")
        constraints = one_truth("organisation_holding", "post")
