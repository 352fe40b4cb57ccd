"""Where a job can be stopped: before every statement and every wait on the way of one paper, and after every commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
import pytest

from yakusho.blocks.documents._internal.gatehouse import Gatehouse
from yakusho.blocks.documents._internal.seal import Seal
from yakusho.blocks.documents.actions import press

R = TypeVar("R")
PATIENCE = 60.0  # seconds after which a stopped job goes on although nobody told it to
HERE = threading.local()


class Stop:
    """Counts the points that one job passes, in whichever thread; at number ``at`` it does ``what``. 0 only counts."""

    def __init__(self, at: int = 0, what: Callable[[bool], None] | None = None) -> None:
        self.at, self.what = at, what or self.wait
        self.points: list[str] = []
        self.reached, self.on = threading.Event(), threading.Event()
        self._lock = threading.Lock()

    def pass_by(self, what: str, *, database: bool) -> None:
        """One point."""
        with self._lock:
            self.points.append(f"{HERE.step}: {what}")
            here = len(self.points) == self.at
        if here:
            self.reached.set()
            self.what(database)

    def wait(self, _database: bool) -> None:
        """Stand still until told to go on."""
        self.on.wait(PATIENCE)

    @contextmanager
    def watching(self, step: str) -> Iterator[None]:
        """This thread works for the job now."""
        before = getattr(HERE, "stop", None), getattr(HERE, "step", "")
        HERE.stop, HERE.step = self, step
        try:
            yield
        finally:
            HERE.stop, HERE.step = before


def _point(what: str, *, database: bool) -> None:
    stop = getattr(HERE, "stop", None)
    if stop is not None:
        stop.pass_by(what, database=database)


def _before(
    label: Callable[..., str], real: Callable[..., R], *, database: bool, after: bool = False
) -> Callable[..., R]:
    def wired(*given: Any, **named: Any) -> R:
        _point(label(*given, **named), database=database)
        result = real(*given, **named)
        if after:
            _point(f"after {label(*given, **named)}", database=database)
        return result

    return wired


def _handed_over(real: Callable[..., R]) -> Callable[..., R]:
    """A step of the press belongs to the job whose actor it is given, from the instant at which its thread takes it up."""

    def wired(step: Callable[..., R], *, by: Any, **given: Any) -> R:
        stop = JOBS.get(by.account)
        if stop is None:
            return real(step, by=by, **given)
        with stop.watching(getattr(step, "__name__", str(step))), BUSY.one():
            _point("a thread takes it up", database=False)
            result = real(step, by=by, **given)
            _point("a thread gives it back", database=False)
            return result

    return wired


class Busy:
    """How many threads work for a job under watch."""

    def __init__(self) -> None:
        self._count, self._changed = 0, threading.Condition()

    @contextmanager
    def one(self) -> Iterator[None]:
        self._add(1)
        try:
            yield
        finally:
            self._add(-1)

    def _add(self, number: int) -> None:
        with self._changed:
            self._count += number
            self._changed.notify_all()

    @property
    def idle(self) -> bool:
        """Whether nobody works right now."""
        with self._changed:
            return self._count == 0

    def rest(self) -> bool:
        """Wait until nobody works any more."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count == 0, PATIENCE)


BUSY = Busy()
JOBS: dict[int, Stop] = {}


def wire(patch: pytest.MonkeyPatch) -> None:
    """Make a point of everything that a job waits for."""

    def statement(_cursor: Any, query: object, *_: Any, **__: Any) -> str:
        return " ".join(str(query).split())[:70]

    patch.setattr(psycopg.Cursor, "execute", _before(statement, psycopg.Cursor.execute, database=True))
    commit = _before(lambda _: "COMMIT", psycopg.Connection.commit, database=True, after=True)
    patch.setattr(psycopg.Connection, "commit", commit)
    patch.setattr(press, "render", _before(lambda *_, **__: "render", press.render, database=False))
    patch.setattr(Seal, "seal", _before(lambda *_, **__: "seal", Seal.seal, database=False))
    ask = _before(lambda *_: "the gatekeeper", Gatehouse.ask, database=False, after=True)
    patch.setattr(Gatehouse, "ask", ask)
    patch.setattr(press, "_in_thread", _handed_over(press._in_thread))
