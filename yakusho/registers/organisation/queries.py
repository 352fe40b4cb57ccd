"""What can be asked of the register of the organisation. Holders of posts are public: they act in the city's name."""

from datetime import date, datetime

from django.conf import settings

from yakusho.blocks.doors import EVERYONE, STAFF, Actor, query
from yakusho.blocks.history import record
from yakusho.kit.refusal import NotFound
from yakusho.registers.organisation import rules
from yakusho.registers.organisation.formats import read_closings
from yakusho.registers.organisation.models import Holding, Office
from yakusho.registers.organisation.values import HolderView, OfficeView, OpenHours, Signatory


@query(allowed=EVERYONE)
def offices(*, by: Actor, on: date) -> list[OfficeView]:
    """課一覧 All offices on a day, by code."""
    return [_office(row) for row in Office.objects.filter(valid__contains=on).order_by("code")]


@query(allowed=EVERYONE)
def office(*, code: str, by: Actor, on: date) -> OfficeView:
    """課 The office of a code on a day. Refusals: NotFound."""
    row = Office.objects.filter(code=code, valid__contains=on).first()
    if row is None:
        raise NotFound
    return _office(row)


@query(allowed=STAFF)
def holders(*, office: str = "", by: Actor, on: date, known_at: datetime | None = None) -> list[HolderView]:
    """在職者一覧 Who holds which post on a day, of one office or of all, highest first."""
    rows = record.as_of(Holding.objects.select_related("post"), on=on, known_at=known_at)
    rows = rows.filter(post__office=office) if office else rows
    return [_holder(row) for row in rows.order_by("post__rank", "post__office", "post__code")]


@query(allowed=EVERYONE)
def holder(*, post: str, by: Actor, on: date, known_at: datetime | None = None) -> HolderView:
    """在職者 Who holds a post on a day. Refusals: NotFound for a vacant or unknown post."""
    facts = Holding.objects.select_related("post").filter(post__code=post)
    row = record.as_of(facts, on=on, known_at=known_at).first()
    if row is None:
        raise NotFound
    return _holder(row)


@query(allowed=EVERYONE)
def signatory(*, by: Actor, on: date, known_at: datetime | None = None) -> Signatory:
    """証明者 In whose name papers are issued on a day. Refusals: NotFound while nobody holds the post."""
    facts = Holding.objects.select_related("post").filter(post__signs=True)
    row = record.as_of(facts, on=on, known_at=known_at).first()
    if row is None:
        raise NotFound
    city = settings.CITY
    return Signatory(
        title=city["mayor"]["title"],
        title_english=city["mayor"]["title_english"],
        name=row.name,
        name_english=row.english,
        seal=city["signing"]["label"],
        seal_english=city["signing"]["label_english"],
    )


@query(allowed=EVERYONE)
def open_hours(*, office: str, by: Actor, on: date) -> OpenHours:
    """開庁時間 Whether an office's counter is open on a day, from when until when, or why not. Refusals: NotFound."""
    row = Office.objects.filter(code=office, valid__contains=on).first()
    if row is None:
        raise NotFound
    closings = read_closings(settings.CITY_DIR)
    if reason := rules.closed_because(on, yearly=closings.yearly, days=closings.days):
        return OpenHours(open=False, reason=reason[0], reason_english=reason[1])
    if row.opens is None:
        return OpenHours(open=False, reason="窓口はありません。", reason_english="This office has no counter.")
    return OpenHours(open=True, opens=row.opens, closes=row.closes)


def _office(row: Office) -> OfficeView:
    return OfficeView(**{name: getattr(row, name) for name in OfficeView.model_fields})


def _holder(row: Holding) -> HolderView:
    return HolderView(
        post=row.post.code,
        title=row.post.title,
        english_title=row.post.english,
        office=row.post.office,
        name=row.name,
        kana=row.kana,
        english=row.english,
        account=row.account,
        from_=row.valid.lower,
        until=row.valid.upper,
    )
