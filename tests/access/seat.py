"""Django's client with anybody at it, at the scene's own time; whatever a request does is undone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.cells import Undo
from yakusho.blocks.doors import NOBODY, Actor


class Seat:
    """Sends requests as whoever sits there."""

    def __init__(self, monkeypatch: Any, at: Any) -> None:
        self.client, self.actor = Client(raise_request_exception=False), NOBODY

        def who(request: Any) -> Actor:
            request.visit = None
            return self.actor

        monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", who)
        monkeypatch.setattr("yakusho.blocks.pages.clock.read", lambda: at)

    def send(self, actor: Actor, how: str, path: str, *more: Any, **options: Any) -> HttpResponse:
        """One request and its answer, read to its end."""
        self.actor = actor
        found: Any = None
        try:
            with transaction.atomic():
                found = getattr(self.client, how)(path, *more, **options)
                found.body = b"".join(found.streaming_content) if found.streaming else found.content
                raise Undo
        except Undo:
            return found  # type: ignore[no-any-return]
