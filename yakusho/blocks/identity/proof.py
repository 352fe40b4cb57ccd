"""もう一度の確認 Steps that commit somebody ask for the card (or passkey) once more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from yakusho.blocks.doors import Actor
from yakusho.blocks.identity.refusals import FreshProofNeeded
from yakusho.blocks.identity.request import Request

STRONG = frozenset({"card", "passkey", "totp", "oidc"})
View = Callable[..., HttpResponse]


def is_fresh(by: Actor, *, at: datetime, minutes: int) -> bool:
    """新しい確認 Whether this actor proved within these minutes, strongly, that it is them."""
    proved = getattr(by, "proved_at", None)
    # A sample member of staff has nothing else to show; a sample resident has the soft card.
    strong = by.proof in STRONG or (settings.SAMPLE_CITY and by.proof == "sample" and by.person is None)
    return strong and proved is not None and proved > at - timedelta(minutes=minutes)


def check_fresh(by: Actor, *, at: datetime, minutes: int = 5) -> None:
    """新しい確認 For actions that bind somebody: refuse unless the proof is fresh. Refusals: FreshProofNeeded."""
    if not is_fresh(by, at=at, minutes=minutes):
        raise FreshProofNeeded


def needs_fresh_proof(minutes: int = 5) -> Callable[[View], View]:
    """もう一度の確認 For pages: go and prove it, then come back to this address.

    Put it on the page that shows the answers as well as on the commit, so that nothing typed is lost.
    """

    def around(view: View) -> View:
        @wraps(view)
        def asked(request: Request, *given: Any, **named: Any) -> HttpResponse:
            back = request.get_full_path() if request.method == "GET" else request.path
            where = fresh_proof(minutes)(request, back)
            return redirect(where) if where else view(request, *given, **named)

        return asked

    return around


def fresh_proof(minutes: int = 5) -> Callable[[Any, str], str]:
    """もう一度の確認の先 For journeys of questions: where to prove it before the last page, with the way `back`; "" when fresh."""

    def where(request: Request, back: str) -> str:
        fresh = is_fresh(request.actor, at=request.now, minutes=minutes)
        return "" if fresh else f"{reverse('identity:again')}?{urlencode({'next': back})}"

    return where
