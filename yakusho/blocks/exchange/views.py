"""Pages of the exchange: endpoints with their keys, and what could not be delivered."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.exchange import actions, queries
from yakusho.blocks.exchange.apps import OPERATORS
from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.further import after_number, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage, page


def endpoints(request: Request) -> HttpResponse:
    """連携先一覧 Receivers outside."""
    enter(request, OPERATORS)
    found = queries.endpoints(by=request.actor)
    return page(request, "exchange/endpoints.html", endpoints=found, counted=queries.COUNTED, desk=True)


def endpoint(request: Request, endpoint: int) -> HttpResponse:
    """連携先 One receiver: keys to hand over, and its latest dispatches."""
    enter(request, OPERATORS)
    keys = queries.signing_keys(endpoint=endpoint, by=request.actor)
    view = next(one for one in queries.endpoints(by=request.actor) if one.id == endpoint)
    found = queries.dispatches(endpoint=endpoint, after=after_number(request), by=request.actor)
    rows, more = cut(found, queries.SHOWN, lambda one: one.id)
    return page(request, "exchange/endpoint.html", endpoint=view, keys=keys, dispatches=rows, more=more, desk=True)


def dead_letters(request: Request) -> HttpResponse:
    """配信できなかった出来事 Each with a way to send it again."""
    enter(request, OPERATORS)
    found = queries.dead_letters(after=after_number(request), by=request.actor)
    rows, more = cut(found, queries.SHOWN, lambda one: one.id)
    return page(request, "exchange/dead_letters.html", dispatches=rows, more=more, desk=True)


def _its_page(request: Request, result: Any) -> str:
    return reverse("exchange:endpoint", args=[request.resolver_match.kwargs.get("endpoint", result)])


register = ActionPage(
    actions.register_endpoint, done=_its_page, desk=True, title=_("連携先の登録"), button=_("この連携先を登録する")
)
add_key = ActionPage(actions.add_key, done=_its_page, desk=True, title=_("署名鍵の追加"), button=_("鍵を1つ追加する"))
retire_key = ActionPage(
    actions.retire_key, done=_its_page, desk=True, title=_("署名鍵の廃止"), button=_("この鍵を廃止する")
)
pause = ActionPage(
    actions.pause_endpoint, done=_its_page, desk=True, title=_("連携の停止・再開"), button=_("この内容にする")
)
replay = ActionPage(
    actions.replay, done="exchange:dead_letters", desk=True, title=_("再送"), button=_("この出来事をもう一度送る")
)
