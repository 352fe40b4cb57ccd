"""配達 Carrying claimed events to their receivers; no transaction is open while a receiver answers."""

from collections.abc import Callable
from datetime import datetime

import httpx

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.exchange import actions, guard, keys, queries, rules
from yakusho.blocks.exchange.rules import BadAddress
from yakusho.blocks.exchange.values import Outcome, Parcel

SECONDS = 10.0
AT_ONCE = 10  # times SECONDS stays within the lease
Post = Callable[[Parcel, datetime], Outcome]
Clock = Callable[[], datetime]


def carry(*, clock: Clock, post: Post | None = None) -> int:
    """配達 Send everything that is due; returns how many attempts were made."""
    send, made = post or post_once, 0
    while queries.waiting(at=clock(), by=SYSTEM):
        parcels = actions.claim(limit=AT_ONCE, by=SYSTEM, at=clock())
        for parcel in parcels:
            actions.settle(parcel=parcel, outcome=send(parcel, clock()), by=SYSTEM, at=clock())
        made += len(parcels)
        if not parcels:  # another courier holds them
            break
    return made


def post_once(parcel: Parcel, at: datetime) -> Outcome:
    """送信 One signed POST to the address that was checked; redirects are not followed, the answer's body is not read."""
    try:
        target = guard.check_target(parcel.url, allow_private=guard.private_allowed())
    except BadAddress as refusal:
        return Outcome(error=refusal.en)
    body = parcel.body.encode()
    signing = keys.keys(endpoint=parcel.endpoint, versions=parcel.key_versions)
    headers = rules.headers(keys=signing, id=parcel.id, at=at, body=body)
    url = httpx.URL(parcel.url).copy_with(host=target.ip)
    sent = {
        "host": httpx.URL(parcel.url).netloc.decode(),
        "content-type": "application/json",
        "user-agent": "Yakusho",
        **headers,
    }
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            request = client.build_request(
                "POST", url, content=body, headers=sent, extensions={"sni_hostname": target.host}
            )
            answer = client.send(request, stream=True)
            answer.close()
    except httpx.HTTPError as error:
        return Outcome(error=type(error).__name__)
    return Outcome(status=answer.status_code, error="" if answer.is_success else f"HTTP {answer.status_code}")
