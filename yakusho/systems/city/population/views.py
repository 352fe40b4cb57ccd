"""The public page of the population, and its tables as files."""

from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse

from yakusho.blocks.pages import language
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.kit.calendar import parse_day
from yakusho.kit.names import address_fold
from yakusho.kit.refusal import BadInput
from yakusho.systems.city.population import charts, formats, queries
from yakusho.systems.city.population.values import Statistics

LINES = 50
CITY = {"code": settings.CITY["code"], "city": settings.CITY["name"]}


def overview(request: Request) -> HttpResponse:
    """人口と世帯 The city, its pyramid, the last five years, and the towns."""
    on, errors = _day(request)
    told = queries.statistics(by=request.actor, on=on)
    months = queries.months(by=request.actor, on=on)
    asked = request.GET.get("town", "").strip()[:100]
    wanted = address_fold(asked)
    found = [one for one in told.towns if not wanted or wanted in address_fold(one.name)]
    found.sort(key=lambda one: -(one.total or 0))  # hidden ones stay in the order of their codes
    lines = Paginator(found, LINES).get_page(request.GET.get("page"))
    return page(
        request,
        "population/overview.html",
        status=422 if errors else 200,
        told=told,
        english=language.current().word == "en",
        pyramid=charts.pyramid(told.city.bands),
        curve=charts.curve(months),
        months=months[::-1],
        asked=asked,
        typed=request.GET.get("on", ""),
        lines=lines,
        page_obj=lines,
        errors=errors,
    )


def towns_csv(request: Request) -> HttpResponse:
    """地域・年齢別人口のCSV The recommended data set as of the first of the month asked."""
    told: Statistics = queries.statistics(by=request.actor, on=_day(request)[0])
    text = formats.by_town(told, prefecture=settings.CITY["prefecture"], **CITY)
    return _file(text, f"population_{CITY['code']}_{told.on:%Y%m%d}.csv")


def months_csv(request: Request) -> HttpResponse:
    """月別の人口と異動のCSV Five years by month."""
    on = _day(request)[0]
    return _file(formats.by_month(queries.months(by=request.actor, on=on), **CITY), f"population_months_{on:%Y%m}.csv")


def _day(request: Request) -> tuple[date, list[tuple[str, str]]]:
    """The month of the day asked, or this one; a day that cannot be read or lies ahead is said so and this one is shown."""
    typed = request.GET.get("on", "").strip()
    try:
        return (min(parse_day(typed), request.today) if typed else request.today).replace(day=1), []
    except BadInput as wrong:
        return request.today.replace(day=1), [("#id_on", language.sentence(wrong))]


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
