"""Events, endpoints, and each event's way to each endpoint."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Endpoint(models.Model):
    """連携先 A receiver outside. Keys are derived from the house's own secret: only their version numbers are kept."""

    title = models.CharField(_("名前"), max_length=80)
    url = models.URLField(_("送り先"), max_length=500)
    events = ArrayField(models.CharField(max_length=120), verbose_name=_("受け取る出来事"))
    key_versions = ArrayField(models.IntegerField(), verbose_name=_("署名鍵の版"))
    active = models.BooleanField(_("有効"), default=True)

    class Meta:
        verbose_name = _("連携先")
        constraints = [
            models.CheckConstraint(condition=Q(key_versions__len__gte=1), name="exchange_endpoint_has_a_key"),
            models.CheckConstraint(condition=Q(events__len__gte=1), name="exchange_endpoint_wants_something"),
        ]


class Event(models.Model):
    """出来事 What happened, written in the transaction in which it happened; numbers and codes only."""

    hook = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("出来事"), max_length=120)
    subject = models.CharField(_("対象"), max_length=64)
    data = models.JSONField(_("内容"))
    at = models.DateTimeField(_("日時"), db_default=Now())

    class Meta:
        verbose_name = _("出来事")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"), name="exchange_event_name"
            )
        ]


class Dispatch(models.Model):
    """配信 The one row for one event and one endpoint, from queued to sent or dead."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="dispatches")
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="dispatches")
    state = models.CharField(_("状態"), max_length=8, default="queued")
    attempts = models.IntegerField(_("試した回数"), default=0)
    due = models.DateTimeField(_("次に送る時刻"), null=True, db_default=Now())
    last_status = models.IntegerField(_("最後の応答"), null=True)
    last_error = models.CharField(_("最後の誤り"), max_length=200, default="")
    done_at = models.DateTimeField(_("済んだ時刻"), null=True)

    class Meta:
        verbose_name = _("配信")
        constraints = [
            models.UniqueConstraint(fields=["event", "endpoint"], name="exchange_dispatch_once"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "retry", "sending", "sent", "dead"]), name="exchange_dispatch_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "dead"], due__isnull=True)
                | Q(~Q(state__in=["sent", "dead"]), due__isnull=False),
                name="exchange_dispatch_due_until_done",
            ),
        ]
        indexes = [
            models.Index(fields=["due"], name="exchange_dispatch_due", condition=Q(due__isnull=False)),
            models.Index(fields=["endpoint", "state"], name="exchange_dispatch_endpoint"),
            models.Index(fields=["endpoint", "-id"], name="exchange_dispatch_latest"),
            models.Index(fields=["-id"], name="exchange_dispatch_dead", condition=Q(state="dead")),
        ]
