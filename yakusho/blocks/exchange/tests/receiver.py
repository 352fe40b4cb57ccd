"""A real receiver on this machine, which verifies as outsiders do."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """What came in, and what is answered to it."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes, str]] = field(default_factory=list)
    answer: Callable[[int], int] = lambda n: 204
    location: str = ""


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver that listens on 127.0.0.1 while the block runs."""
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            state.got.append((dict(self.headers), body, self.path))
            self.send_response(state.answer(len(state.got)))
            if state.location:
                self.send_header("location", state.location)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
