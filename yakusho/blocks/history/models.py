"""履歴 Facts that hold on days (``valid``) and were believed at instants (``known``); nothing is overwritten."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q


class Fact(models.Model):
    """事実 Base of every fact: subclasses add the subject (a foreign key) and their own columns.

    ``valid`` half-open days (異動日), ``known`` half-open instants (処理日時), ``cause`` the movement that wrote it,
    ``closed_by`` the movement that ended the belief. At most one truth is believed now for each subject and day.
    """

    subject_field = "person"

    valid = DateRangeField()
    known = DateTimeRangeField()
    cause = models.BigIntegerField(null=True)
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def own_fields(cls) -> list[str]:
        """Attribute names of the columns that say what holds, without subject and time."""
        time = {"id", "valid", "known", "cause", "closed_by"}
        subject = cls._meta.get_field(cls.subject_field).attname
        return [name for field in cls._meta.concrete_fields if (name := field.attname) not in time | {subject}]


def one_truth(table: str, subject: str = "person") -> list[models.BaseConstraint]:
    """Constraints of a fact table: no two beliefs of now overlap; ranges are neither empty nor ended by 'infinity'.

    The condition is written ``upper(known) is null`` (never ``upper_inf``, which the planner guesses at a third).
    """
    return [
        ExclusionConstraint(
            name=f"{table}_one_truth",
            expressions=[
                (OpClass(subject, name="gist_int8_ops"), RangeOperators.EQUAL),
                ("valid", RangeOperators.OVERLAPS),
            ],
            condition=Q(known__endswith__isnull=True),
        ),
        models.CheckConstraint(
            name=f"{table}_ranges",
            condition=Q(
                valid__isempty=False,
                valid__startswith__isnull=False,
                known__isempty=False,
                known__startswith__isnull=False,
            ),
        ),
    ]
