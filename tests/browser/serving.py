"""A house of its own for the browser: fresh database, fresh static files, free port, ended afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import house

PATIENCE = 60
SIZE = [
    "--worker-class",
    "gthread",
    "--workers",
    "1",
    "--threads",
    "8",
    "--no-control-socket",
    "--log-level",
    "warning",
]


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(database: str, state: Path) -> dict[str, str]:
    """The environment of a server: its own state folder, the secrets and the cluster of the checkout."""
    return dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "yakusho.web.settings",
        "YAKUSHO_STATE": str(state),
        "YAKUSHO_SECRETS": str(house.STATE / "secrets"),
        "YAKUSHO_DB_HOST": house.HOST,
        "YAKUSHO_DB_NAME": database,
        "YAKUSHO_DB_USER": "yakusho_app",
    }


@contextmanager
def served(database: str, state: Path) -> Iterator[str]:
    """Serve the house on a database; yields the address without a slash at the end."""
    env = surroundings(database, state)
    collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=house.ROOT, env=env, check=True)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "yakusho.web.wsgi:application", "--bind", f"127.0.0.1:{port}", *SIZE]
    with (state / "web.log").open("w") as log:
        server = subprocess.Popen(command, cwd=house.ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait(server, port, state / "web.log")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/pages/base.css", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
