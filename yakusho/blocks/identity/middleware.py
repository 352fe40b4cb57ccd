"""操作者 Who is at this request: read anew each time, so that a right revoked is gone at the next one."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from yakusho.blocks.doors import Actor
from yakusho.blocks.identity.refusals import FreshProofNeeded, NotPrivate
from yakusho.blocks.identity.request import Request
from yakusho.blocks.identity.tokens import actor_from_bearer
from yakusho.blocks.identity.ways import visits
from yakusho.kit.refusal import Refusal

Answer = Callable[[HttpRequest], HttpResponse]
API = ("/api/actions/", "/api/queries/")


class ActorMiddleware:
    """操作者 Sets `request.actor` from the session's account and its appointments of `request.today`, by one statement.

    Also `request.visit` (the session's record or None) and `request.idle_seconds` (how long the session lasts without a
    sign of life; 0 for nobody). On the API a bearer token takes the place of the session.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        token = request.headers.get("Authorization", "")
        try:
            _check_private(request)
            request.actor = _by_token(request, token) if token else visits.actor_of(request)
        except Refusal as refusal:
            return JsonResponse(refusal.problem(), status=refusal.status, content_type="application/problem+json")
        request.idle_seconds = int(visits.limits(request.visit).idle.total_seconds()) if request.visit else 0
        return self.get_response(request)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        """A page that needs a fresh proof asks for it and comes back."""
        if not isinstance(error, FreshProofNeeded) or request.visit is None or request.path.startswith("/api/"):
            return None
        return redirect(f"{reverse('identity:again')}?{urlencode({'next': request.path})}")


def _check_private(request: Request) -> None:
    """A browser was led to https already; a program would go on sending its token in clear, unnoticed."""
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        raise NotPrivate


def _by_token(request: Request, token: str) -> Actor:
    request.visit = None
    door = next((request.path.removeprefix(part) for part in API if request.path.startswith(part)), "")
    return actor_from_bearer(token, on=request.today, at=request.now, door=door)
