"""A process that knocks at doors for tests of faults: `main()` after `django.setup()`, one line of JSON orders at a time.

It starts the house once and forks a child for each knock, so that a child may die at any point without a new start.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from tests.faults import acts
from tests.faults.fuse import Fuse
from yakusho.blocks.documents._internal import fonts, gatehouse
from yakusho.blocks.doors import Actor, Grant, registry
from yakusho.blocks.identity.actors import SignedIn
from yakusho.kit.refusal import Refusal


def actor(given: dict[str, Any]) -> Actor:
    """Whoever knocks, as the test says."""
    grants = frozenset(Grant(*grant) for grant in given.get("grants", []))
    proved = given.get("proved_at") and datetime.fromisoformat(given["proved_at"])
    who = {"person": given.get("person"), "proof": given.get("proof", ""), "proved_at": proved}
    return SignedIn(given["account"], given["name"], grants, **who)


def knock(order: dict[str, Any]) -> dict[str, Any]:
    """One knock at a door of the registry, as an edge makes it."""
    door = registry.actions[order["door"]]
    on, at = date.fromisoformat(order["on"]), datetime.fromisoformat(order["at"])
    result = door.call(order["given"], by=actor(order["by"]), on=on, at=at, key=order.get("key", ""))
    return {"result": json.loads(door.output.dump_json(result))}


def obey(order: dict[str, Any]) -> dict[str, Any]:
    """A knock, or one of the acts of `acts.py`; what it refuses or breaks with is an answer too."""
    try:
        return knock(order) if "door" in order else {"result": acts.ACTS[order["act"]](**order.get("with", {}))}
    except Refusal as refusal:
        return {"refusal": refusal.code, "ja": refusal.ja, "status": refusal.status}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}", "where": traceback.format_exc()[-1500:]}


def child(order: dict[str, Any], pipe: int) -> None:
    """Runs in a fork: lays the fuse, obeys, answers, ends without ceremony."""
    os.environ["PGAPPNAME"] = order.get("name", "faults")
    os.environ.update(order.get("environ", {}))
    gatehouse._houses.update({(os.getpid(), name): house for (_, name), house in gatehouse._houses.items()})
    for name, seconds in order.get("limits", {}).items():
        module, _, limit = name.rpartition(".")
        setattr(importlib.import_module(module), limit, timedelta(seconds=seconds))
    fuse = Fuse(order.get("die", 0))
    fuse.lay()
    if order.get("wait"):
        time.sleep(order["wait"])
    answer = json.dumps(obey(order) | {"points": fuse.points}, ensure_ascii=False)
    with os.fdopen(pipe, "w", encoding="utf-8") as out:
        out.write(answer)
    os._exit(0)


def run(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All orders at the same time, each in a process of its own; their answers."""
    children = []
    for order in orders:
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                child(order, write)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(70)
        os.close(write)
        children.append((pid, read))
    return [_answer(pid, read) for pid, read in children]


def _answer(pid: int, read: int) -> dict[str, Any]:
    with os.fdopen(read, "r", encoding="utf-8") as pipe:
        text = pipe.read()
    _, status = os.waitpid(pid, 0)
    return {"killed": os.WIFSIGNALED(status)} | (json.loads(text) if text else {})


def main() -> None:
    """Obey until the pipe is closed."""
    get_resolver().url_patterns  # noqa: B018 - everything that a page needs is loaded once, here
    gatehouse.gatehouse()._running()
    fonts.faces(fonts.folder(settings.STATE))
    print(json.dumps({"ready": sorted(registry.actions)}), flush=True)  # noqa: T201
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)  # noqa: T201
