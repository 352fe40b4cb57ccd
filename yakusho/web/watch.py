"""The watch as middleware: every page of a rehearsal is a proof."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yakusho.blocks.doors.watch import watched


class WatchMiddleware:
    """見張り Watches every statement of a request, from the first to the last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with watched():
            return self.get_response(request)
