"""Tables of the record. Rows are only ever added; the migrations take every other right away, also from the owner."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

KINDS = {
    "action": _("手続"),
    "query": _("閲覧"),
    "denied": _("拒否"),
    "event": _("できごと"),
}


class TransactionId(models.Field):
    """A transaction of PostgreSQL, never reused within one cluster (xid8)."""

    def db_type(self, connection: object) -> str:
        return "xid8"


def _now() -> Func:
    """The instant of the row itself; now() would be the start of its transaction."""
    return Func(function="clock_timestamp", output_field=models.DateTimeField())


def _transaction() -> Func:
    return Func(function="pg_current_xact_id", output_field=TransactionId())


class Entry(models.Model):
    """監査記録 One act or one look: who, in which role, why, about whom (keyed hashes), what, when."""

    id = models.BigAutoField(_("番号"), primary_key=True)
    xid = TransactionId(_("トランザクション"), db_default=_transaction())
    at = models.DateTimeField(_("日時"), db_default=_now())
    kind = models.TextField(_("種別"), choices=KINDS)
    door = models.TextField(_("操作"))
    actor = models.IntegerField(_("操作者"))
    actor_name = models.TextField(_("操作者名"))
    role = models.TextField(_("役割"))
    office = models.TextField(_("所属"))
    purpose = models.TextField(_("目的"))
    case = models.TextField(_("事案"))
    subjects = ArrayField(models.BinaryField(), verbose_name=_("対象者"))
    node = models.TextField(_("機器"))
    body = models.JSONField(_("内容"))

    class Meta:
        verbose_name = _("監査記録")
        constraints = [models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="audit_entry_kind")]
        indexes = [
            GinIndex(fields=["subjects"], name="audit_entry_subjects"),
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["xid", "id"], name="audit_entry_order"),
            models.Index(fields=["actor", "at"], name="audit_entry_actor"),
        ]


class Leaf(models.Model):
    """葉 The place of an entry in the log; places have no gaps."""

    leaf = models.BigIntegerField(_("位置"), primary_key=True)
    entry = models.BigIntegerField(_("監査記録"), unique=True)

    class Meta:
        verbose_name = _("葉")
        constraints = [models.CheckConstraint(condition=Q(leaf__gte=0), name="audit_leaf_place")]


class LogCursor(models.Model):
    """読取位置 How far the entries have places: everything up to (xid, entry) in the current epoch.

    An epoch is the life of one database cluster: transaction numbers start again in another one (``system``).
    """

    one = models.BooleanField(primary_key=True, default=True)
    epoch = models.IntegerField(_("世代"))
    system = models.TextField(_("クラスタ"))
    after = models.BigIntegerField(_("前の世代の最後の記録"))
    xid = TransactionId(_("トランザクション"))
    entry = models.BigIntegerField(_("監査記録"))
    size = models.BigIntegerField(_("葉の数"))

    class Meta:
        verbose_name = _("読取位置")
        constraints = [models.CheckConstraint(condition=Q(one=True), name="audit_logcursor_one")]


class Checkpoint(models.Model):
    """チェックポイント A signed statement of how large the log is and what it holds."""

    size = models.BigIntegerField(_("葉の数"), primary_key=True)
    root = models.BinaryField(_("根"))
    note = models.TextField(_("署名つき文書"))
    at = models.DateTimeField(_("日時"), db_default=_now())

    class Meta:
        verbose_name = _("チェックポイント")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="audit_checkpoint_size")]
