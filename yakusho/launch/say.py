"""What the launcher prints: one short line a step, in Japanese and English, with its time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """The launcher cannot go on; the message is for the person, the code for the shell."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def line(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print the title when a step begins to work and its seconds when it is done."""
    line(f"・{title} …")
    begun = time.monotonic()
    yield
    line(f"  {title}: {time.monotonic() - begun:.1f} s")
