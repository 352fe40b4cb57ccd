"""入口 Who may see a page at all; the doors behind it decide again."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from yakusho.blocks.doors import NOBODY, Permission
from yakusho.blocks.pages.request import Request
from yakusho.kit.refusal import NotAllowed


def enter(request: Request, allowed: Permission) -> None:
    """入室 Pass, or refuse NotAllowed (which sends somebody who has not signed in to the sign-in page)."""
    if allowed.granting(request.actor) is None:
        raise NotAllowed


def sign_in_address(request: HttpRequest) -> str:
    """サインインの先 Where somebody who has not signed in goes, with the way back; "" when already signed in or nowhere to go."""
    if getattr(request, "actor", NOBODY) != NOBODY:
        return ""
    try:
        address = reverse(getattr(settings, "LOGIN_URL", ""))
    except NoReverseMatch:
        return ""
    back = request.get_full_path() if request.method == "GET" else request.path
    return f"{address}?{urlencode({'next': back})}"
