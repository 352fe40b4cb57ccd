"""Standard Webhooks Signing, verifying, retrying and addressing of webhooks; pure functions of values.

Format: https://www.standardwebhooks.com (headers ``webhook-id``, ``webhook-timestamp``, ``webhook-signature``).
"""

import base64
import hmac
import ipaddress
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from yakusho.kit.refusal import BadInput, Refusal

WINDOW = timedelta(minutes=5)
PREFIX = "whsec_"
# Waits after each failed attempt, as Standard Webhooks advises: more than three days in all, then the dead-letter list.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
LEASE = timedelta(minutes=2)
CODE = re.compile(r"[A-Za-z0-9._:/+-]{0,64}")
NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
PATTERN = re.compile(r"\*|[a-z][a-z0-9_]*\.(\*|[a-z][a-z0-9_]*)")
# Ways of writing an IPv4 address inside an IPv6 one: by translators (RFC 6052, 8215), and the old "compatible" one (RFC 4291).
EMBEDDED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))


class Unsigned(Refusal):
    """署名が正しくありません。 / The signature is not valid."""

    status = 401


class OutsideWindow(Refusal):
    """送られた時刻が、いまから5分をこえて離れています。 / The message was sent more than five minutes from now."""

    status = 401


class PersonalData(BadInput):
    """出来事には番号と符号だけを載せます（{field}）。 / Events carry numbers and codes only ({field})."""


class BadName(BadInput):
    """名前は「システム.出来事」の形にしてください（{name}）。 / Use a name such as system.event ({name})."""

    field = "events"


class BadAddress(BadInput):
    """この送り先には送れません：{why_ja} / This address cannot be used: {why_en}"""

    field = "url"


def secret_text(key: bytes) -> str:
    """署名鍵 A key as receivers write it: ``whsec_`` and base64."""
    return PREFIX + base64.b64encode(key).decode("ascii")


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError as error:  # no base64, or not even ASCII
        raise Unsigned from error


def sign(*, key: bytes, id: str, sent: int, body: bytes) -> str:  # noqa: A002 - the standard's own word
    """署名 ``v1,`` and the base64 HMAC-SHA256 over ``id.timestamp.body``."""
    digest = hmac.digest(key, f"{id}.{sent}.".encode() + body, "sha256")
    return "v1," + base64.b64encode(digest).decode("ascii")


def headers(*, keys: Iterable[bytes], id: str, at: datetime, body: bytes) -> dict[str, str]:  # noqa: A002
    """送信ヘッダー The three headers; one signature for each key, so that receivers may change keys in their own time."""
    sent = int(at.timestamp())
    return {
        "webhook-id": id,
        "webhook-timestamp": str(sent),
        "webhook-signature": " ".join(sign(key=key, id=id, sent=sent, body=body) for key in keys),
    }


def verify(headers: Mapping[str, str], body: bytes, keys: Iterable[str], now: datetime) -> str:
    """検証 The id of a message that one of our keys (``whsec_…``) signed within five minutes of ``now``.

    A receiver keeps the ids it has worked off: the same id may come again. Refusals: Unsigned, OutsideWindow.
    """
    given = {name.lower(): value for name, value in headers.items()}
    id_, signatures = given.get("webhook-id", ""), given.get("webhook-signature", "").split()
    sent = given.get("webhook-timestamp", "")
    if not id_ or not (sent.isascii() and sent.isdigit() and len(sent) <= 12):
        raise Unsigned
    expected = [sign(key=_key(secret), id=id_, sent=int(sent), body=body).encode() for secret in keys]
    # Every pair is compared, in constant time each: how long it takes tells nothing.
    matches = [hmac.compare_digest(one.encode(), other) for one in signatures for other in expected]
    if not any(matches):
        raise Unsigned
    if abs(now - datetime.fromtimestamp(int(sent), UTC)) > WINDOW:
        raise OutsideWindow
    return id_


def next_attempt(*, attempts: int, at: datetime) -> datetime | None:
    """再送時刻 When to try again after so many failed attempts; None when it is time for the dead-letter list."""
    return at + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def check_event(name: str) -> None:
    """出来事の名前 Refuse a name that is not ``system.event``. Refusals: BadName."""
    if not NAME.fullmatch(name):
        raise BadName(name=name)


def check_patterns(patterns: Iterable[str]) -> None:
    """購読 Refuse what is not ``*``, ``system.*`` or ``system.event``. Refusals: BadName."""
    for pattern in patterns:
        if not PATTERN.fullmatch(pattern):
            raise BadName(name=pattern)


def wants(patterns: Iterable[str], event: str) -> bool:
    """購読しているか Whether one of the patterns covers the event."""
    system = event.partition(".")[0]
    return any(pattern in ("*", f"{system}.*", event) for pattern in patterns)


def check_data(data: Mapping[str, object]) -> None:
    """個人情報の混入防止 Refuse anything but numbers, yes/no and short codes: no names, no addresses, no sentences.

    Refusals: PersonalData, which names the field and never repeats the value.
    """
    for name, value in data.items():
        code = isinstance(value, str) and CODE.fullmatch(value)
        if not (code or value is None or isinstance(value, bool | int)):
            raise PersonalData(field=name)


def is_public(address: str) -> bool:
    """公開アドレスか Whether an IP address lies on the open internet and hides no inner address in itself."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in net for net in EMBEDDED) or ip.sixtofour or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast


def check_url(url: str, *, allow_private: bool) -> tuple[str, int]:
    """送り先 Host and port of a webhook's address. Refusals: BadAddress (no https, a password inside, no host)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress(why_ja="書き方が正しくありません。", why_en="it is not a valid address.") from error
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        raise BadAddress(why_ja="httpsで始めてください。", why_en="it must start with https.")
    if not host or parts.username is not None or parts.password is not None:
        raise BadAddress(why_ja="書き方が正しくありません。", why_en="it is not a valid address.")
    return host, port or (443 if parts.scheme == "https" else 80)


def check_resolved(addresses: Iterable[str], *, allow_private: bool) -> str:
    """接続先 The address to connect to; all that a name resolves to must be public. Refusals: BadAddress."""
    found = list(addresses)
    if not found:
        raise BadAddress(why_ja="名前が見つかりません。", why_en="its name was not found.")
    if not allow_private and not all(is_public(address) for address in found):
        raise BadAddress(why_ja="内側のネットワークを指しています。", why_en="it points into a private network.")
    return found[0]
