"""何ページかの手続き Questions one page at a time, then check-answers, then the act. Answers wait in the session."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from yakusho.blocks.pages import drafts
from yakusho.blocks.pages.forms.answers import Row, sections
from yakusho.blocks.pages.forms.blocks import pressed, without_buttons
from yakusho.blocks.pages.forms.form import Form, find, part_prefix, within
from yakusho.blocks.pages.forms.posted import as_posted
from yakusho.blocks.pages.visit import SeeOther, Visit

CHECK = "check"


class Walk(Visit):
    """道のり A journey under one key: `?key=…&at=2`, `?key=…&at=check`. Back, refresh and two tabs keep their answers."""

    def get(self) -> HttpResponse:
        """The first question, a later one, or the check page."""
        key, at = self.request.GET.get("key", ""), self.request.GET.get("at", "1")
        if not key:
            return self.question(self.form(), 1)
        if where := drafts.sent(self.request, key):
            return SeeOther(where)
        answers = drafts.load(self.request, key)
        if answers is None:
            return SeeOther(self.request.path)
        form = self.form(answers, key)
        if at == CHECK:
            return self.check(form)
        form.hush()
        return self.question(form, self.number(at))

    def post(self) -> HttpResponse:
        """Keep this page's answers and go on; or act, from the check page."""
        start = self.form(self.request.POST)
        key, at = start.key, self.request.POST.get("_at", "1")
        if where := drafts.sent(self.request, key):
            return SeeOther(where)
        if at == CHECK:
            answers = drafts.load(self.request, key)
            return SeeOther(self.request.path) if answers is None else self.submit(self.form(answers, key))
        return self.answer(start, key, self.number(at))

    def answer(self, start: Form, key: str, number: int) -> HttpResponse:
        """One page of answers came."""
        posted = self.request.POST
        changed = pressed(posted)
        form = self.form(self.merged(start, key, number, posted if changed is None else changed), key)
        if changed is not None:
            form.hush()
            return self.question(form, number)
        if not form.is_valid(self.view.steps[number - 1].names):
            return self.question(form, number, status=422)
        drafts.save(self.request, key, without_buttons(form.data))
        last = number == len(self.view.steps) or posted.get("_back") == CHECK
        return SeeOther(self.where(key, CHECK if last else number + 1))

    def submit(self, form: Form) -> HttpResponse:
        """The act itself, from the check page."""
        if where := self.detour(form):
            return SeeOther(where)
        return self.act(form) if form.is_valid() else SeeOther(self.where(form.key, self.first_wrong(form)))

    def finished(self, form: Form, where: str) -> HttpResponse:
        drafts.finish(self.request, form.key, where)
        return SeeOther(where)

    def refused(self, form: Form, status: int) -> HttpResponse:
        return self.check_page(form, status)

    def check(self, form: Form) -> HttpResponse:
        """Show every answer with a way to change it; an answer that does not fit sends back to its question."""
        if not form.is_valid():
            return SeeOther(self.where(form.key, self.first_wrong(form)))
        if where := self.detour(form):
            return SeeOther(where)
        return self.check_page(form, 200)

    def detour(self, form: Form) -> str:
        """先にすること Where the person goes before the check page and the act; the answers wait, and the way leads back."""
        return self.view.before(self.request, self.where(form.key, CHECK)) if self.view.before else ""

    def check_page(self, form: Form, status: int) -> HttpResponse:
        """The page that lists the answers."""
        last = self.where(form.key, len(self.view.steps))
        return self.page(
            "pages/check.html",
            form,
            status,
            title=_("内容を確かめてください"),
            about=self.title,
            button=self.view.button,
            answers=self.answers(form),
            back=last,
            at=CHECK,
        )

    def answers(self, form: Form) -> list[tuple[str, list[tuple[Row, str]]]]:
        """Answers under their headings, each with the address of the page that asked; neighbours share a heading."""
        found: list[tuple[str, list[tuple[Row, str]]]] = []
        for number, step in enumerate(self.view.steps, 1):
            change = self.where(form.key, number, back=True)
            for part in [find(form, tuple(name.split("."))) for name in step.names] or [form]:
                for section in sections(part):
                    if not found or found[-1][0] != section.title:
                        found.append((section.title, []))
                    found[-1][1].extend((row, change) for row in section.rows)
        return found

    def question(self, form: Form, number: int, status: int = 200) -> HttpResponse:
        """One question, with the way back."""
        returning = CHECK in (self.request.GET.get("back"), self.request.POST.get("_back"))
        back = self.where(form.key, CHECK) if returning else self.where(form.key, number - 1) if number > 1 else ""
        more = {
            "back": back,
            "returning": returning,
            "of": len(self.view.steps),
            "about": self.title,
            "button": _("次へ進む"),
        }
        return self.show(form, number, status, **more)

    def merged(self, start: Form, key: str, number: int, posted: QueryDict) -> QueryDict:
        """Everything answered so far, with this page's answers in place of its earlier ones."""
        before = drafts.load(self.request, key)
        before = as_posted(self.form()) if before is None else before
        step = [part_prefix(find(start, tuple(name.split(".")))) for name in self.view.steps[number - 1].names]
        data = QueryDict(mutable=True)
        for name, values in before.lists():
            if not within(name, step):
                data.setlist(name, values)
        for name, values in posted.lists():
            if within(name, step):
                data.setlist(name, values)
        return data

    def first_wrong(self, form: Form) -> int:
        """The number of the first page with an answer that does not fit."""
        for number, step in enumerate(self.view.steps, 1):
            names = [part_prefix(find(form, tuple(name.split(".")))) for name in step.names]
            if any(field.errors for field in form.everything() if within(field.html_name, names)):
                return number
        return 1

    def number(self, at: str) -> int:
        """The page's number within the journey."""
        return min(max(int(at), 1), len(self.view.steps)) if at.isdecimal() else 1

    def where(self, key: str, at: str | int, *, back: bool = False) -> str:
        """Address of a page of this journey."""
        return f"{self.request.path}?{urlencode({'key': key, 'at': at} | ({'back': CHECK} if back else {}))}"
