"""依頼 A request as the pages of this block see it, after the middleware."""

from datetime import date, datetime

from django.http import HttpRequest

from yakusho.blocks.doors import Actor
from yakusho.blocks.identity.models import SessionRecord


class Request(HttpRequest):
    """依頼 Who asks, when, and in which session. For type checkers: views are called with Django's own."""

    actor: Actor
    today: date
    now: datetime
    visit: SessionRecord | None
    idle_seconds: int
