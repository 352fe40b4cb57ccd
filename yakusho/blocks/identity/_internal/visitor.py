"""来訪者 What the edge knows of a browser before anybody has signed in."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from yakusho.blocks.identity.request import Request

_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"))
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


@dataclass(frozen=True)
class Visitor:
    """来訪者 Browser (a random mark in its session), network address, site host, device, instant."""

    browser: str
    address: str
    host: str
    origin: str
    device: str
    at: datetime


def visitor(request: Request) -> Visitor:
    """来訪者 Who is at this request, as far as the connection tells."""
    if "browser" not in request.session:
        request.session["browser"] = secrets.token_hex(16)
    return Visitor(
        browser=request.session["browser"],
        address=_address(request),
        host=request.get_host().rpartition(":")[0] or request.get_host(),
        origin=f"{request.scheme}://{request.get_host()}",
        device=_device(request.headers.get("User-Agent", "")),
        at=request.now,
    )


def _address(request: Request) -> str:
    """Behind our own TLS proxy the last hop is the one that the proxy itself wrote; the rest is hearsay."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or request.META["REMOTE_ADDR"]
    return request.META.get("REMOTE_ADDR", "")


def _device(agent: str) -> str:
    system = next((name for mark, name in _SYSTEMS if mark in agent), "Linux" if "Linux" in agent else "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    return " / ".join(part for part in (system, browser) if part) or re.sub(r"\W+", " ", agent)[:40]
