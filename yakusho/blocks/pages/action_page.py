"""手続きのページ A page that asks for the input of an action, checks it, acts once, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Door
from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.render import DESK, PORTAL
from yakusho.blocks.pages.visit import Visit
from yakusho.blocks.pages.walk import Walk

Maker = Callable[..., Any]
Done = str | Callable[[HttpRequest, Any], str]


@dataclass(frozen=True)
class Step:
    """質問 One page of a journey: its question and the inputs it asks for (all of them when none are named)."""

    title: str
    names: tuple[str, ...] = ()


class ActionPage:
    """手続きのページ See the README for the arguments. An instance is a view."""

    def __init__(
        self,
        action: Door[Any],
        *,
        done: Done,
        template: str = "pages/question.html",
        desk: bool = False,
        check: bool = False,
        steps: Sequence[Sequence[str]] = (),
        initial: Maker | None = None,
        given: Maker | None = None,
        title: str = "",
        button: str = "",
        context: Maker | None = None,
    ) -> None:
        self.door, self.done, self.template = action, done, template
        self.shell = DESK if desk else PORTAL
        self.desk, self.check = desk, check or bool(steps)
        self.steps = [Step(step[0], tuple(step[1:])) for step in steps] or [Step(title)]
        self.initial, self.given, self.context = initial, given, context
        self.title, self.button = title, button or (_("登録する") if desk else _("この内容で送る"))

    def __call__(self, request: HttpRequest, **address: Any) -> HttpResponse:
        enter(request, self.door.allowed)
        visit = (Walk if self.check else Visit)(self, request, address)
        return visit.post() if request.method == "POST" else visit.get()

    def given_to(self, request: HttpRequest, address: Mapping[str, Any]) -> dict[str, Any]:
        """Inputs that are not asked: those in the address by the name of an input, and those of `given`."""
        known = {name: value for name, value in address.items() if name in self.door.input_model.model_fields}
        return known | (self.given(request, **address) if self.given else {})

    def form(self, request: HttpRequest, address: Mapping[str, Any], data: Any = None, key: str = "") -> Form:
        """The form: with what was posted, or with its first contents."""
        first = self.initial(request, **address) if self.initial and data is None else None
        given = self.given_to(request, address)
        return Form(self.door.input_model, data, first, desk=self.desk, given=given, key=key)

    def act(self, request: HttpRequest, form: Form) -> str:
        """Call the action with the judged input; the address to go to. Refusals: the action's own."""
        values = {
            name: getattr(form.input, name)
            for name in type(form.input).model_fields
            if name in form.input.model_fields_set
        }
        result = self.door.call(values, by=request.actor, on=request.today, at=request.now, key=form.key)
        return resolve_url(self.done) if isinstance(self.done, str) else self.done(request, result)
