"""What every page knows: the city, the language, who is signed in, and what they may open."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages

from yakusho.blocks.doors import NOBODY, STAFF
from yakusho.blocks.pages import access, language, menu
from yakusho.blocks.pages.request import Request


def city(request: Request) -> dict[str, Any]:
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
    } | _ways(request, signed_in=actor != NOBODY)


def _ways(request: Request, *, signed_in: bool) -> dict[str, Any]:
    """Ways in and out, and how long a screen may stay without a touch."""
    if not signed_in:
        return {
            "sign_in_address": access.sign_in_address(request),
            "staff_address": access.address_of(access.STAFF_SIGN_IN),
        }
    return {
        "sign_out_address": access.address_of(access.SIGN_OUT),
        "own_address": access.address_of(access.OWN),
        "still_here_address": access.address_of(access.STILL_HERE),
        "idle_seconds": getattr(request, "idle_seconds", 0),
        "duties": menu.duties(request.actor),
        "desk_address": access.address_of(access.DESK) if STAFF.granting(request.actor) else "",
    }
