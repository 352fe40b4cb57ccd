"""Papers under stress: many requests in flight, all at one frozen instant."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from tests.stress.desk import Outcome, act, instant, serve, settled
from yakusho.kit.refusal import Refusal

ORDER = {"kind": "住民票の写し", "relation": True}


def copy(person: int, whole: str, at: datetime) -> Outcome:
    """One request, issued; what came out, and between which instants."""
    said: Outcome = {"person": person, "whole": whole, "begun": instant()}
    try:
        asked = act("certificates.request_copy", at=at, person=person, order=ORDER | {"whole": whole})
        said |= {"request": asked.request}
        said |= {"number": act("certificates.issue_copy", at=at, request=asked.request).number}
    except Refusal as refusal:
        said |= {"refused": refusal.code}
    finally:
        said |= {"ended": instant()}
    return said


def papers(order: dict[str, Any], at: datetime) -> Iterator[Outcome]:
    """Every request of the order, so many at once."""
    with ThreadPoolExecutor(order["at_once"]) as pool:
        yield from pool.map(lambda one: settled(copy, one["person"], one["whole"], at), order["requests"])


if __name__ == "__main__":
    serve(papers)
