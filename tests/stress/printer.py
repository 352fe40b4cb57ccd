"""Papers under stress: many requests in flight, all at one frozen instant."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from tests.stress.desk import Outcome, act, instant, serve, settled
from yakusho.kit.refusal import Refusal

ORDER = {"kind": "住民票の写し", "relation": True}


def ask(person: int, whole: str, at: datetime) -> Outcome:
    """One request, and between which instants it was looked at."""
    said: Outcome = {"person": person, "whole": whole, "begun": instant()}
    said |= {"asked": said["begun"]}
    try:
        asked = act("certificates.request_copy", at=at, person=person, order=ORDER | {"whole": whole})
        return said | {"request": asked.request}
    except Refusal as refusal:
        return said | {"refused": refusal.code, "ended": instant()}


def issue(said: Outcome, at: datetime) -> Outcome:
    """The paper of a request, and between which instants it was made."""
    said |= {"begun": instant()}
    try:
        said |= {"number": act("certificates.issue_copy", at=at, request=said["request"]).number}
    except Refusal as refusal:
        said |= {"refused": refusal.code}
    finally:
        said |= {"ended": instant()}
    return said


def papers(order: dict[str, Any], at: datetime) -> Iterator[Outcome]:
    """Every request of the order, so many at once; each waits until so many others have been asked for."""
    waiting: deque[Outcome] = deque()

    def step(one: dict[str, Any]) -> Outcome | None:
        said = settled(ask, one["person"], one["whole"], at)
        if "request" not in said:
            return said
        waiting.append(said)
        return settled(issue, waiting.popleft(), at) if len(waiting) > order["waiting"] else None

    with ThreadPoolExecutor(order["at_once"]) as pool:
        yield from (said for said in pool.map(step, order["requests"]) if said)
        yield from pool.map(lambda said: settled(issue, said, at), list(waiting))


if __name__ == "__main__":
    serve(papers)
