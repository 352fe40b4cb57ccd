"""Servers for the benchmarks of pages: gunicorn with one process, and a client that keeps its connection and its cookies."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import _measure as measure

from tests import house

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """One visitor of one server."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid
        self.cookies: dict[str, str] = {}
        self.wire = http.client.HTTPConnection("localhost", port, timeout=60)

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Status and text."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.wire.request(method, quote(path, safe="/?&=%"), body or None, {"Cookie": cookies} | headers)
        answer = self.wire.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def get(self, path: str) -> str:
        """A page that must open."""
        status, text = self.send("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        return text

    def sign_in(self, login: str) -> None:
        """By the labelled button of the sample city."""
        token = TOKEN.search(self.get("/identity/"))
        form = urlencode({"csrfmiddlewaretoken": token[1] if token else ""}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, text = self.send("POST", f"/identity/sample/sign-in/{login}", form, **kind)
        if status != 302:
            raise RuntimeError(f"sign-in of {login}: {status} {text[:200]}")

    def act(self, door: str, given: dict[str, Any], key: str) -> None:
        """An action by the API; it must succeed."""
        if "csrftoken" not in self.cookies:
            self.get("/identity/mine")
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.cookies["csrftoken"], "Idempotency-Key": key}
        status, text = self.send("POST", f"/api/actions/{door}", json.dumps(given).encode(), **headers)
        if status != 200:
            raise RuntimeError(f"{door}: {status} {text[:300]}")

    def effort(self, database: str) -> dict[int, float]:
        """Seconds of processor time until now, by process: the server's workers and its database's sessions."""
        workers = [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()]
        return {pid: measure.seconds(pid) for pid in (*workers, *measure.saying(f"yakusho_app {database}"))}


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(database: str, application: str = "yakusho.web.wsgi", *, settings: str = "") -> Iterator[Browser]:
    """A server over a database, and somebody who visits it."""
    port = _port()
    env = house.surroundings(database) | {"PYTHONPATH": str(measure.ROOT)}
    env |= {"DJANGO_SETTINGS_MODULE": settings} if settings else {}
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--worker-class", "gthread", "--threads", "4", "--keep-alive", "60", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=measure.ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Browser(port, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            return socket.create_connection(("localhost", port), timeout=5).close()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no server on port {port} of process {os.getpid()}")
