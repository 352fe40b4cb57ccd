"""操作者 Who is at this request: read anew each time, so that a right revoked is gone at the next one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yakusho.blocks.identity._internal import visits

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """操作者 Sets `request.actor` from the session's account and its appointments of `request.today`, by one statement."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = visits.actor_of(request)
        return self.get_response(request)
