"""`gatekeeper`: the release gate's own process. Finished bytes in, verdict out; started and kept by the press."""

import json
import sys
from typing import Any, BinaryIO
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from yakusho.blocks.documents import build
from yakusho.blocks.documents._internal import city, city_seal, gate, wanted

MOST_BYTES = 64 * 2**20
AWAY = (OperationalError, InterfaceError, city_seal.SealMissing)


def verdict(request: str, token: int, pdf: bytes) -> list[str]:
    """照合の結果 Doubts about these bytes as the paper of this request; none releases it."""
    try:
        basis = wanted.fetch(UUID(request), token)
    except wanted.NothingWanted as error:
        return [f"register {error}"]
    return [str(doubt) for doubt in gate.check(pdf, basis, city.seal().certificate)]


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer until the other side closes the pipe.

    A message is one line of JSON (request, token, size) and that many bytes; the answer is one line of JSON. Whatever
    goes wrong here is a doubt, and a doubt withholds the paper; but a database or seal that is away
    (``away``) is no doubt of it.
    """
    while line := source.readline():
        away = False
        try:
            head = json.loads(line)
            size = int(head["size"])
            pdf = source.read(size) if 0 < size <= MOST_BYTES else b""
            doubts = verdict(head["request"], int(head["token"]), pdf)
        except Exception as error:
            away, doubts = isinstance(error, AWAY), [f"gate {type(error).__name__}"]
            connection.close()
        sink.write(json.dumps({"doubts": doubts, "away": away, "build": build.own()}).encode() + b"\n")
        sink.flush()


class Command(BaseCommand):
    """番人 Shares nothing with the process that renders but the code of the register."""

    help = "The release gate: reads finished papers from standard input and answers with doubts."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve standard input. Which program this is, is read before its first paper."""
        build.own()
        serve(sys.stdin.buffer, sys.stdout.buffer)
