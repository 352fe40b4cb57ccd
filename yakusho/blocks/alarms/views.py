"""警報のページ What rang, for auditors."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yakusho.blocks.alarms import actions, queries
from yakusho.blocks.pages.further import after_number, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage, page


@require_safe
def alarms(request: Request) -> HttpResponse:
    """警報 Those that nobody has closed, or the closed ones."""
    closed = request.GET.get("closed") == "1"
    found = queries.alarms(by=request.actor, closed=closed, after=after_number(request))
    lines, more = cut(found, queries.PAGE, lambda one: one.alarm)
    return page(request, "alarms/alarms.html", alarms=lines, more=more, closed=closed, desk=True)


@require_safe
def alarm(request: Request, ring: int) -> HttpResponse:
    """警報 One, what to do about it, and its end."""
    return page(request, "alarms/alarm.html", alarm=queries.alarm(ring=ring, by=request.actor), desk=True)


close = ActionPage(
    actions.close_alarm,
    desk=True,
    title=_("警報を閉じる"),
    button=_("調査結果を記録して閉じる"),
    done="alarms:alarms",
)
