"""番人を呼ぶ Keeps one gatekeeper process for this process and asks it; its silence is a doubt."""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import connection

from yakusho.blocks.documents import build

PATIENCE = 20.0  # seconds for one paper; the process is put down after that


class GateAway(Exception):
    """The gatekeeper cannot reach the register or the seal: it has no doubt and no answer."""


class Gatehouse:
    """One gatekeeper, one question at a time."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self._lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "django", "gatekeeper"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=settings.BASE_DIR,
                env={**os.environ, **self.environment},
            )
        return self.process

    def ask(self, request: UUID, token: int, pdf: bytes) -> list[str]:
        """照合を頼む The doubts; an empty list releases the paper. One that ended is replaced once. Raises GateAway."""
        head = {"request": request.hex, "token": token, "size": len(pdf)}
        with self._lock:
            answer, slow = self._asked(head, pdf)
            if answer is None and not slow:
                answer, _ = self._asked(head, pdf)
        return ["gate does not answer"] if answer is None else answer

    def _asked(self, head: Mapping[str, object], pdf: bytes) -> tuple[list[str] | None, bool]:
        """What it answers, and whether it was put down; after silence it is gone: what it says later is about no paper."""
        process = self._running()
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        try:
            answer = self._talk(process, head, pdf)
        finally:
            slow = not alarm.is_alive()
            alarm.cancel()
        if answer is None:
            process.kill()
            process.wait()
        return answer, slow

    def _talk(self, process: subprocess.Popen[bytes], head: Mapping[str, object], pdf: bytes) -> list[str] | None:
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(json.dumps(head).encode() + b"\n" + pdf)
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            doubts, away = [str(doubt) for doubt in answer["doubts"]], answer["away"]
        except (OSError, ValueError, KeyError):
            return None
        if away:
            raise GateAway
        return doubts if answer.get("build") == build.own() else [*doubts, "gate of another build"]

    def close(self) -> None:
        """Let the gatekeeper go."""
        with self._lock:
            process, self.process = self.process, None
        if process is not None:
            process.communicate()


_houses: dict[tuple[int, str], Gatehouse] = {}


def gatehouse() -> Gatehouse:
    """The gatekeeper of this process for the database it works on (a forked worker gets its own)."""
    database = str(connection.settings_dict["NAME"])
    place = (os.getpid(), database)
    if place not in _houses:
        environment = {
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "YAKUSHO_SECRETS": str(settings.SECRETS),
            "YAKUSHO_BUILD": settings.BUILD,
            "YAKUSHO_DB_NAME": database,
            "YAKUSHO_DB_USER": "yakusho_app",
        }
        _houses[place] = Gatehouse(environment)
    return _houses[place]


@atexit.register
def close_all() -> None:
    """Put no process outside when this one ends."""
    for (owner, _), house in list(_houses.items()):
        if owner == os.getpid():
            house.close()
    _houses.clear()
