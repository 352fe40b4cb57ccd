"""What every page knows: the city, the language, who is signed in, and what they may open."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yakusho.blocks.doors import NOBODY
from yakusho.blocks.pages import language, menu
from yakusho.blocks.pages.access import sign_in_address


def city(request: HttpRequest) -> dict[str, Any]:
    """市 For every template; the menu is built only when a shell asks for it."""
    actor = getattr(request, "actor", NOBODY)
    described = getattr(settings, "CITY", {})
    english = language.current().code == "en"
    return {
        "request": request,
        "city": described,
        "city_name": described.get("english" if english else "name", ""),
        "city_hours": described.get("contact", {}).get("hours_english" if english else "hours", ""),
        "sample_city": getattr(settings, "SAMPLE_CITY", False),
        "languages": language.LANGUAGES,
        "language": language.current(),
        "actor": actor,
        "messages": get_messages(request),
        "menu": lambda: menu.groups(actor, request),
        "sign_in_address": sign_in_address(request),
        "sign_out_address": _address(getattr(settings, "LOGOUT_URL", "identity:sign_out")),
        "staff_address": ""
        if actor != NOBODY
        else _address(getattr(settings, "STAFF_LOGIN_URL", "identity:staff_sign_in")),
    }


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
