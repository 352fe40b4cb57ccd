"""A small real SMTP server on this machine, from the standard library alone (RFC 5321, as far as a client needs it)."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """What came in; ``answers`` are given instead of 250 to the command of that name."""

    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


class _Handler(socketserver.StreamRequestHandler):
    state: MailServer

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self._say("220 test")
        while line := self.rfile.readline():
            command = line.decode("ascii", "replace").strip()
            verb = command.partition(" ")[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                break
            if verb == "DATA" and verb not in self.state.answers:
                self._data()
            else:
                self._say(self.state.answers.get(verb, "250 ok"))
                if verb == "RCPT" and verb not in self.state.answers:
                    self.state.recipients.append(command.partition("<")[2].rstrip(">"))

    def _data(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.state.got.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 taken")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server that listens on 127.0.0.1 while the block runs."""
    state = MailServer()
    handler = type("Handler", (_Handler,), {"state": state})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
