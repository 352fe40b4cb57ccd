"""Serving: small stand-ins for the two programs, really started and stopped."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yakusho.launch import cluster as pg
from yakusho.launch import pids, serve
from yakusho.launch.place import Place
from yakusho.launch.process import OURSELVES
from yakusho.launch.say import Stop
from yakusho.launch.serve import Serving

PAGE = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(sys.argv[2])); self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""
WAIT = "import time; time.sleep(60)"
DIE = "import sys; print('no table', file=sys.stderr); sys.exit(3)"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def cluster(place: Place) -> pg.Cluster:
    return pg.Cluster(place.state / "pg", place.state / "pg" / "run", OURSELVES, Path("/nowhere"))


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def programs(monkeypatch: pytest.MonkeyPatch, *, web: list[str], worker: str = WAIT) -> None:
    chosen = {"web": [sys.executable, "-c", *web], "worker": [sys.executable, "-c", worker]}
    monkeypatch.setattr(serve, "commands", lambda place, serving: chosen)


def gone(place: Place) -> bool:
    return all(pids.find(serve.folder(place), name) is None for name in serve.NAMES)


def test_it_serves_on_loopback_and_writes_into_nobodys_home(place: Place) -> None:
    commands = serve.commands(place, Serving(port=8123))
    assert "127.0.0.1:8123" in commands["web"]
    assert "--no-control-socket" in commands["web"]
    assert "--access-logfile" not in commands["web"]
    assert commands["worker"][1:4] == ["-m", "django", "procrastinate"]
    assert "worker" in commands["worker"]


def test_with_a_certificate_it_speaks_tls(place: Place) -> None:
    serving = Serving(port=8443, cert="/c.pem", key="/k.pem")
    assert serving.url == "https://localhost:8443/"
    assert serve.commands(place, serving)["web"][-4:] == ["--certfile", "/c.pem", "--keyfile", "/k.pem"]


def test_a_taken_port_is_seen(port: int) -> None:
    assert serve.free(port)
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert not serve.free(port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_stop_it_ends_both(
    place: Place, cluster: pg.Cluster, port: int, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    programs(monkeypatch, web=[PAGE, str(port), "200"])
    seen: list[object] = []

    def ready() -> None:
        seen.extend([serve.running(place), pids.find(serve.folder(place), "worker")])
        threading.Timer(0.1, signal.raise_signal, [number]).start()

    assert serve.supervise(place, cluster, Serving(port=port), ready=ready) == 0
    assert isinstance(seen[0], dict)
    assert (seen[0]["port"], seen[0]["open"]) == (port, True)
    assert seen[1] is not None
    assert gone(place)


@pytest.mark.parametrize("name", ["web", "worker"])
def test_when_one_dies_the_other_is_stopped_and_it_is_said(
    place: Place,
    cluster: pg.Cluster,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    if name == "web":
        programs(monkeypatch, web=[DIE])
    else:
        programs(monkeypatch, web=[PAGE, str(port), "200"], worker=DIE)
    assert serve.supervise(place, cluster, Serving(port=port), ready=lambda: None) == 1
    told = capsys.readouterr().err
    assert f"{name} ended with code 3" in told
    assert "no table" in told
    assert gone(place)


def test_a_house_whose_first_page_fails_is_not_open(
    place: Place,
    cluster: pg.Cluster,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    programs(monkeypatch, web=[PAGE, str(port), "500"])
    monkeypatch.setattr(serve, "FIRST_PAGE_SECONDS", 1)
    assert serve.supervise(place, cluster, Serving(port=port), ready=lambda: None) == 1
    assert "The first page does not come" in capsys.readouterr().err
    assert gone(place)


@pytest.mark.parametrize(("status", "open_"), [(200, True), (302, True), (403, True), (500, False)])
def test_any_answer_but_an_error_of_the_server_counts(port: int, status: int, open_: bool) -> None:
    with subprocess.Popen([sys.executable, "-c", PAGE, str(port), str(status)], stderr=subprocess.DEVNULL) as web:
        while serve.free(port):
            time.sleep(0.05)
        assert serve.answers(Serving(port=port)) is open_
        web.kill()


def test_no_answer_is_no(port: int) -> None:
    assert serve.answers(Serving(port=port)) is False


def test_programs_get_the_settings_of_the_house(
    place: Place, cluster: pg.Cluster, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = "import json, os, sys; json.dump(dict(os.environ), sys.stdout); sys.exit(4)"
    programs(monkeypatch, web=[tell])
    serve.supervise(place, cluster, Serving(port=port), ready=lambda: None)
    settings = json.loads(serve.last(place, "web"))
    assert settings["YAKUSHO_DB_USER"] == "yakusho_app"
    assert settings["YAKUSHO_DB_HOST"] == str(cluster.socket)
    assert settings["YAKUSHO_PORT"] == str(port)


def test_a_start_in_the_background_that_fails_tells_why(place: Place, port: int) -> None:
    with pytest.raises(Stop, match="could not start") as stop:
        serve.detach(place, Serving(port=port))
    assert stop.value.code == 1
    assert "secrets/db_app" in stop.value.message
    assert gone(place)


def test_of_two_starts_at_the_same_moment_the_second_gives_way(
    place: Place, cluster: pg.Cluster, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs(monkeypatch, web=[PAGE, str(port), "200"])

    def second() -> None:
        first = serve.running(place)
        with pytest.raises(Stop, match="already being served"):
            serve.supervise(place, cluster, Serving(port=port), ready=lambda: None)
        assert serve.running(place) == first is not None
        signal.raise_signal(signal.SIGTERM)

    assert serve.supervise(place, cluster, Serving(port=port), ready=second) == 0
    assert gone(place)


def test_stopping_ends_the_remains_of_a_killed_launcher(place: Place) -> None:
    with subprocess.Popen(["sleep", "60"]) as web:
        pids.note(serve.folder(place), "web", web.pid, port=1)
        assert serve.stop(place) == ["web"]
        assert web.wait(5) == -signal.SIGTERM
    assert serve.stop(place) == []


def test_the_last_lines_of_a_log_are_shown(place: Place) -> None:
    (place.logs / "web.log").write_text("\n".join(str(number) for number in range(100)))
    assert serve.last(place, "web", 2) == "98\n99"
    assert serve.last(place, "none") == ""
