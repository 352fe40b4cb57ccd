"""The edge of every page: the clock is read here and nowhere below, the language is chosen, headers are set."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from yakusho.blocks.doors import NOBODY
from yakusho.blocks.pages import clock, errors, language
from yakusho.blocks.pages.furigana import with_ruby
from yakusho.blocks.pages.request import Request
from yakusho.kit.refusal import Refusal

Answer = Callable[[HttpRequest], HttpResponse]
YEAR = 365 * 24 * 60 * 60
HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ClockMiddleware:
    """時計 Gives each request one instant (`request.now`) and one day (`request.today`), and an actor until one signs in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.now = clock.read()
        request.today = timezone.localdate(request.now)
        if not hasattr(request, "actor"):
            request.actor = NOBODY
        return self.get_response(request)


class LanguageMiddleware:
    """ことば Chooses the language, remembers a choice made by `?lang=`, turns readings into ruby in やさしい日本語, and sets
    the headers that CSP does not cover."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = language.asked(request)
        with translation.override(chosen.code):
            response = self.get_response(request)
        if chosen.code == language.EASY and response.headers.get("Content-Type", "").startswith("text/html"):
            _read_out(response)
        response.headers.setdefault("Content-Language", chosen.tag)
        if request.GET.get("lang") == chosen.word:
            _remember(response, chosen.word)
        _set_headers(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal that leaves a view becomes the page of its status."""
        return errors.refused(request, error) if isinstance(error, Refusal) else None


def _remember(response: HttpResponse, word: str) -> None:
    name, secure = settings.LANGUAGE_COOKIE_NAME, settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, word, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)


def _read_out(response: HttpResponse) -> None:
    response.content = with_ruby(response.content.decode(response.charset))
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))


def _set_headers(request: HttpRequest, response: HttpResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.path.startswith(settings.STATIC_URL):
        # Personal pages stay in no cache; before the sign-in the browser may keep what was typed.
        signed_in = getattr(request, "actor", NOBODY).account
        response.headers.setdefault("Cache-Control", "no-store" if signed_in else "private, no-cache")
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
