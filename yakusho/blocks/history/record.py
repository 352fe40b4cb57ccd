"""Writing and reading facts. The subject's row is locked first, then the clock is read: rivals wait instead of failing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from yakusho.blocks.history.models import Fact
from yakusho.kit.periods import Period
from yakusho.kit.refusal import Refusal

F = TypeVar("F", bound=Fact)
TICK = timedelta(microseconds=1)


class BuiltUpon(Refusal):
    """この異動のあとに別の異動が記録されています。新しいものから順に取り消してください。
    / A later change builds on this one. Cancel the later change first."""


def days(period: Period) -> DateRange:
    """The period as the database's range of days."""
    return DateRange(period.from_, period.until, "[)")


def period(valid: DateRange) -> Period:
    """The database's range of days as a period."""
    return Period(valid.lower, valid.upper)


def instant(subjects: models.QuerySet[Any], ids: Iterable[int]) -> datetime:
    """処理日時 Lock the subjects' rows in order, then read the clock: the one instant at which a whole movement is known.

    The lock is a statement of its own: a clock read in the same statement would be read before the wait.
    """
    list(subjects.filter(pk__in=sorted(ids)).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def as_of(facts: models.QuerySet[F], *, on: date, known_at: datetime | None = None) -> models.QuerySet[F]:
    """基準日・認識日時 What held on a day, as believed now or as believed at an instant."""
    return known(facts, known_at=known_at).filter(valid__contains=on)


def known(facts: models.QuerySet[F], *, known_at: datetime | None = None) -> models.QuerySet[F]:
    """All facts as believed now, or as believed at an instant."""
    return facts.filter(known__endswith__isnull=True) if known_at is None else facts.filter(known__contains=known_at)


def _after(at: datetime, rows: Sequence[Fact]) -> datetime:
    """An instant after every belief that is to be closed, even when the clock has stepped back."""
    return max([at, *(row.known.lower + TICK for row in rows)])


def _copy(row: F, valid: DateRange, at: datetime, cause: int | None) -> F:
    model = type(row)
    kept = {
        name: getattr(row, name) for name in (*model.own_fields(), model._meta.get_field(model.subject_field).attname)
    }
    return model(valid=valid, known=DateTimeTZRange(at, None, "[)"), cause=cause, **kept)


def _close(model: type[F], subject: int, span: Period, *, at: datetime, cause: int | None) -> tuple[datetime, list[F]]:
    """Close what is believed about the span; what lay outside the span is believed again from the same instant."""
    mine = known(model._default_manager.filter(**{model.subject_field: subject}, valid__overlap=days(span)))
    rows = list(mine.order_by("pk"))
    at = _after(at, rows)
    if rows:
        _end(model, [row.pk for row in rows], at, cause)
    rest = [_copy(row, days(piece), at, row.cause) for row in rows for piece in period(row.valid).subtract(span)]
    return at, rest


def _end(model: type[F], ids: list[int], at: datetime, cause: int | None) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} set known = tstzrange(lower(known), %s), closed_by = %s where id = any(%s)",  # noqa: S608
            [at, cause, ids],
        )


def fact(model: type[F], subject: int, valid: Period, *, at: datetime, cause: int | None = None, **values: Any) -> F:
    """A fact known from ``at`` on, not yet written: for subjects about whom nothing is believed."""
    attname = model._meta.get_field(model.subject_field).attname
    return model(valid=days(valid), known=DateTimeTZRange(at, None, "[)"), cause=cause, **{attname: subject}, **values)


def put(model: type[F], *, subject: int, valid: Period, at: datetime, cause: int | None = None, **values: Any) -> F:
    """Record that a fact holds in a period, known from ``at`` on; earlier beliefs about those days are closed, not changed.

    Three statements. ``at`` comes from :func:`instant`.
    """
    at, rest = _close(model, subject, valid, at=at, cause=cause)
    new = fact(model, subject, valid, at=at, cause=cause, **values)
    return model._default_manager.bulk_create([*rest, new])[-1]


def end(model: type[F], *, subject: int, valid: Period, at: datetime, cause: int | None = None) -> None:
    """Record that nothing holds in a period any more (a record that ends: 転出, 死亡)."""
    _, rest = _close(model, subject, valid, at=at, cause=cause)
    model._default_manager.bulk_create(rest)


def revert(model: type[F], *, subject: int, cause: int, at: datetime, by_cause: int | None = None) -> None:
    """取消 Believe again what was believed before a movement: what it wrote is closed, what it closed is known anew.

    Refusals: BuiltUpon when a later movement has changed what this one wrote, or now believes something of its days.
    """
    mine = model._default_manager.filter(**{model.subject_field: subject})
    span = _span_of(mine, cause)
    if span is None:
        return
    before = _told(known(mine, known_at=span[0] - TICK))
    after, now = _told(known(mine, known_at=span[1])), _told(known(mine))
    written, lost = after.keys() - before.keys(), before.keys() - after.keys()
    if not written <= now.keys():
        raise BuiltUpon
    at = _after(at, list(now.values()))
    if written:
        _end(model, [now[told].pk for told in written], at, by_cause)
    again = [_copy(before[told], before[told].valid, at, before[told].cause) for told in sorted(lost, key=str)]
    if any(known(mine.filter(valid__overlap=row.valid)).exists() for row in again):
        raise BuiltUpon
    model._default_manager.bulk_create(again)


def _span_of(mine: models.QuerySet[F], cause: int) -> tuple[datetime, datetime] | None:
    """First and last instant at which a movement wrote about a subject; None when it never did."""
    closed = [row.known.upper for row in mine.filter(closed_by=cause)]
    moments = closed + [row.known.lower for row in mine.filter(cause=cause)]
    return (min(moments), max([min(moments), *closed])) if moments else None


def _told(facts: models.QuerySet[F]) -> dict[tuple[Any, ...], F]:
    """Facts by what they say: days and values, whoever wrote them."""
    names = facts.model.own_fields()
    return {(row.valid.lower, row.valid.upper, *(str(getattr(row, name)) for name in names)): row for row in facts}
