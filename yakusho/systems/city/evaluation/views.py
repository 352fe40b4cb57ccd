"""The public page of the plans, and its table as a file."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.pages import language
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.kit.cells import written
from yakusho.systems.city.evaluation import charts, queries
from yakusho.systems.city.evaluation.rules import Plan
from yakusho.systems.city.evaluation.values import MeasureView

STATUS = {
    "done": (_("実施"), "info"),
    "partly": (_("一部着手"), ""),
    "done_or_partly": (_("実施または一部着手"), ""),
    "not_started": (_("未着手"), "warn"),
}
RUNNING = {"running": (_("稼働中"), "good"), "prepared": (_("準備中"), ""), "planned": (_("計画中"), "")}


def overview(request: Request) -> HttpResponse:
    """情報化の取組 Totals, pillars, plans, and each named measure with the system that answers to it."""
    told = queries.overview(by=request.actor)
    pillar = next((one for one in told.pillars if one.id == request.GET.get("pillar")), told.pillars[0])
    measures = queries.measures(pillar=pillar.id, by=request.actor, on=request.today)
    longest = max(one.counts.measures for one in told.pillars)
    return page(
        request,
        "evaluation/overview.html",
        told=told,
        english=language.current().word == "en",
        bars=[(one, charts.bar(one, longest)) for one in told.pillars],
        columns=charts.columns(told.plans),
        pillar=pillar,
        rows=[_row(one, told.plans) for one in measures],
        use=queries.use(by=request.actor, on=request.today),
        days=queries.DAYS,
    )


def measures_csv(request: Request) -> HttpResponse:
    """施策一覧のCSV One cell one datum: UTF-8 with a mark, for spreadsheets too."""
    heading = ["pillar", "name", "name_en", "plans", "result", "reason", "system", "state", "acts", "looks"]
    rows: list[list[str | int]] = [
        [
            one.pillar,
            one.name,
            one.english,
            " ".join(map(str, one.plans)),
            one.status,
            one.why,
            one.system,
            one.running,
            one.acts,
            one.looks,
        ]
        for one in queries.measures(by=request.actor, on=request.today)
    ]
    headers = {"Content-Disposition": 'attachment; filename="measures.csv"'}
    return HttpResponse(written([heading, *rows]), content_type="text/csv; charset=utf-8", headers=headers)


def _row(one: MeasureView, plans: list[Plan]) -> dict[str, object]:
    held = [plan for plan in plans if plan.plan in one.plans]
    return {
        "measure": one,
        "first": held[0] if held else None,
        "last": held[-1] if len(held) > 1 else None,
        "status": STATUS[one.status],
        "running": RUNNING[one.running],
    }
