"""Crash points: before and after every statement and commit of this process; at one of them the process kills itself."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import psycopg

from yakusho.blocks.audit._internal import tiles
from yakusho.blocks.documents._internal.gatehouse import Gatehouse


class Fuse:
    """Counts what passes; kills the process with SIGKILL when number ``at`` comes. 0 never burns through."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.points: list[str] = []
        self._lock = threading.Lock()

    def pass_by(self, what: str) -> None:
        """One crash point."""
        with self._lock:
            self.points.append(what)
            if len(self.points) == self.at:
                os.kill(os.getpid(), signal.SIGKILL)
                signal.pause()

    def around(self, owner: type | Any, name: str, label: Callable[..., str]) -> None:
        """Make a crash point before and one after every call of this function."""
        real = getattr(owner, name)

        def wired(*given: Any, **named: Any) -> Any:
            what = label(*given, **named)
            self.pass_by(f"before {what}")
            result = real(*given, **named)
            self.pass_by(f"after {what}")
            return result

        setattr(owner, name, wired)

    def lay(self) -> None:
        """Wire every way in which this process reaches the database, the gatekeeper and the log's folder."""
        self.around(psycopg.Cursor, "execute", lambda _cursor, query, *_, **__: _short(query))
        self.around(psycopg.Cursor, "executemany", lambda _cursor, query, *_, **__: _short(query))
        self.around(psycopg.Connection, "commit", lambda _connection: "COMMIT")
        self.around(Gatehouse, "ask", lambda *_: "the gatekeeper")
        self.around(tiles, "write", lambda path, _data: f"the file {path.name}")


def _short(query: object) -> str:
    return " ".join(str(query).split())[:60]
