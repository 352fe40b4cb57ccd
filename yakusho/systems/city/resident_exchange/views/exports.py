"""書出しのページ Ask, agree, take."""

from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yakusho.blocks.doors import InvalidInput
from yakusho.blocks.pages import language
from yakusho.blocks.pages.further import after_number, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.systems.city.resident_exchange import actions, queries
from yakusho.systems.city.resident_exchange.apps import RESIDENT_MANAGER
from yakusho.systems.city.resident_exchange.values import ExportPart

TONES = {"承認済み": "good", "承認待ち": "warn", "取出し中": "warn", "取出し済み": "", "期限切れ": "", "却下": ""}


def exports(request: Request) -> HttpResponse:
    """書出し The form, and the exports of before."""
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        towns = request.POST.get("towns", "").replace(",", " ").replace("、", " ").split()
        wish = {"purpose": request.POST.get("purpose", "").strip(), "towns": towns}
        try:
            asked = actions.ask_export(wish=wish, by=request.actor, on=request.today, at=request.now)
            return redirect("resident_exchange:export", asked.id)
        except InvalidInput as refused:
            english = language.current().word == "en"
            errors = [("#id_purpose", one.en if english else one.ja) for one in refused.errors]
    found = queries.exports(after=after_number(request), by=request.actor, at=request.now)
    lines, more = cut(found, queries.LATEST, lambda one: one.id)
    return page(
        request,
        "resident_exchange/exports.html",
        status=422 if errors else 200,
        exports=[(one, TONES[one.state]) for one in lines],
        more=more,
        typed=request.POST,
        errors=errors,
    )


def export(request: Request, export: int) -> HttpResponse:
    """1件の書出し What was asked for, who agreed, and what can be done now."""
    if request.method == "POST":
        door = actions.agree_export if request.POST.get("act") == "agree" else actions.refuse_export
        door(export=export, by=request.actor, at=request.now)
        return redirect("resident_exchange:export", export)
    one = queries.export(export=export, by=request.actor, at=request.now)
    waiting = one.state == "承認待ち" and request.actor.holds(RESIDENT_MANAGER.name)
    return page(
        request,
        "resident_exchange/export.html",
        export=one,
        tone=TONES[one.state],
        may_decide=waiting and not one.own,
        waits_for_another=waiting and one.own,
        may_take=one.own and one.state == "承認済み",
    )


@require_POST
def take(request: Request, export: int) -> HttpResponseBase:
    """取出し The file, streamed part by part; what is refused is refused before the first byte."""
    first = actions.take_export(export=export, by=request.actor, at=request.now)
    return StreamingHttpResponse(
        _parts(request, export, first),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="residents_{export}.csv"', "Cache-Control": "no-store"},
    )


def _parts(request: Request, export: int, part: ExportPart) -> Iterator[str]:
    yield part.text
    while part.after is not None:
        part = actions.take_export(export=export, after=part.after, by=request.actor, at=request.now)
        yield part.text
