"""Tables of this room."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Copy(models.Model):
    """請求 What was asked for beside the paper's own request: whose records stand on it, why, for how many yen."""

    request = models.CharField(_("発行申請"), primary_key=True, max_length=32)
    people = ArrayField(models.BigIntegerField(), verbose_name=_("載せた人"))
    released = ArrayField(models.BigIntegerField(), verbose_name=_("解除した人"))
    fee = models.IntegerField(_("手数料（円）"))
    online = models.BooleanField(_("オンライン"))
    purpose = models.CharField(_("使いみち"), max_length=60, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(fee__gte=0), name="certificates_copy_fee")]
