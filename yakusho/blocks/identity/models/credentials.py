"""認証手段 What people prove themselves with, and the questions they have to answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.identity.models.accounts import Account


class PasskeyCredential(models.Model):
    """パスキー A passkey of an account (WebAuthn, discoverable, with user verification)."""

    account_id: int
    account = models.ForeignKey(Account, models.PROTECT, related_name="passkeys", verbose_name=_("アカウント"))
    name = models.CharField(_("名前"), max_length=60)
    credential = models.BinaryField(_("資格情報ID"), max_length=1023, unique=True)
    public_key = models.BinaryField(_("公開鍵"))
    sign_count = models.BigIntegerField(_("署名回数"), default=0)
    synced = models.BooleanField(_("同期"), default=False)
    created_at = models.DateTimeField(_("登録日時"))
    used_at = models.DateTimeField(_("最終利用"), null=True)
    ended_at = models.DateTimeField(_("解除日時"), null=True)

    class Meta:
        verbose_name = _("パスキー")


class TotpDevice(models.Model):
    """確認コード An authenticator app; the secret is stored encrypted, and each code works once."""

    account_id: int
    account = models.OneToOneField(Account, models.PROTECT, related_name="totp", verbose_name=_("アカウント"))
    secret = models.BinaryField(_("暗号化した秘密"))
    step = models.BigIntegerField(_("最後に使った時刻区間"), default=0)
    created_at = models.DateTimeField(_("登録日時"))
    confirmed_at = models.DateTimeField(_("確認日時"), null=True)

    class Meta:
        verbose_name = _("確認コード")


class CardLink(models.Model):
    """カードの登録 The authentication certificate of a My Number card that opens an account: issuer and serial only."""

    account_id: int
    account = models.ForeignKey(Account, models.PROTECT, related_name="cards", verbose_name=_("アカウント"))
    issuer = models.CharField(_("発行者"), max_length=300)
    serial = models.CharField(_("シリアル番号"), max_length=40)
    valid_until = models.DateTimeField(_("証明書の有効期限"))
    linked_at = models.DateTimeField(_("登録日時"))
    ended_at = models.DateTimeField(_("解除日時"), null=True)

    class Meta:
        verbose_name = _("カードの登録")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "serial"], condition=Q(ended_at__isnull=True), name="identity_cardlink_one"
            )
        ]


class OidcSubject(models.Model):
    """職員認証基盤 The subject by which the staff's identity provider knows an account."""

    account_id: int
    account = models.ForeignKey(Account, models.PROTECT, related_name="subjects", verbose_name=_("アカウント"))
    issuer = models.CharField(_("発行者"), max_length=300)
    subject = models.CharField(_("識別子"), max_length=255)
    linked_at = models.DateTimeField(_("登録日時"))

    class Meta:
        verbose_name = _("職員認証基盤の識別子")
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_oidcsubject_one")]


class Challenge(models.Model):
    """確認の問い A random value that is answered once, within minutes, in the same browser and for one purpose."""

    class Purpose(models.TextChoices):
        CARD = "card", _("カードでのサインイン")
        LINK = "link", _("カードの登録")
        FRESH = "fresh", _("もう一度の確認")
        PASSKEY = "passkey", _("パスキーでのサインイン")
        NEW_PASSKEY = "new_passkey", _("パスキーの登録")
        OIDC = "oidc", _("職員認証基盤")
        ENROL = "enrol", _("職員の初回登録")

    id = models.CharField(_("番号"), primary_key=True, max_length=32)
    nonce = models.BinaryField(_("値"), max_length=32)
    purpose = models.CharField(_("目的"), max_length=12, choices=Purpose)
    browser = models.CharField(_("ブラウザの印"), max_length=64)
    account_id: int | None
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("アカウント"))
    created_at = models.DateTimeField(_("作成日時"))
    expires_at = models.DateTimeField(_("有効期限"))
    used_at = models.DateTimeField(_("使用日時"), null=True)

    class Meta:
        verbose_name = _("確認の問い")
        indexes = [models.Index(fields=["expires_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="identity_challenge_expires"
            )
        ]


class MatchCase(models.Model):
    """照合待ち A card whose four items did not lead to exactly one resident: two people of the staff look at it."""

    issuer = models.CharField(_("発行者"), max_length=300)
    serial = models.CharField(_("シリアル番号"), max_length=40)
    certificate = models.BinaryField(_("署名用電子証明書"))
    candidates = models.IntegerField(_("候補の数"))
    created_at = models.DateTimeField(_("受付日時"))
    settled_at = models.DateTimeField(_("処理日時"), null=True)
    settled_by = models.BigIntegerField(_("処理した人"), null=True)

    class Meta:
        verbose_name = _("照合待ち")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "serial"], condition=Q(settled_at__isnull=True), name="identity_matchcase_one_open"
            )
        ]
