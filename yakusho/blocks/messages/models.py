"""Messages, where they may be sent as well, and each sending."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

ONE_OF_TWO = Q(person__isnull=True, account__isnull=False) | Q(person__isnull=False, account__isnull=True)


class Message(models.Model):
    """お知らせ A message in somebody's inbox: a resident's (``person``) or a colleague's (``account``)."""

    person = models.BigIntegerField(_("宛名番号"), null=True)
    account = models.BigIntegerField(_("職員"), null=True)
    wordings = models.JSONField(_("文面"))
    template = models.CharField(_("ひな型"), max_length=120)
    papers = ArrayField(models.CharField(max_length=64), default=list, verbose_name=_("添付の証明書"))
    office = models.CharField(_("差出課"), max_length=40, default="")
    case = models.CharField(_("受付番号"), max_length=64, default="")
    drill = models.BooleanField(_("訓練"), default=False)
    once = models.CharField(_("重複防止"), max_length=120, null=True, unique=True)  # null may repeat
    at = models.DateTimeField(_("日時"), db_default=Now())
    read_at = models.DateTimeField(_("開いた日時"), null=True)

    class Meta:
        verbose_name = _("お知らせ")
        constraints = [
            models.CheckConstraint(condition=ONE_OF_TWO, name="messages_message_to_one"),
            models.UniqueConstraint(fields=["id", "drill"], name="messages_message_side"),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="messages_message_person"),
            models.Index(fields=["account", "-id"], name="messages_message_account"),
        ]


class Contact(models.Model):
    """連絡先 A mail address to which somebody wants to be told that a message has come."""

    person = models.BigIntegerField(_("宛名番号"), null=True, unique=True)
    account = models.BigIntegerField(_("職員"), null=True, unique=True)
    mail = models.EmailField(_("メールアドレス"), max_length=254)
    language = models.CharField(_("ことば"), max_length=8, default="ja")

    class Meta:
        verbose_name = _("連絡先")
        constraints = [models.CheckConstraint(condition=ONE_OF_TWO, name="messages_contact_of_one")]


class Delivery(models.Model):
    """送付 One message by one channel, from queued to sent or failed. ``drill`` repeats the message's, held by a foreign key."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    drill = models.BooleanField(_("訓練"))
    channel = models.CharField(_("経路"), max_length=8)
    address = models.CharField(_("送り先"), max_length=254)
    language = models.CharField(_("ことば"), max_length=8)
    state = models.CharField(_("状態"), max_length=8, default="queued")
    attempts = models.IntegerField(_("試した回数"), default=0)
    due = models.DateTimeField(_("次に送る時刻"), null=True, db_default=Now())
    last_error = models.CharField(_("最後の誤り"), max_length=200, default="")
    done_at = models.DateTimeField(_("済んだ時刻"), null=True)

    class Meta:
        verbose_name = _("送付")
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="messages_delivery_once"),
            models.CheckConstraint(
                condition=Q(drill=True, channel="drill") | Q(drill=False, channel="mail"), name="messages_delivery_side"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "retry", "sending"], due__isnull=False)
                | Q(state__in=["sent", "failed"], due__isnull=True),
                name="messages_delivery_state",
            ),
        ]
        indexes = [models.Index(fields=["due"], name="messages_delivery_due", condition=Q(due__isnull=False))]
