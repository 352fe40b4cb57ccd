"""手続きのページ A page that asks for the input of an action, checks it, acts once, and goes on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.matter import Matter
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.visit import Visit
from yakusho.blocks.pages.walk import Walk


class ActionPage(Matter):
    """手続きのページ An instance is a view; see the README for its arguments."""

    def __call__(self, request: Request, **address: Any) -> HttpResponse:
        enter(request, self.door.allowed)
        if self.before and not self.check:
            back = request.get_full_path() if request.method == "GET" else request.path
            if where := self.before(request, back):
                return redirect(where)
        visit = (Walk if self.check else Visit)(self, request, address)
        return visit.post() if request.method == "POST" else visit.get()
