"""1ページの手続き One visit to an action's page: show, judge, act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from yakusho.blocks.pages.forms.blocks import pressed
from yakusho.blocks.pages.forms.form import Form, find
from yakusho.blocks.pages.matter import Matter
from yakusho.blocks.pages.render import page
from yakusho.blocks.pages.request import Request
from yakusho.kit.refusal import Refusal


class SeeOther(HttpResponseRedirect):
    """303 Go on with GET, whatever was sent."""

    status_code = 303


class Visit:
    """訪問 One request to an ActionPage that acts at once."""

    def __init__(self, view: Matter, request: Request, address: Mapping[str, Any]) -> None:
        self.view, self.request, self.address = view, request, address

    def get(self) -> HttpResponse:
        """Show the empty (or prefilled) form."""
        return self.show(self.form())

    def post(self) -> HttpResponse:
        """Add a block, or judge and act."""
        changed = pressed(self.request.POST)
        form = self.form(self.request.POST if changed is None else changed)
        if changed is not None:
            form.hush()
            return self.show(form)
        return self.act(form) if form.is_valid() else self.show(form, status=422)

    def form(self, data: Any = None, key: str = "") -> Form:
        """The form of this visit."""
        return self.view.form(self.request, self.address, data, key)

    def act(self, form: Form) -> HttpResponse:
        """Act and go on; a refusal stays on the page with everything that was typed."""
        try:
            where = self.view.act(self.request, form)
        except Refusal as refusal:
            if refusal.status == 403 or (refusal.status == 404 and not refusal.about):
                raise
            form.refuse(refusal)
            return self.refused(form, refusal.status)
        return self.finished(form, where)

    def refused(self, form: Form, status: int) -> HttpResponse:
        """Where a refusal is shown."""
        return self.show(form, status=status)

    def finished(self, form: Form, where: str) -> HttpResponse:
        """After the act."""
        return SeeOther(where)

    def show(self, form: Form, number: int = 1, status: int = 200, **more: Any) -> HttpResponse:
        """One page of questions."""
        step = self.view.steps[number - 1]
        parts = [find(form, tuple(name.split("."))) for name in step.names] or list(form)
        shown = {"parts": parts, "title": step.title or self.title, "button": self.view.button, "at": number} | more
        return self.page(self.view.template, form, status, **shown)

    def page(self, template: str, form: Form, status: int, **more: Any) -> HttpResponse:
        """A page of this visit, with the room's own context."""
        own = self.view.context(self.request, **self.address) if self.view.context else {}
        known = {
            "form": form,
            "errors": form.errors,
            "shell": self.view.shell,
            "address": self.address,
            "desk": self.view.desk,
        }
        return page(self.request, template, status=status, **(own | known | more))

    @property
    def title(self) -> str:
        """What the page is about: its own title, or the action's official term."""
        return str(self.view.title) or gettext(self.view.door.title)
