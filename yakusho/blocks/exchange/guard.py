"""内部への送信防止 A webhook must not reach into our own networks, whatever its address resolves to at the moment of sending."""

import socket
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from yakusho.blocks.exchange import rules

Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class Target:
    """接続先 The address that was checked; the connection is made to it and to no other (no second look-up)."""

    host: str
    port: int
    ip: str


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name; none when it is unknown."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        return []
    return [str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found]


def private_allowed() -> bool:
    """Whether ``city.toml`` allows receivers inside our own networks."""
    return bool(settings.CITY.get("exchange", {}).get("allow_private_addresses", False))


def check_target(url: str, *, allow_private: bool, resolver: Resolver = resolve) -> Target:
    """送り先の確認 Where to connect for this URL. Refusals: rules.BadAddress."""
    host, port = rules.check_url(url, allow_private=allow_private)
    return Target(host, port, rules.check_resolved(resolver(host, port), allow_private=allow_private))
