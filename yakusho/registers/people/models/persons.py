"""Who there is: the rows that are locked before anything is said about a person or a household."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NONCE, TAG = 12, 16


class Person(models.Model):
    """宛名番号 A person; everything else about them is a fact with history. The row is the lock of all their facts."""

    id = models.BigAutoField(_("宛名番号"), primary_key=True)


class Household(models.Model):
    """世帯番号 A household; who belongs to it is said by the residences."""

    id = models.BigAutoField(_("世帯番号"), primary_key=True)


class PersonNumber(models.Model):
    """個人番号・住民票コード A number, encrypted (AES-GCM); found again only by a keyed hash.

    The check digit is verified before encrypting; here the lengths hold: nonce, digits, tag.
    """

    person_id: int

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("番号の種類"), max_length=6)
    sealed = models.BinaryField(_("暗号文"))
    digest = models.BinaryField(_("鍵付きハッシュ"))
    since = models.DateField(_("記載年月日"))
    replaced_on = models.DateField(_("変更年月日"), null=True)
    known_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "digest"], name="people_personnumber_once"),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(replaced_on__isnull=True),
                name="people_personnumber_one_in_force",
            ),
            models.CheckConstraint(
                name="people_personnumber_shape",
                condition=Q(kind="個人番号", sealed__octet_length=NONCE + 12 + TAG, digest__octet_length=32)
                | Q(kind="住民票コード", sealed__octet_length=NONCE + 11 + TAG, digest__octet_length=32),
            ),
            models.CheckConstraint(
                name="people_personnumber_days",
                condition=Q(replaced_on__isnull=True) | Q(replaced_on__gte=models.F("since")),
            ),
        ]


class OctetLength(models.Transform):
    """Bytes of a binary column."""

    lookup_name = "octet_length"
    function = "octet_length"
    output_field = models.IntegerField()


models.BinaryField.register_lookup(OctetLength)
