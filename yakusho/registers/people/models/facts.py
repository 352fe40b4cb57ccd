"""What held on which days, and when the city believed it: one table a kind of fact."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.history.models import Fact, one_truth
from yakusho.registers.people.models.persons import Household, Person
from yakusho.registers.people.terms import HEAD, BirthPrecision, OriginState

NAME, TEXT = 100, 200


class PersonFact(Fact):
    """A fact about a person."""

    person_id: int
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Naming(PersonFact):
    """氏名等 Names, sex and birth (住民基本台帳法 7条1号から3号, 施行令 30条の13 旧氏, 30条の16 通称)."""

    family = models.CharField(_("氏"), max_length=NAME, blank=True)
    given = models.CharField(_("名"), max_length=NAME, blank=True)
    family_kana = models.CharField(_("氏の振り仮名"), max_length=NAME, blank=True)
    given_kana = models.CharField(_("名の振り仮名"), max_length=NAME, blank=True)
    kana_fixed = models.BooleanField(_("戸籍に記載された振り仮名"), default=False)
    sex = models.CharField(_("性別"), max_length=2)
    born = models.DateField(_("生年月日"))
    born_precision = models.CharField(_("生年月日の確からしさ"), max_length=3, default=BirthPrecision.DAY.value)
    former_family = models.CharField(_("旧氏"), max_length=NAME, blank=True)
    former_family_kana = models.CharField(_("旧氏の振り仮名"), max_length=NAME, blank=True)
    alphabet = models.CharField(_("ローマ字氏名"), max_length=NAME, blank=True)
    alias = models.CharField(_("通称"), max_length=NAME, blank=True)
    alias_kana = models.CharField(_("通称の振り仮名"), max_length=NAME, blank=True)
    alias_records = models.JSONField(_("通称の記載及び削除に関する事項"), default=list, db_default=[])
    glyphs = models.JSONField(_("文字の字形"), default=list, db_default=[])

    class Meta:
        constraints = [
            *one_truth("people_naming"),
            models.CheckConstraint(name="people_naming_has_a_name", condition=~Q(family="", alphabet="")),
            models.CheckConstraint(name="people_naming_sex", condition=Q(sex__in=["男", "女", "不明"])),
        ]


class Residence(PersonFact):
    """住所・世帯 Household, relation to its head, address, and the dates that go with them (7条4号, 6号から8号)."""

    household_id: int
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    relation = models.CharField(_("続柄"), max_length=NAME)
    town = models.CharField(_("町字コード"), max_length=12)
    town_name = models.CharField(_("町字"), max_length=NAME)
    block = models.CharField(_("番・号"), max_length=NAME, blank=True)
    building = models.CharField(_("方書"), max_length=TEXT, blank=True)
    resident_since = models.DateField(_("住民となった年月日"))
    address_since = models.DateField(_("住所を定めた年月日"), null=True)
    notified_on = models.DateField(_("届出年月日"), null=True)
    came_from = models.CharField(_("転入前住所"), max_length=TEXT, blank=True)
    moved_from = models.CharField(_("異動前住所"), max_length=TEXT, blank=True)

    class Meta:
        constraints = [
            *one_truth("people_residence"),
            # Deferred: a change of head writes the old and the new head one after the other.
            ExclusionConstraint(
                name="people_residence_one_head",
                expressions=[
                    (OpClass("household", name="gist_int8_ops"), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(relation=HEAD, known__endswith__isnull=True),
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="people_residence_relation", condition=~Q(relation="")),
        ]
        indexes = [
            models.Index(
                fields=["town", "household", "person"],
                condition=Q(known__endswith__isnull=True),
                name="people_residence_town_now",
            )
        ]


class Closing(PersonFact):
    """消除 From which day the record is closed (除票), why, and where to; kept 150 years (施行令 34条)."""

    reason = models.CharField(_("消除の事由"), max_length=20)
    destination = models.CharField(_("転出先"), max_length=TEXT, blank=True)
    planned = models.BooleanField(_("予定"), default=False)
    notified_on = models.DateField(_("届出年月日"), null=True)

    class Meta:
        constraints = one_truth("people_closing")


class Origin(PersonFact):
    """戸籍の表示 Registered domicile and first person of the family register (7条5号)."""

    state = models.CharField(_("戸籍の表示"), max_length=4, default=OriginState.KNOWN.value)
    domicile = models.CharField(_("本籍"), max_length=TEXT, blank=True)
    head = models.CharField(_("筆頭者"), max_length=NAME, blank=True)

    class Meta:
        constraints = [
            *one_truth("people_origin"),
            models.CheckConstraint(
                name="people_origin_complete", condition=~Q(state="あり") | (~Q(domicile="") & ~Q(head=""))
            ),
        ]


class ForeignStatus(PersonFact):
    """外国人住民の項目 Nationality and status of a foreign resident (30条の45)."""

    nationality = models.CharField(_("国籍・地域"), max_length=NAME)
    category = models.CharField(_("30条の45に規定する区分"), max_length=20)
    status = models.CharField(_("在留資格"), max_length=NAME, blank=True)
    period = models.CharField(_("在留期間等"), max_length=NAME, blank=True)
    expires_on = models.DateField(_("在留期間等の満了の日"), null=True)
    card_number = models.CharField(_("在留カード等の番号"), max_length=20, blank=True)
    foreign_since = models.DateField(_("外国人住民となった年月日"), null=True)

    class Meta:
        constraints = one_truth("people_foreignstatus")
