"""住民のページ One's own record, and who looked at it: in plain words, on a phone."""

from collections import Counter
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext, gettext_noop

from yakusho.blocks.pages import language
from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.registers.organisation import queries as organisation
from yakusho.systems.city.resident_records import queries
from yakusho.systems.city.resident_records.values import Looked
from yakusho.systems.city.resident_records.views.household import with_household

RECENT = timedelta(days=30)
LINES = 20
NOT_STAFF = gettext_noop("本人、または自動処理")


def mine(request: Request) -> HttpResponse:
    """自分の住民記録 What the city has recorded about oneself and one's household, and what changed when."""
    enter(request, queries.who_looked.allowed)
    person = request.actor.person or 0
    one, view = with_household(person, by=request.actor, on=request.today)
    return page(
        request,
        "resident_records/mine.html",
        one=one,
        view=view,
        history=queries.history(person=person, by=request.actor, on=request.today),
    )


def looked(request: Request) -> HttpResponse:
    """わたしの記録を見た人 Lines, newest first, by pages of twenty, with how many there were this month."""
    enter(request, queries.who_looked.allowed)
    found = queries.who_looked(person=request.actor.person or 0, by=request.actor)
    chosen = request.GET.get("who", "")
    lines = [one for one in _named(request, found) if not chosen or one[2] == chosen]
    start = _start(request, len(lines))
    return page(
        request,
        "resident_records/looked.html",
        lines=lines[start : start + LINES],
        first=start + 1,
        last=min(start + LINES, len(lines)),
        of=len(lines),
        before=max(start - LINES, 0) if start else None,
        after=start + LINES if start + LINES < len(lines) else None,
        chosen=chosen,
        counts=_counts(request, found),
    )


def _start(request: Request, number: int) -> int:
    said = request.GET.get("from", "0")
    return min(int(said), max(number - 1, 0)) // LINES * LINES if said.isdecimal() else 0


def kind(one: Looked) -> str:
    """だれが Somebody of an office; or the resident, their household, the house at night."""
    return "staff" if one.office else "other"


def _named(request: Request, found: list[Looked]) -> list[tuple[Looked, str, str]]:
    english = language.current().code == "en"
    offices = {
        one.code: one.english if english and one.english else one.name
        for one in organisation.offices(by=request.actor, on=request.today)
    }
    return [(one, offices.get(one.office, one.office) or gettext(NOT_STAFF), kind(one)) for one in found]


def _counts(request: Request, found: list[Looked]) -> dict[str, int]:
    recent = Counter(kind(one) for one in found if one.at >= request.now - RECENT)
    return {"all": recent.total(), "staff": recent["staff"], "other": recent["other"]}
