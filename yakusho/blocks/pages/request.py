"""依頼 A request as every view of the house sees it, after the middleware."""

from datetime import date, datetime

from django.http import HttpRequest

from yakusho.blocks.doors import Actor


class Request(HttpRequest):
    """依頼 Who asks, on which day, at which instant. For type checkers: views are called with Django's own."""

    actor: Actor
    today: date
    now: datetime
