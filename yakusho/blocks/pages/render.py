"""ページを描く One way to answer with a page: template, shell, language, ruby."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from yakusho.blocks.doors import NOBODY, STAFF
from yakusho.blocks.pages import language
from yakusho.blocks.pages.furigana import with_ruby

PORTAL, DESK = "pages/portal.html", "pages/desk.html"


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """ページ The template as an answer; `shell` is the desk for staff and the portal for everyone else."""
    context.setdefault("shell", shell_for(request))
    html = render_to_string(template, context, request)
    if language.current().code == language.EASY:
        return HttpResponse(with_ruby(html), status=status)
    return HttpResponse(html, status=status)


def shell_for(request: HttpRequest) -> str:
    """外枠 The frame for whoever is signed in."""
    return DESK if STAFF.granting(getattr(request, "actor", NOBODY)) else PORTAL
