"""支援措置 Reminders, requests, decisions, and releases by two officers; no page here shows a protected address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import Select
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yakusho.blocks.documents import kinds
from yakusho.blocks.identity.proof import fresh_proof
from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.further import after_text, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import queries as people
from yakusho.registers.people.values import DueMark, Protection, Release
from yakusho.systems.city.resident_records import actions, queries
from yakusho.systems.city.resident_records.views import notices
from yakusho.systems.city.resident_records.views.members import Picking
from yakusho.systems.city.resident_records.views.notice import NoticePage


def protections(request: Request) -> HttpResponse:
    """支援措置 Measures that need a decision soon; the way to one person's measures, and to one release."""
    found = queries.due_protections(after=_mark(request), by=request.actor, on=request.today)
    due, more = cut(found, people.DUE, lambda one: f"{one.until}_{one.id}")
    return page(
        request,
        "resident_records/protections.html",
        due=[(one, one.until is not None and one.until <= request.today) for one in due],
        more=more,
    )


def _mark(request: Request) -> DueMark | None:
    """The last line before, from the address: its end and its number."""
    until, _sep, number = after_text(request).partition("_")
    try:
        return DueMark(until=date.fromisoformat(until), after=int(number))
    except ValueError:
        return None


def of_person(request: Request, person: int) -> HttpResponse:
    """ある人の支援措置 All measures of one person; who may decide, decides here."""
    one = queries.person(person=person, by=request.actor, on=request.today)
    return page(
        request,
        "resident_records/protection.html",
        one=one,
        found=queries.protections(person=person, by=request.actor),
        decides=actions.confirm_protection.allowed.granting(request.actor) is not None,
    )


def release(request: Request, release: int) -> HttpResponse:
    """解除 One release: who asked, who agreed, how many minutes are left."""
    enter(request, queries.release.allowed)
    found = queries.release(release=release, by=request.actor)
    left = (found.until - request.now).total_seconds() // 60 if found.until else 0
    paper = kinds.get(found.paper)
    return page(
        request,
        "resident_records/release.html",
        release=found,
        one=queries.person(person=found.person, by=request.actor, on=request.today),
        minutes=max(int(left), 0),
        paper=paper.title if paper else found.paper,
        own=found.asked_by == request.actor.name,
        agrees=actions.agree_release.allowed.granting(request.actor) is not None,
    )


def find_release(request: Request) -> HttpResponse:
    """解除番号 From the number that the first officer says to the release itself."""
    enter(request, queries.release.allowed)
    number = request.GET.get("number", "").strip()
    if not number.isdecimal():
        raise NotFound
    return release(request, int(number))


def decided(request: Request, result: Protection) -> str:
    """決定のあと Back to the person's measures."""
    return reverse("resident_records:protection", args=[result.person])


def asked(request: Request, result: Release) -> str:
    """申請のあと The release, with its number for the second officer."""
    return reverse("resident_records:release", args=[result.id])


class ReleasePage(NoticePage):
    """解除の申請のページ The papers to choose from are those that the house makes."""

    def form(self, request: Request, address: Mapping[str, Any], data: Any = None, key: str = "") -> Form:
        """The form, with its list of papers."""
        form = super().form(request, address, data, key)
        choices = [("", _("選んでください")), *((kind.name, _(kind.title)) for kind in kinds.values())]
        form.plain.fields["paper"].widget = Select({"class": "input"}, choices=choices)
        return form


def numbered(request: Request, **address: Any) -> dict[str, Any]:
    """対象 The measure that a decision is about."""
    return {"number": address["protection"]}


request_protection = NoticePage(
    actions.request_protection,
    part="request",
    about=notices.person,
    picking=Picking("together", "number", others="", notice="request", alone=True, typed=False),
    done=decided,
    template="resident_records/protection_request.html",
    title=gettext_lazy("支援措置の申出"),
)
decision: dict[str, Any] = {"part": "", "done": decided, "template": "resident_records/decision.html"}
confirm_protection = NoticePage(
    actions.confirm_protection,
    **decision,
    more=numbered,
    title=gettext_lazy("支援措置の決定"),
    button=gettext_lazy("決定する"),
)
extend_protection = NoticePage(
    actions.extend_protection,
    **decision,
    more=numbered,
    title=gettext_lazy("支援措置の延長"),
    button=gettext_lazy("1年延長する"),
)
end_protection = NoticePage(
    actions.end_protection,
    **decision,
    more=numbered,
    title=gettext_lazy("支援措置の終了"),
    button=gettext_lazy("終了する"),
)
ask_release = ReleasePage(
    actions.ask_release,
    part="",
    done=asked,
    template="resident_records/ask_release.html",
    title=gettext_lazy("住所の表示を申請する"),
    button=gettext_lazy("もう1人の確認を求める"),
)
agree_release = NoticePage(
    actions.agree_release,
    before=fresh_proof(minutes=5),
    part="",
    done=asked,
    template="resident_records/agree_release.html",
    title=gettext_lazy("住所の表示を承認する"),
    button=gettext_lazy("15分間だけ承認する"),
)
