"""照会のページ A page that asks a query: a GET form, so that the address can be kept and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse

from yakusho.blocks.doors import Door
from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.forms.asks import asks
from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.render import DESK, PORTAL, page
from yakusho.blocks.pages.request import Request
from yakusho.kit.refusal import Refusal

Maker = Callable[..., Any]


class QueryPage:
    """照会のページ See the README for the arguments. An instance is a view.

    `part` is a template for HTMX alone: the result without the shell.
    """

    def __init__(
        self,
        query: Door[Any],
        *,
        template: str,
        desk: bool = False,
        given: Maker | None = None,
        part: str = "",
        title: str = "",
        context: Maker | None = None,
    ) -> None:
        self.door, self.template, self.part, self.title = query, template, part, title
        self.desk, self.given, self.context = desk, given, context
        self.shell = DESK if desk else PORTAL

    def __call__(self, request: Request, **address: Any) -> HttpResponse:
        enter(request, self.door.allowed)
        form, asked = self.form(request, address)
        result, status = None, 200
        if asked:
            result, status = self.ask(request, form)
        own = self.context(request, **address) if self.context else {}
        known = {
            "form": form,
            "errors": form.errors if asked else [],
            "result": result,
            "asked": asked,
            "shell": self.shell,
        }
        template = self.part if self.part and request.headers.get("HX-Request") else self.template
        return page(
            request,
            template,
            status=status,
            **(own | known | {"title": self.title, "desk": self.desk, "address": address}),
        )

    def form(self, request: Request, address: Mapping[str, Any]) -> tuple[Form, bool]:
        """The form, and whether something is asked: an input came, or none is needed."""
        model = self.door.input_model
        known = {name: value for name, value in address.items() if name in model.model_fields}
        given = known | (self.given(request, **address) if self.given else {})
        needed = any(ask.required for ask in asks(model, frozenset(given)))
        typed = any(
            name.split("-")[0].split("_")[0] in model.model_fields or name in model.model_fields for name in request.GET
        )
        asked = typed or not needed
        # One input for a date, on the portal too: the address stays short and may be written by hand.
        return Form(model, request.GET if asked else None, desk=True, given=given), asked

    def ask(self, request: Request, form: Form) -> tuple[Any, int]:
        """Ask; a refusal is said on the page."""
        if not form.is_valid():
            return None, 422
        try:
            return self.door.call(form.values, by=request.actor, on=request.today, at=request.now), 200
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            form.refuse(refusal)
            return None, refusal.status
