"""The one table of the doors."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models


class Key(models.Model):
    """冪等キー A request key with its first result."""

    key = models.CharField(primary_key=True, max_length=100)
    actor = models.BigIntegerField()
    door = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    result = models.TextField(default="", db_default="")
    at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="doors_key_is_not_empty")]
