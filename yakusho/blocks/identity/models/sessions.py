"""サインインの記録 Sessions and attempts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.identity.models.accounts import Account


class SessionRecord(models.Model):
    """セッション One sign-in on one device, from its start to its end."""

    class End(models.TextChoices):
        SIGNED_OUT = "signed_out", _("サインアウト")
        NEXT_PERSON = "next_person", _("次の方へ")
        IDLE = "idle", _("操作なし")
        LIMIT = "limit", _("時間の上限")
        ELSEWHERE = "elsewhere", _("ほかの端末から終了")
        OTHER_PERSON = "other_person", _("別の方のカード")

    account_id: int
    held: list[dict[str, str]]  # duties of a day, where a query asked for them
    account = models.ForeignKey(Account, models.PROTECT, related_name="sessions", verbose_name=_("アカウント"))
    proof = models.CharField(_("確認の方法"), max_length=12)
    proved_at = models.DateTimeField(_("確認日時"))
    device = models.CharField(_("端末"), max_length=60)
    shared = models.BooleanField(_("共用の端末"), default=False)
    beside = models.BooleanField(_("同時に別の端末"), default=False)
    started_at = models.DateTimeField(_("開始日時"))
    seen_at = models.DateTimeField(_("最後の操作"))
    ended_at = models.DateTimeField(_("終了日時"), null=True)
    end_reason = models.CharField(_("終了の理由"), max_length=12, choices=End, default="", blank=True)

    class Meta:
        verbose_name = _("セッション")
        indexes = [
            models.Index(fields=["account"], condition=models.Q(ended_at__isnull=True), name="identity_session_open"),
            models.Index(
                fields=["account", "started_at"], condition=models.Q(beside=True), name="identity_session_beside"
            ),
        ]


class SignInAttempt(models.Model):
    """サインインの試行 One try, counted as failed until it succeeds; who and from where only as keyed hashes."""

    who = models.CharField(_("対象の印"), max_length=64)
    address = models.CharField(_("接続元の印"), max_length=64)
    method = models.CharField(_("方法"), max_length=12)
    at = models.DateTimeField(_("日時"))
    succeeded = models.BooleanField(_("成功"), default=False)

    class Meta:
        verbose_name = _("サインインの試行")
        indexes = [models.Index(fields=["who", "at"]), models.Index(fields=["address", "at"])]
