"""What is done to the register of the organisation: the city's files are loaded."""

from datetime import date
from typing import Any

from django.conf import settings

from yakusho.blocks.doors import HOUSE, Actor, action, note
from yakusho.blocks.history import record
from yakusho.blocks.identity.models import Account
from yakusho.kit.periods import Period
from yakusho.registers.organisation.formats import Chart, HolderRow, OfficeRow, logins, read_chart
from yakusho.registers.organisation.models import Holding, Office, Post
from yakusho.registers.organisation.values import OrganisationLoad

OPENS = date(1889, 4, 1)  # 市制施行: earlier than anything that is asked of an office


@action(allowed=HOUSE)
def load_organisation(*, by: Actor, on: date) -> OrganisationLoad:
    """組織の取込み Load offices, posts and holders from the city's files; harmless to repeat.

    An office that changed or is gone ends today and begins anew; holders are kept with history.
    """
    chart = read_chart(settings.CITY_DIR)
    load = OrganisationLoad(offices=load_offices(chart, on=on), posts=load_posts(chart), holdings=load_holders(chart))
    note(**load.model_dump())
    return load


def load_offices(chart: Chart, *, on: date) -> int:
    """Bring the offices to the state of the chart; returns how many changed. Inside an action only."""
    rows = {row.code: row for row in Office.objects.select_for_update().filter(valid__endswith__isnull=True)}
    wanted = {row.code: _columns(row) for row in chart.offices}
    changed = [code for code in rows.keys() | wanted.keys() if _known(rows.get(code)) != wanted.get(code)]
    begins = on if Office.objects.exists() else OPENS
    for code in changed:
        _end(rows.get(code), on)
    Office.objects.bulk_create(
        Office(valid=record.days(Period(begins)), **wanted[code]) for code in sorted(changed) if code in wanted
    )
    return len(changed)


def load_posts(chart: Chart) -> int:
    """Bring the posts to the state of the chart; a post is never deleted, for people have held it."""
    known = {row["code"]: row for row in Post.objects.values(*chart.posts[0].model_dump())}
    changed = [row.model_dump() for row in chart.posts if known.get(row.code) != row.model_dump()]
    for row in changed:
        Post.objects.update_or_create(code=row["code"], defaults=row)
    return len(changed)


def load_holders(chart: Chart) -> int:
    """Bring what is believed of each post to the state of the chart; returns how many posts changed."""
    accounts = dict(Account.objects.filter(login__in=logins(chart.holders)).values_list("login", "pk"))
    posts = dict(Post.objects.values_list("code", "pk"))
    believed: dict[int, set[tuple[object, ...]]] = {}
    for row in record.known(Holding.objects.select_related("post")):
        span = (row.valid.lower, row.valid.upper)
        believed.setdefault(row.post.pk, set()).add((*span, row.name, row.kana, row.english, row.account))
    changed = 0
    for code, post in posts.items():
        mine = [row for row in chart.holders if row.post == code]
        if believed.get(post, set()) != {_told(row, accounts) for row in mine}:
            _hold(post, mine, accounts)
            changed += 1
    return changed


def _hold(post: int, rows: list[HolderRow], accounts: dict[str, int]) -> None:
    at = record.instant(Post.objects.all(), [post])
    record.end(Holding, subject=post, valid=Period(OPENS), at=at)
    for row in rows:
        told: dict[str, Any] = {
            "name": row.name,
            "kana": row.kana,
            "english": row.english,
            "account": accounts.get(row.login),
        }
        record.put(Holding, subject=post, valid=Period(row.starts, row.until), at=at, **told)


def _told(row: HolderRow, accounts: dict[str, int]) -> tuple[object, ...]:
    return (row.starts, row.until, row.name, row.kana, row.english, accounts.get(row.login))


def _columns(row: OfficeRow) -> dict[str, object]:
    columns: dict[str, object] = row.model_dump(exclude={"hours"})
    hours = row.hours
    return columns | {"opens": hours.opens if hours else None, "closes": hours.closes if hours else None}


def _known(row: Office | None) -> dict[str, object] | None:
    if row is None:
        return None
    names = [name for name in OfficeRow.model_fields if name != "hours"]
    return {name: getattr(row, name) for name in (*names, "opens", "closes")}


def _end(row: Office | None, on: date) -> None:
    if row is None:
        return
    if row.valid.lower == on:  # begun and ended on one day: it never was
        row.delete()
    else:
        row.valid = record.days(Period(row.valid.lower, on))
        row.save(update_fields=["valid"])
