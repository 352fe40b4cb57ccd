"""ページを描く One way to answer with a page: template and shell."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yakusho.blocks.doors import NOBODY, STAFF

PORTAL, DESK = "pages/portal.html", "pages/desk.html"


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """ページ The template as an answer; `shell` is the desk for staff and the portal for everyone else."""
    context.setdefault("shell", shell_for(request))
    return render(request, template, context, status=status)


def shell_for(request: HttpRequest) -> str:
    """外枠 The frame for whoever is signed in."""
    return DESK if STAFF.granting(getattr(request, "actor", NOBODY)) else PORTAL
