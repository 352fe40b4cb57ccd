"""アカウント Who may sign in, and which duties staff hold where and when."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Account(AbstractBaseUser):
    """アカウント Somebody who signs in: staff by name of sign-in, a resident by the person (宛名番号) in the register.

    There are no passwords: the column of the base class stays unusable.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _("職員")
        RESIDENT = "resident", _("住民")

    held: list[dict[str, str]]  # duties of a day, where a query asked for them
    kind = models.CharField(_("種類"), max_length=8, choices=Kind)
    login = models.CharField(_("サインイン名"), max_length=60, unique=True)
    name = models.CharField(_("表示名"), max_length=100)
    person = models.BigIntegerField(_("宛名番号"), null=True, unique=True)  # registers are above: no foreign key
    language = models.CharField(_("ことば"), max_length=8, default="ja")
    created_at = models.DateTimeField(_("登録日時"), db_default=TransactionNow())
    ended_at = models.DateTimeField(_("利用終了日時"), null=True)

    USERNAME_FIELD = "login"

    class Meta:
        verbose_name = _("アカウント")
        indexes = [models.Index(fields=["login"], condition=Q(kind="staff"), name="identity_account_staff")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["staff", "resident"]), name="identity_account_kind"),
            models.CheckConstraint(
                condition=Q(kind="staff") | Q(person__isnull=False), name="identity_account_resident_has_person"
            ),
        ]


class Appointment(models.Model):
    """任命 A role held at an office between two days (half-open), and who granted it why.

    A revoked appointment keeps its period; it holds only before `revoked_on`.
    """

    account_id: int
    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments", verbose_name=_("職員"))
    role = models.CharField(_("役割"), max_length=60)
    office = models.CharField(_("課"), max_length=60)
    valid = DateRangeField(_("期間"))
    reason = models.CharField(_("理由"), max_length=200)
    granted_by = models.BigIntegerField(_("任命した人"))
    granted_at = models.DateTimeField(_("任命日時"))
    revoked_on = models.DateField(_("取消日"), null=True)
    revoked_by = models.BigIntegerField(_("取り消した人"), null=True)
    revoke_reason = models.CharField(_("取消理由"), max_length=200, default="", blank=True)

    class Meta:
        verbose_name = _("任命")
        indexes = [models.Index(fields=["role", "office"])]
        constraints = [
            ExclusionConstraint(
                name="identity_appointment_one",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="identity_appointment_valid"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_by__isnull=True)
                | Q(revoked_on__isnull=False, revoked_by__isnull=False),
                name="identity_appointment_revoked_by_someone",
            ),
        ]

    @staticmethod
    def in_force(on: date) -> Q:
        """有効な任命 Condition: the appointment holds on a day and was not revoked by then."""
        return Q(valid__contains=on) & (Q(revoked_on__isnull=True) | Q(revoked_on__gt=on))


class ApiClient(models.Model):
    """API利用者 A program that acts for an account; the token itself is shown once and only its hash is kept."""

    account_id: int
    held: list[dict[str, str]]  # duties of a day, where a query asked for them
    account = models.ForeignKey(Account, models.PROTECT, related_name="api_clients", verbose_name=_("アカウント"))
    name = models.CharField(_("名称"), max_length=100)
    token = models.BinaryField(_("トークンのハッシュ"), max_length=32, unique=True)
    scopes = ArrayField(models.CharField(max_length=120), verbose_name=_("使える操作"))
    created_at = models.DateTimeField(_("発行日時"))
    expires_at = models.DateTimeField(_("有効期限"))
    revoked_at = models.DateTimeField(_("取消日時"), null=True)

    class Meta:
        verbose_name = _("API利用者")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="identity_apiclient_expires"
            )
        ]
