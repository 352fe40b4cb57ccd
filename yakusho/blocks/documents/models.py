"""書面の表 Requests, papers, alarms and the counter of certificate numbers."""

import secrets
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

IN_THE_QUEUE = Q(handed_over_at__isnull=True, handed_over_by__isnull=True)
COMPARED = Q(compared_at__isnull=False, reference_sha256__isnull=False)


def always(name: str, condition: Q) -> models.CheckConstraint:
    """What the database holds of every row."""
    return models.CheckConstraint(condition=condition, name=name)


def new_request() -> UUID:
    """請求番号 128 random bits."""
    return UUID(bytes=secrets.token_bytes(16))


class PaperRequest(models.Model):
    """発行申請 One copy of one paper, asked for. ``token`` fences: only the job that holds it may write."""

    class State(models.TextChoices):
        """状態 What has become of it."""

        ASKED = "asked", _("申請")
        WORKING = "working", _("発行中")
        ISSUED = "issued", _("発行済")
        WITHHELD = "withheld", _("差止め")

    id = models.UUIDField(_("請求番号"), primary_key=True, default=new_request, editable=False)
    kind = models.CharField(_("種類"), max_length=80)
    subject = models.BigIntegerField(_("対象者"))
    members = ArrayField(models.BigIntegerField(), verbose_name=_("記載される人"), default=list, blank=True)
    options = models.JSONField(_("記載事項"), default=dict, blank=True)
    fee = models.PositiveIntegerField(_("手数料（円）"), default=0)
    requested_by = models.BigIntegerField(_("申請を受けた人"))
    online = models.BooleanField(_("オンライン申請"), default=False, db_default=False)
    asked_at = models.DateTimeField(_("申請日時"))
    state = models.CharField(_("状態"), max_length=8, choices=State.choices, default=State.ASKED)
    token = models.BigIntegerField(_("作業番号"), default=0)
    begun_at = models.DateTimeField(_("作業開始日時"), null=True)
    number = models.CharField(_("交付番号"), max_length=12, null=True, unique=True)
    version = models.CharField(_("記録の版"), max_length=200, default="", blank=True)
    issued_at = models.DateTimeField(_("発行日時"), null=True)
    reprint_of = models.ForeignKey(
        "Paper", models.PROTECT, verbose_name=_("元の書面"), null=True, related_name="reprints"
    )
    reason = models.CharField(_("再発行の理由"), max_length=200, default="", blank=True)

    class Meta:
        verbose_name = _("発行申請")
        indexes = [models.Index(fields=["subject", "asked_at"], name="documents_request_subject")]
        constraints = [
            always("documents_request_state", Q(state__in=["asked", "working", "issued", "withheld"])),
            always(
                "documents_reprint_has_a_reason",
                Q(reprint_of__isnull=True, reason="") | Q(reprint_of__isnull=False) & ~Q(reason=""),
            ),
            always("documents_work_has_begun", ~Q(state="working") | Q(begun_at__isnull=False, number__isnull=False)),
            always(
                "documents_issued_has_a_number", ~Q(state="issued") | Q(issued_at__isnull=False, number__isnull=False)
            ),
            always("documents_token_grows", Q(token__gte=0)),
        ]


class Paper(models.Model):
    """書面 A released paper: these bytes and no others. One for each request, by constraint; written by the fenced job only."""

    number = models.CharField(_("交付番号"), max_length=12, primary_key=True)
    request_id: UUID
    request = models.OneToOneField(PaperRequest, models.PROTECT, verbose_name=_("発行申請"), related_name="paper")
    token = models.BigIntegerField(_("作業番号"))
    kind = models.CharField(_("種類"), max_length=80)
    online = models.BooleanField(
        _("オンライン申請"), default=False, db_default=False
    )  # the request's word: a trigger copies it
    title = models.CharField(_("表題"), max_length=100)
    subject = models.BigIntegerField(_("対象者"), db_index=True)
    sha256 = models.BinaryField(_("指紋"), max_length=32, unique=True)
    pdf = models.BinaryField(_("内容"))
    pages = models.PositiveSmallIntegerField(_("ページ数"))
    content = models.JSONField(_("記載内容"))
    sealed_at = models.DateTimeField(_("発行日時"))
    expires_on = models.DateField(_("有効期限"), null=True)
    retention = models.CharField(_("保存区分"), max_length=80)
    handed_over_at = models.DateTimeField(_("交付日時"), null=True)
    handed_over_by = models.BigIntegerField(_("交付した人"), null=True)
    revoked_at = models.DateTimeField(_("無効日時"), null=True)
    revoked_reason = models.CharField(_("無効の理由"), max_length=200, default="", blank=True)

    class Meta:
        verbose_name = _("書面")
        indexes = [
            models.Index(
                fields=["kind", "number"],
                name="documents_queue_of_kind",
                condition=Q(online=False, handed_over_at__isnull=True, revoked_at__isnull=True),
            )
        ]
        constraints = [
            always("documents_number_has_12_digits", Q(number__regex=r"^[0-9]{12}$")),
            always("documents_paper_has_pages", Q(pages__gt=0)),
            always(
                "documents_revoked_has_a_reason",
                Q(revoked_at__isnull=True, revoked_reason="") | Q(revoked_at__isnull=False) & ~Q(revoked_reason=""),
            ),
            always(
                "documents_handed_over_by_whom",
                IN_THE_QUEUE | Q(handed_over_at__isnull=False, handed_over_by__isnull=False),
            ),
        ]


class Alarm(models.Model):
    """警報 A paper that was withheld, with its bytes; closed only after they were compared with a fresh rendering."""

    request_id: UUID
    request = models.ForeignKey(PaperRequest, models.PROTECT, verbose_name=_("発行申請"), related_name="alarms")
    token = models.BigIntegerField(_("作業番号"))
    doubts = ArrayField(models.CharField(max_length=200), verbose_name=_("疑い"))
    pdf = models.BinaryField(_("差し止めた内容"))
    sha256 = models.BinaryField(_("指紋"), max_length=32)
    raised_at = models.DateTimeField(_("発生日時"))
    compared_at = models.DateTimeField(_("比較日時"), null=True)
    compared_by = models.BigIntegerField(_("比較した人"), null=True)
    reference_sha256 = models.BinaryField(_("作り直した書面の指紋"), max_length=32, null=True)
    differences = ArrayField(models.CharField(max_length=200), verbose_name=_("違い"), default=list, blank=True)
    finding = models.CharField(_("調査結果"), max_length=500, default="", blank=True)
    closed_at = models.DateTimeField(_("終了日時"), null=True)
    closed_by = models.BigIntegerField(_("終了した人"), null=True)

    class Meta:
        verbose_name = _("警報")
        indexes = [models.Index(fields=["-id"], name="documents_alarm_waiting", condition=Q(closed_at__isnull=True))]
        constraints = [
            always(
                "documents_closed_after_comparison",
                Q(closed_at__isnull=True) | COMPARED & Q(closed_by__isnull=False) & ~Q(finding=""),
            ),
            always("documents_alarm_order", Q(closed_at__isnull=True) | Q(closed_at__gte=F("raised_at"))),
        ]


class Build(models.Model):
    """版 The program that papers come from since it was declared; a node that runs another one makes none."""

    digest = models.CharField(_("指紋"), max_length=64)
    declared_at = models.DateTimeField(_("宣言日時"), db_default=Now())

    class Meta:
        verbose_name = _("版")
        constraints = [always("documents_build_is_a_digest", Q(digest__regex=r"^[0-9a-f]{64}$"))]


class Counter(models.Model):
    """交付番号簿 The last certificate number of a year; its row is locked while the next one is taken."""

    year = models.PositiveSmallIntegerField(_("年"), primary_key=True)
    last = models.PositiveIntegerField(_("最後の番号"), default=0)

    class Meta:
        verbose_name = _("交付番号簿")
        constraints = [always("documents_counter_has_8_digits", Q(last__lt=100_000_000))]
