"""Serving: one web server and one worker, watched together; when one dies the other is stopped and it is said."""

import fcntl
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from yakusho.launch import pids
from yakusho.launch.archive import Carrier
from yakusho.launch.cluster import Cluster
from yakusho.launch.place import Place, environment
from yakusho.launch.say import Stop, line

ADDRESS = "127.0.0.1"  # loopback only; a proxy on the same host speaks to the outside
FIRST_PAGE_SECONDS = 180
NAMES = ("supervisor", "worker", "web")


@dataclass(frozen=True)
class Serving:
    """How the house is served: its port, and its certificate when it speaks TLS itself."""

    port: int
    production: bool = False
    cert: str = ""
    key: str = ""

    @property
    def url(self) -> str:
        return f"{'https' if self.cert else 'http'}://localhost:{self.port}/"


def folder(place: Place) -> Path:
    return place.state / "pids"


def free(port: int) -> bool:
    """Can the port be had? A refused bind says that somebody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def commands(place: Place, serving: Serving) -> dict[str, list[str]]:
    """The two programs; without a control socket (it lies in a home) and an access log (it tells who was looked at)."""
    python = str(place.python)
    tls = ["--certfile", serving.cert, "--keyfile", serving.key] if serving.cert else []
    size = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    patience = ["--timeout", "60", "--graceful-timeout", "10"]
    web = [python, "-m", "gunicorn", "yakusho.web.wsgi:application", "--bind", f"{ADDRESS}:{serving.port}"]
    worker = [python, "-m", "django", "procrastinate", "--skip-checks", "worker", "--shutdown-graceful-timeout", "10"]
    # preload: the code is read once, then shared by the processes that answer
    return {"web": [*web, *size, *patience, "--preload", "--no-control-socket", *tls], "worker": worker}


def supervise(place: Place, cluster: Cluster, serving: Serving, *, ready: Callable[[], None]) -> int:
    """Start both and stay until told to stop (0) or until one dies (1)."""
    with _only_one(place):
        return _serve(place, cluster, serving, ready)


@contextmanager
def _only_one(place: Place) -> Iterator[None]:
    """Two starts at the same moment: the second gives way, without touching the notes of the first."""
    with (place.state / "serving").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop("すでに動いています。 / It is already being served by another start.") from None
        yield


def _serve(place: Place, cluster: Cluster, serving: Serving, ready: Callable[[], None]) -> int:
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: told.append(number))
    children: dict[str, subprocess.Popen[bytes]] = {}
    carrier = Carrier(place, cluster)
    pids.note(folder(place), "supervisor", os.getpid(), port=serving.port, url=serving.url)
    try:
        for name, command in commands(place, serving).items():
            children[name] = _spawn(place, cluster, name, command, serving)
            pids.note(folder(place), name, children[name].pid, port=serving.port)
        return _watch(place, serving, children, told, ready, carrier)
    finally:
        for child in children.values():
            child.terminate()
        for name, child in children.items():
            pids.end(folder(place), name)
            child.wait()
        carrier.close()
        pids.forget(folder(place), "supervisor")


def _spawn(place: Place, cluster: Cluster, name: str, command: list[str], serving: Serving) -> subprocess.Popen[bytes]:
    env = {**os.environ, **environment(place, socket=cluster.socket), "YAKUSHO_PORT": str(serving.port)}
    with (place.logs / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            command, env=env, cwd=place.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def _watch(
    place: Place,
    serving: Serving,
    children: dict[str, subprocess.Popen[bytes]],
    told: list[int],
    ready: Callable[[], None],
    carrier: Carrier,
) -> int:
    until, open_ = time.monotonic() + FIRST_PAGE_SECONDS, False
    while not told:
        for name, child in children.items():
            if child.poll() is not None:
                line(f"{name} が止まりました。 / {name} ended with code {child.returncode}.\n{last(place, name)}")
                return 1
        if not open_ and (open_ := answers(serving)):
            pids.note(folder(place), "supervisor", os.getpid(), port=serving.port, url=serving.url, open=True)
            ready()
        if not open_ and time.monotonic() > until:
            line(f"最初の画面が出ません。 / The first page does not come.\n{last(place, 'web')}")
            return 1
        carrier.look()
        time.sleep(0.2)
    line("終了します。 / Stopping.")
    return 0


def answers(serving: Serving) -> bool:
    """Does the first page come? Any answer but an error of the server counts, also a redirection."""
    connection = http.client.HTTPConnection(ADDRESS, serving.port, timeout=20)
    if serving.cert:
        context = ssl._create_unverified_context()  # our own process on loopback
        connection = http.client.HTTPSConnection(ADDRESS, serving.port, timeout=20, context=context)
    try:
        connection.request("GET", "/", headers={"Host": os.environ.get("YAKUSHO_HOST") or f"localhost:{serving.port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def last(place: Place, name: str, lines: int = 15) -> str:
    path = place.logs / f"{name}.log"
    return "\n".join(path.read_text("utf-8", "replace").splitlines()[-lines:]) if path.exists() else ""


def detach(place: Place, serving: Serving) -> None:
    """Supervise in a process of its own; return when the first page answers."""
    log = place.logs / "supervisor.log"
    log.write_bytes(b"")
    flags = ["--port", str(serving.port), *(["--production"] if serving.production else [])]
    command = [sys.executable, "-m", "yakusho.launch.main", "serve", *flags]
    env = {**os.environ, **environment(place, socket=Path("/"))}  # the child finds the socket itself
    with log.open("ab") as out:
        child = subprocess.Popen(
            command, env=env, cwd=place.home, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    while child.poll() is None:
        if (pids.find(folder(place), "supervisor") or {}).get("open"):
            return
        time.sleep(0.1)
    raise Stop(f"起動できませんでした。 / It could not start:\n{last(place, 'supervisor', 25)}")


def stop(place: Place) -> list[str]:
    """End what we started, the supervisor first (it ends the others); returns the names that ran."""
    return [name for name in NAMES if pids.end(folder(place), name, seconds=40 if name == "supervisor" else 25)]


def running(place: Place) -> dict[str, object] | None:
    """The facts of the supervisor while it lives."""
    return pids.find(folder(place), "supervisor")
