"""表示 How the pages of this block answer: below the block of pages, so by plain templates in its shell."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from yakusho.blocks.identity.models import Account
from yakusho.blocks.identity.request import Request
from yakusho.kit.refusal import Refusal

NEXT = "next"


def show(request: Request, template: str, *, refusal: Refusal | None = None, **context: Any) -> HttpResponse:
    """ページ A template as an answer; a refusal stands on top, with its status."""
    errors = [("", sentence(refusal))] if refusal else []
    status = refusal.status if refusal else 200
    answer = render(request, f"identity/{template}.html", {"errors": errors, **context}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def sentence(refusal: Refusal) -> str:
    """拒否の文 In the language of the page."""
    return {"en": refusal.en, "ja-easy": refusal.easy}.get(get_language() or "ja", refusal.ja)


def remember_next(request: Request) -> None:
    """戻り先 Where to go afterwards, if it is an address of this very site."""
    wanted = request.GET.get(NEXT, "")
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        request.session[NEXT] = wanted


def go_on(request: Request, kind: str, wanted: str = "") -> HttpResponseRedirect:
    """続き To the remembered address, or the first page of that kind of account."""
    first = "/desk/" if kind == Account.Kind.STAFF else "/"
    return redirect(wanted or first)
