"""`python -m tests.hostile.keep TARGET SECONDS`: fuzz one parser for longer and keep what reached new lines in `corpus/`."""

from __future__ import annotations

import hashlib
import sys
import time

import django

django.setup()

from tests.hostile.test_parsers import CORPUS, fuzz  # noqa: E402 - after the set-up


def main(name: str, seconds: float) -> None:
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    for one in fuzz(name, rounds=0, seed=int(time.monotonic()), until=time.monotonic() + seconds):
        (folder / hashlib.sha256(one).hexdigest()[:16]).write_bytes(one)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
