"""入口 Who may see a page at all; the doors behind it decide again."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.http import urlencode

from yakusho.blocks.doors import NOBODY, Permission
from yakusho.blocks.pages.request import Request
from yakusho.kit.refusal import NotAllowed

# Names of addresses that the block of identity serves; a house without it shows no such links.
SIGN_IN, STAFF_SIGN_IN = "identity:sign_in", "identity:staff_sign_in"
SIGN_OUT, STILL_HERE, OWN = "identity:sign_out", "identity:still_here", "identity:mine"
DESK = "desk:home"


def enter(request: Request, allowed: Permission) -> None:
    """入室 Pass, or refuse NotAllowed (which sends somebody who has not signed in to the sign-in page)."""
    if allowed.granting(request.actor) is None:
        raise NotAllowed


def sign_in_address(request: HttpRequest) -> str:
    """サインインの先 Where somebody who has not signed in goes, with the way back; "" for who already has."""
    if getattr(request, "actor", NOBODY) != NOBODY:
        return ""
    at_desk = "desk" in request.path.split("/")
    where = address_of(STAFF_SIGN_IN if at_desk else SIGN_IN)
    back = request.get_full_path() if request.method == "GET" else request.path
    return f"{where}?{urlencode({'next': back})}" if where and not request.path.startswith(where) else where


def address_of(name: str) -> str:
    """The address of a name, or "" when nobody serves it."""
    return _address(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(1024)
def _address(name: str, urlconf: str, prefix: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
