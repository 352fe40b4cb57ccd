"""うまくいかないとき Pages for refusals, wrong addresses and our own faults: what happened, and what became of the answers."""

import logging
import secrets
import sys
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from yakusho.blocks.pages import clock
from yakusho.blocks.pages.access import sign_in_address
from yakusho.blocks.pages.language import sentence
from yakusho.blocks.pages.render import PORTAL, page
from yakusho.kit.refusal import Refusal

log = logging.getLogger("yakusho.pages")
LAST_RESORT = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>問題が起きました</title>
<h1>問題が起きました</h1><p>市の側の問題です。少し待ってから、もう一度お試しください。</p>"""


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """拒否 The page of a refusal that no form could show."""
    if refusal.status == 403 and (where := sign_in_address(request)):
        return HttpResponseRedirect(where)
    titles = {
        403: _("この操作はできません"),
        404: _("見つかりません"),
        409: _("いまは、できません"),
        422: _("入力を確かめてください"),
    }
    title = titles.get(refusal.status, _("できませんでした"))
    return state(request, refusal.status, title, sentence(refusal), kept=_("何も変更していません。"))


def state(request: HttpRequest, status: int, title: str, lead: str, **more: Any) -> HttpResponse:
    """状態のページ A whole page that says one thing, with its status and a way on."""
    return page(request, "pages/state.html", status=status, title=title, lead=lead, **more)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 What came cannot be read."""
    return state(
        request,
        400,
        _("送られた内容を読めません"),
        _("前のページへ戻り、もう一度送ってください。"),
        kept=_("何も変更していません。"),
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 Not this person, or not signed in."""
    return state(
        request,
        403,
        _("この操作はできません"),
        _("サインインしているか、この操作の担当になっているかを確かめてください。"),
        kept=_("何も変更していません。"),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 The page was open for too long, or the browser keeps no cookies."""
    lead = _(
        "ページを開いてから時間がたったか、ブラウザがクッキーを受け付けていません。ページを開き直して、もう一度送ってください。"
    )
    return state(request, 403, _("もう一度送ってください"), lead, kept=_("何も変更していません。"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 No such address; a thing that belongs to somebody else looks the same."""
    lead = _("アドレスが変わったか、なくなったページです。手続きの名前でさがせます。")
    return state(request, 404, _("ページが見つかりません"), lead, search=True)


def unavailable(request: HttpRequest, until: datetime | None = None) -> HttpResponse:
    """503 Shut for a while, with the time at which it opens again."""
    answer = state(
        request,
        503,
        _("いまは、使えません"),
        _("点検のためです。"),
        until=until,
        kept=_("すでに受け付けたものは、保存されています。"),
    )
    if until:
        answer.headers["Retry-After"] = str(max(int((until - clock.read()).total_seconds()), 0))
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500 Our fault: said so, with a number to ask by; never fails itself."""
    number = f"E-{clock.read():%Y%m%d-%H%M%S}-{secrets.token_hex(2).upper()}"
    # the route, not the address: what stands in its places may be an invitation or a number
    log.error("%s %s", number, getattr(request.resolver_match, "route", "?"), exc_info=sys.exc_info())
    lead = _("市の側の問題です。あなたの操作のせいではありません。")
    kept = _("もう一度送っても、受付は1回だけです。")
    try:
        more = {"kept": kept, "number": number, "again": True, "shell": PORTAL}
        return state(request, 500, _("問題が起きました"), lead, **more)
    except Exception:
        log.exception("%s: the error page failed too", number)
        return HttpResponse(LAST_RESORT, status=500)
