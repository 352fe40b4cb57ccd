"""The browser of the tests: Debian's chromium, without its windows where that is to be had, offline except for our own server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

WHOLE = "/usr/bin/chromium"
BARE = shutil.which("chromium-headless-shell")  # the same engine; half of the processor's time
CHROMIUM = os.environ.get("YAKUSHO_CHROMIUM") or BARE or WHOLE
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
]


@contextmanager
def browser() -> Iterator[Browser]:
    """A running chromium; at most one at a time in a process, and no asyncio beside it."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()
