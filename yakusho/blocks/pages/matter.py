"""用件 What a page of an action is about: the door, its questions, where to go afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.shortcuts import resolve_url
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Door
from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.render import DESK, PORTAL
from yakusho.blocks.pages.request import Request

Maker = Callable[..., Any]
Done = str | Callable[[Request, Any], str]
Words = str | Promise


@dataclass(frozen=True)
class Step:
    """質問 One page of a journey: its question and the inputs it asks for (all of them when none are named)."""

    title: Words
    names: tuple[str, ...] = ()


class Matter:
    """用件 See the README for the arguments."""

    def __init__(
        self,
        action: Door[Any],
        *,
        done: Done,
        template: str = "pages/question.html",
        desk: bool = False,
        check: bool = False,
        before: Callable[[Request, str], str] | None = None,
        steps: Sequence[Sequence[Any]] = (),
        initial: Maker | None = None,
        given: Maker | None = None,
        title: Words = "",
        button: Words = "",
        context: Maker | None = None,
    ) -> None:
        self.door, self.done, self.template = action, done, template
        self.shell = DESK if desk else PORTAL
        self.desk, self.check = desk, check or bool(steps)
        self.steps = [Step(step[0], tuple(step[1:])) for step in steps] or [Step(title)]
        self.before = before
        self.initial, self.given, self.context = initial, given, context
        self.title, self.button = title, button or (_("登録する") if desk else _("この内容で送る"))

    def given_to(self, request: Request, address: Mapping[str, Any]) -> dict[str, Any]:
        """Inputs that are not asked: those in the address by the name of an input, and those of `given`."""
        known = {name: value for name, value in address.items() if name in self.door.input_model.model_fields}
        return known | (self.given(request, **address) if self.given else {})

    def form(self, request: Request, address: Mapping[str, Any], data: Any = None, key: str = "") -> Form:
        """The form: with what was posted, or with its first contents."""
        first = self.initial(request, **address) if self.initial and data is None else None
        given = self.given_to(request, address)
        return Form(self.door.input_model, data, first, desk=self.desk, given=given, key=key)

    def act(self, request: Request, form: Form) -> str:
        """Call the action with the judged input; the address to go to. Refusals: the action's own."""
        by, on, at = request.actor, request.today, request.now
        result = self.door.call(form.values, by=by, on=on, at=at, key=form.key)
        return resolve_url(self.done) if isinstance(self.done, str) else self.done(request, result)
